import { expect } from 'chai';
import { describe, it } from 'mocha';
import { feature } from '../../src/requirements/feature.js';
import type { CimRow } from '../../src/requirements/index.js';
import { featureOf, featuresOf, os2008r2Of } from '../helpers/os-model.js';
import { context, factsOf, nothing, os, requirementOf, specOf } from './kit.js';

const rows = (...states: [string, CimRow[string]][]): Record<string, CimRow[]> => ({
  Win32_OptionalFeature: states.map(([name, state]) => ({ Name: name, InstallState: state })),
});

describe('a feature', () => {
  it('is found in any case and kept as Windows spells it', () => {
    expect(specOf(feature, 'web-server')).to.include({
      name: 'Web-Server',
      dism: 'IIS-WebServerRole',
      serverFeatureId: null,
    });
    expect(specOf(feature, 'ink-handwriting')).to.include({ dism: null, serverFeatureId: 33 });
    expect(specOf(feature, { name: 'WEB-SERVER' })).to.deep.equal(specOf(feature, 'Web-Server'));
  });

  it('that this Windows does not have is refused with near names, at its place', () => {
    expect(feature.resolve('Web-Sever', os)).to.deep.equal({
      ok: false,
      problems: [
        {
          path: [],
          message: 'Windows Server 2012 R2 has no feature Web-Sever.',
          hint: 'Known there: Web-Server.',
          reason: 'unknown-feature',
        },
      ],
    });
    const written = feature.resolve({ name: 'Backup-Tools' }, os);
    expect(written).to.have.nested.property('problems[0].path').that.deep.equals(['name']);
    expect(written).not.to.have.nested.property('problems[0].hint');
  });

  it('needs the media where its own payload, a parent’s or a dependency’s is not on disk', () => {
    for (const name of ['NET-Framework-Core', 'NET-HTTP-Activation', 'Windows-Identity-Foundation'])
      expect(specOf(feature, name).payloads, name).to.deep.equal([
        'sources/2012r2/sxs/microsoft-windows-netfx3-ondemand-package.cab',
      ]);
    expect(specOf(feature, 'Web-Server').payloads).to.deep.equal([]);
    expect(feature.media?.(specOf(feature, 'NET-Framework-Core')).map(({ path }) => path)).to.deep.equal([
      'sources/2012r2/sxs/microsoft-windows-netfx3-ondemand-package.cab',
    ]);
    expect(feature.media?.(specOf(feature, 'Web-Server'))).to.deep.equal([]);
  });

  it('is installed with all others of its layer by one task, each with its source on its line', () => {
    const wanted = ['Web-Server', 'NET-Framework-Core'].map((name) =>
      requirementOf(feature, specOf(feature, name)),
    );
    const [install, restart, ...more] = feature.tasks(wanted, context);
    expect(more).to.deep.equal([]);
    expect(install).to.deep.include({
      module: 'ansible.windows.win_feature',
      args: {
        name: [
          { value: 'Web-Server', comment: 'Additional software requirements, Microsoft, 2016-12-08' },
          { value: 'NET-Framework-Core', comment: 'Additional software requirements, Microsoft, 2016-12-08' },
        ],
        state: 'present',
        source: '{{ lyncimg_sxs }}',
      },
      register: 'lyncimg_features',
    });
    expect(restart).to.include({
      module: 'ansible.windows.win_reboot',
      when: 'lyncimg_features.reboot_required',
    });
  });

  it('is given no source where none needs it', () => {
    const [install] = feature.tasks([requirementOf(feature, specOf(feature, 'Web-Server'))], context);
    expect(install?.args).not.to.have.property('source');
  });

  it('is given no source on 2008 R2, which has every payload on its disk', () => {
    const old = os2008r2Of({ features: featuresOf([featureOf('NET-Framework-Core', { id: 220 })]) });
    const wanted = requirementOf(feature, specOf(feature, 'NET-Framework-Core', old));
    const [install] = feature.tasks([wanted], { ...context, os: old });
    expect(install?.args).not.to.have.property('source');
    expect(feature.media?.(wanted.spec)).to.deep.equal([]);
  });

  it('is met by InstallState 1 of its DISM name, as number or text, in any case', () => {
    const spec = specOf(feature, 'Web-Server');
    for (const facts of [
      rows(['IIS-WebServerRole', 1]),
      rows(['iis-webserverrole', '1']),
      { Win32_OptionalFeature: [{ name: 'IIS-WebServerRole', installstate: 1 }] },
    ])
      expect(feature.judge(spec, factsOf({ cim: facts })).verdict).to.equal('pass');
  });

  it('is not met where it is disabled, removed or not listed; the fix names what to run', () => {
    const spec = specOf(feature, 'NET-Framework-Core');
    expect(feature.judge(spec, factsOf({ cim: rows(['NetFx3', 2]) }))).to.include({
      verdict: 'fail',
      actual: 'not installed',
      fix: 'Add-WindowsFeature NET-Framework-Core -Source <media>\\sources\\sxs',
    });
    expect(feature.judge(spec, factsOf({ cim: rows(['NetFx3', 3]) }))).to.include({
      verdict: 'fail',
      actual: 'not installed, payload removed',
    });
    expect(feature.judge(spec, factsOf({ cim: rows(['NetFx4', 1]) }))).to.include({
      actual: 'NetFx3 is not listed',
    });
  });

  it('is unknown where Windows itself does not know', () => {
    const spec = specOf(feature, 'Web-Server');
    for (const state of [4, null, 'x'])
      expect(feature.judge(spec, factsOf({ cim: rows(['IIS-WebServerRole', state]) }))).to.include({
        verdict: 'unknown',
        cause: `Windows reports InstallState ${state ?? ''} for IIS-WebServerRole; a restart may be pending`,
      });
  });

  it('is unknown where nobody knows what Windows calls it, and asks nothing', () => {
    const spec = specOf(feature, 'Nameless');
    expect(feature.facts(spec)).to.deep.equal([]);
    expect(feature.judge(spec, factsOf({ cim: rows() }))).to.include({
      verdict: 'unknown',
      cause: 'no DISM name and no id is known for Nameless',
    });
  });

  it('is asked for in each way that is known, and shows the rows of both', () => {
    const classes = (name: string): string[] =>
      feature.facts(specOf(feature, name)).map((query) => (query.kind === 'cim' ? query.className : ''));
    expect(classes('NET-Framework-Core')).to.deep.equal(['Win32_OptionalFeature', 'Win32_ServerFeature']);
    expect(classes('Web-Server')).to.deep.equal(['Win32_OptionalFeature']);
    expect(classes('Ink-Handwriting')).to.deep.equal(['Win32_ServerFeature']);
    const spec = specOf(feature, 'NET-Framework-Core');
    const concerning = [
      { Name: 'netfx3', InstallState: 1 },
      { ID: '220' },
      { ID: 36 },
      { Name: 'NetFx4' },
    ].filter((row) => feature.evidence?.(spec, row));
    expect(concerning).to.deep.equal([{ Name: 'netfx3', InstallState: 1 }, { ID: '220' }]);
  });
});

