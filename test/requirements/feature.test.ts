import { expect } from 'chai';
import { describe, it } from 'mocha';
import { feature } from '../../src/requirements/feature.js';
import type { CimRow } from '../../src/requirements/index.js';
import { context, factsOf, os, requirementOf, specOf } from './kit.js';

const rows = (...states: [string, CimRow[string]][]): Record<string, CimRow[]> => ({
  Win32_OptionalFeature: states.map(([name, state]) => ({ Name: name, InstallState: state })),
});

describe('a feature', () => {
  it('is found in any case and kept as Windows spells it', () => {
    expect(specOf(feature, 'web-server')).to.include({ name: 'Web-Server', dism: 'IIS-WebServerRole' });
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
    const written = feature.resolve({ name: 'Ink-Handwriting' }, os);
    expect(written).to.have.nested.property('problems[0].path').that.deep.equals(['name']);
    expect(written).not.to.have.nested.property('problems[0].hint');
  });

  it('needs the media where its own payload, a parent’s or a dependency’s is not on disk', () => {
    for (const name of ['NET-Framework-Core', 'NET-HTTP-Activation', 'Windows-Identity-Foundation'])
      expect(specOf(feature, name).payloads, name).to.deep.equal(['NetFx3']);
    expect(specOf(feature, 'Web-Server').payloads).to.deep.equal([]);
    expect(feature.media?.(specOf(feature, 'NET-Framework-Core')).map(({ path }) => path)).to.deep.equal([
      'sources/sxs/microsoft-windows-netfx3-ondemand-package.cab',
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
          { value: 'Web-Server', comment: 'Additional software requirements, 2016-12-08' },
          { value: 'NET-Framework-Core', comment: 'Additional software requirements, 2016-12-08' },
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
      fix: 'Install-WindowsFeature NET-Framework-Core -Source <media>\\sources\\sxs',
    });
    expect(feature.judge(spec, factsOf({ cim: rows(['NetFx3', 3]) }))).to.include({
      verdict: 'fail',
      actual: 'not installed, payload removed',
    });
    expect(feature.judge(spec, factsOf({ cim: rows(['NetFx4', 1]) }))).to.include({
      actual: 'NetFx3 is not listed',
    });
  });

  it('is unknown where nothing is listed at all: every Windows lists its features', () => {
    const spec = specOf(feature, 'NET-Framework-Core');

    expect(feature.judge(spec, factsOf({ cim: rows() })).verdict).to.equal('unknown');
  });

  it('is unknown where Windows itself does not know, or nobody knows its DISM name', () => {
    const spec = specOf(feature, 'Web-Server');
    for (const state of [4, null, 'x'])
      expect(feature.judge(spec, factsOf({ cim: rows(['IIS-WebServerRole', state]) })).verdict).to.equal(
        'unknown',
      );
    expect(feature.judge(specOf(feature, 'Nameless'), factsOf({ cim: rows() }))).to.include({
      verdict: 'unknown',
      cause: 'no DISM name is known for Nameless',
    });
  });
});