describe('a feature that Windows tells of in two ways', () => {
  type Rows = CimRow[] | 'silent';
  const dism = (state: number): Rows => [{ Name: 'NetFx3', InstallState: state }];
  const ids = (...numbers: number[]): Rows => numbers.map((ID) => ({ ID }));
  const without: Rows = [{ Name: 'NetFx4', InstallState: 1 }];
  const silent = 'silent' as const;
  const listedNothing = 'Win32_OptionalFeature listed nothing';
  const pending = 'Windows reports InstallState 4 for NetFx3; a restart may be pending';

  const table: [dism: Rows, server: Rows, verdict: string, words: string][] = [
    // Both answer and agree.
    [dism(1), ids(36, 220), 'pass', 'installed'],
    [dism(2), ids(36), 'fail', 'not installed'],
    [dism(3), ids(36), 'fail', 'not installed, payload removed'],
    [without, ids(36), 'fail', 'NetFx3 is not listed'],
    // Both answer and differ: neither is believed.
    [
      dism(1),
      ids(36),
      'unknown',
      'Win32_OptionalFeature says of NetFx3: installed; Win32_ServerFeature says of 220: not installed',
    ],
    [
      dism(3),
      ids(220),
      'unknown',
      'Win32_OptionalFeature says of NetFx3: not installed, payload removed; Win32_ServerFeature says of 220: installed',
    ],
    [
      without,
      ids(220),
      'unknown',
      'Win32_OptionalFeature says of NetFx3: NetFx3 is not listed; Win32_ServerFeature says of 220: installed',
    ],
    // One is silent: the other decides.
    [silent, ids(220), 'pass', 'installed'],
    [silent, ids(36), 'fail', 'not installed'],
    [[], ids(220), 'pass', 'installed'],
    [[], ids(36), 'fail', 'not installed'],
    [dism(4), ids(220), 'pass', 'installed'],
    [dism(4), ids(36), 'fail', 'not installed'],
    [dism(1), silent, 'pass', 'installed'],
    [dism(2), silent, 'fail', 'not installed'],
    [dism(1), [], 'pass', 'installed'],
    [dism(2), [], 'fail', 'not installed'],
    // Both are: nobody knows, and each says why.
    [silent, silent, 'unknown', 'access denied'],
    [silent, [], 'unknown', 'access denied; Win32_ServerFeature listed nothing'],
    [[], silent, 'unknown', `${listedNothing}; access denied`],
    [[], [], 'unknown', `${listedNothing}; Win32_ServerFeature listed nothing`],
    [dism(4), silent, 'unknown', `${pending}; access denied`],
    [dism(4), [], 'unknown', `${pending}; Win32_ServerFeature listed nothing`],
  ];
  const shown = (given: Rows): string => (given === silent ? given : JSON.stringify(given));
  const spec = specOf(feature, 'NET-Framework-Core');

  for (const [optional, server, verdict, words] of table)
    it(`is ${verdict} by ${shown(optional)} and ${shown(server)}`, () => {
      const cim = {
        ...(optional !== silent && { Win32_OptionalFeature: optional }),
        ...(server !== silent && { Win32_ServerFeature: server }),
      };
      const judgement = feature.judge(spec, factsOf({ cim }));
      expect(judgement.verdict).to.equal(verdict);
      expect(judgement.verdict === 'unknown' ? judgement.cause : judgement.actual).to.equal(words);
    });

  it('by its id alone is met where that is listed, and unknown where nothing is', () => {
    const byId = specOf(feature, 'Ink-Handwriting');
    const verdict = (server: CimRow[]): string =>
      feature.judge(byId, factsOf({ cim: { Win32_ServerFeature: server } })).verdict;
    expect(verdict([{ id: '33' }])).to.equal('pass');
    expect(verdict([{ ID: 331 }, { ID: null }, { ID: '33x' }, {}])).to.equal('fail');
    expect(verdict([])).to.equal('unknown');
    expect(feature.judge(byId, nothing).verdict).to.equal('unknown');
  });
});
