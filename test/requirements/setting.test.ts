import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { RegistryAnswer } from '../../src/requirements/index.js';
import { setting } from '../../src/requirements/setting.js';
import { context, factsOf, refusals, requirementOf, specOf } from './kit.js';

const tasksOf = (...inputs: unknown[]) =>
  setting.tasks(
    inputs.map((input) => requirementOf(setting, specOf(setting, input))),
    context,
  );
const judgeRegistry = (input: unknown, registry: Record<string, RegistryAnswer>) =>
  setting.judge(specOf(setting, input), factsOf({ registry }));
const found = (data: string): RegistryAnswer => ({ exists: true, data });
const absent: RegistryAnswer = { exists: false, missing: 'value' };

describe('a setting', () => {
  it('is exactly one of them, and nothing unknown', () => {
    expect(refusals(setting, {})).to.match(/exactly one of powerPlan, timeZone, locale/);
    expect(refusals(setting, { powerPlan: 'balanced', ieEsc: false })).to.match(/exactly one/);
    for (const input of [
      { powerPlan: 'fast' },
      { ieEsc: true },
      { automaticUpdates: true },
      { pendingRestart: false },
      { constructor: 'x' },
    ])
      expect(setting.schema.safeParse(input).success, JSON.stringify(input)).to.equal(false);
  });

  it('has an id of its own', () => {
    const ids = [
      { powerPlan: 'balanced' },
      { timeZone: 'UTC' },
      { locale: 'de-DE' },
      { ieEsc: false },
      { automaticUpdates: false },
      { wsus: 'http://wsus.contoso.com:8530' },
      { winhttpProxy: 'proxy:8080' },
    ].map((input) => setting.id(specOf(setting, input)));
    expect(ids).to.deep.equal(
      ['power-plan', 'time-zone', 'locale', 'ie-esc', 'automatic-updates', 'wsus', 'winhttp-proxy'].map(
        (id) => `setting/${id}`,
      ),
    );
  });

  it('is installed in the order of the role', () => {
    const tasks = tasksOf({ timeZone: 'UTC' }, { powerPlan: 'balanced' });
    expect(tasks.map(({ module }) => module)).to.deep.equal([
      'community.windows.win_timezone',
      'community.windows.win_power_plan',
    ]);
    expect(tasks[0]?.comments[0]).to.equal('Time zone UTC');
  });

  describe('power plan', () => {
    const high = 'Microsoft:PowerPlan\\{8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c}';
    const balanced = 'Microsoft:PowerPlan\\{381B4222-F694-41F0-9685-FF5BB260DF2E}';
    const judge = (...plans: [string, boolean | string][]) =>
      setting.judge(
        specOf(setting, { powerPlan: 'high-performance' }),
        factsOf({
          cim: { Win32_PowerPlan: plans.map(([InstanceID, IsActive]) => ({ InstanceID, IsActive })) },
        }),
      );

    it('is activated by GUID, because Windows translates the names', () => {
      expect(tasksOf({ powerPlan: 'high-performance' })).to.have.nested.property(
        '[0].args.guid',
        '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c',
      );
    });

    it('is judged by the GUID of the active one', () => {
      expect(judge([balanced, false], [high, true]).verdict).to.equal('pass');
      expect(judge([balanced, false], [high, 'TRUE']).verdict).to.equal('pass');
      expect(judge([balanced, true], [high, false])).to.include({ verdict: 'fail', actual: 'Balanced' });
      expect(judge(['Microsoft:PowerPlan\\{own}', true])).to.include({ verdict: 'fail' });
    });

    it('is unknown on a machine that lists none', () => {
      expect(judge()).to.include({ verdict: 'unknown', cause: 'Windows lists no active power plan' });
    });
  });

  describe('time zone', () => {
    const zone = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation\\TimeZoneKeyName';
    const wanted = { timeZone: 'W. Europe Standard Time' };
    const judge = (answer: RegistryAnswer) => judgeRegistry(wanted, { [zone]: answer });

    it('is set by its name', () => {
      expect(refusals(setting, { timeZone: 'UTC_dstoff' })).to.match(/[Dd]aylight/);
      expect(refusals(setting, { timeZone: '"; rm' })).to.match(/tzutil/);
      expect(tasksOf(wanted)).to.have.nested.property('[0].args.timezone', 'W. Europe Standard Time');
    });

    it('is judged by the language-neutral name in the registry, up to its end', () => {
      expect(judge(found('W. Europe Standard Time')).verdict).to.equal('pass');
      expect(judge(found('w. europe standard time')).verdict).to.equal('pass');
      expect(judge(found('W. Europe Standard Time\0rubbish')).verdict).to.equal('pass');
      expect(judge(found('UTC'))).to.include({ verdict: 'fail', actual: 'UTC' });
    });

    it('is unknown where the registry does not name it', () => {
      expect(judge(absent).verdict).to.equal('unknown');
    });
  });

  describe('locale', () => {
    const language = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Language\\Default';
    const judge = (answer: RegistryAnswer) => judgeRegistry({ locale: 'de-DE' }, { [language]: answer });

    it('is set by its name, with a restart where that changed something', () => {
      const [set, restart] = tasksOf({ locale: 'de-DE' });
      expect(set).to.deep.include({
        module: 'community.windows.win_region',
        args: { unicode_language: 'de-DE' },
        register: 'lyncimg_locale',
      });
      expect(restart).to.include({ when: 'lyncimg_locale.restart_required' });
    });

    it('is judged by its number', () => {
      for (const data of ['0407', '00000407']) expect(judge(found(data)).verdict).to.equal('pass');
      expect(judge(found('0409'))).to.include({ verdict: 'fail', actual: 'system locale en-US' });
      expect(judge(found('9999'))).to.include({ verdict: 'fail', actual: 'system locale 9999' });
    });

    it('is unknown where there is no number', () => {
      for (const answer of [absent, found(''), found('german'), { exists: true, otherType: true } as const])
        expect(judge(answer).verdict).to.equal('unknown');
    });

    it('is refused where its number is not known, with those that are', () => {
      for (const locale of ['xx-XX', 'ca-ES']) {
        const resolved = setting.resolve({ locale }, context.os);
        expect(resolved.ok ? null : resolved.problems[0]).to.deep.include({
          path: ['locale'],
          message: `The number that Windows gives the locale ${locale} is not known here.`,
        });
        expect(resolved.ok ? '' : resolved.problems[0]?.hint).to.match(/^Known: .*de-DE/);
      }
      expect(refusals(setting, { locale: 'german' })).to.match(/language and a country/);
    });
  });

  describe('IE ESC', () => {
    const component = (letter: string): string =>
      `HKLM\\SOFTWARE\\Microsoft\\Active Setup\\Installed Components\\{A509B1A${letter}-37EF-4b3f-8CFC-4F3A74704073}\\IsInstalled`;
    const judge = (admins: RegistryAnswer, users?: RegistryAnswer) =>
      judgeRegistry(
        { ieEsc: false },
        { [component('7')]: admins, ...(users !== undefined && { [component('8')]: users }) },
      );

    it('is switched off for administrators and for users', () => {
      expect(tasksOf({ ieEsc: false }).map(({ args }) => [args['path'], args['data']])).to.deep.equal([
        [component('7').replace('HKLM\\', 'HKLM:\\').replace('\\IsInstalled', ''), 0],
        [component('8').replace('HKLM\\', 'HKLM:\\').replace('\\IsInstalled', ''), 0],
      ]);
    });

    it('is off where both say so', () => {
      expect(judge(found('0'), found('0')).verdict).to.equal('pass');
      expect(judge(found('0'), found('1'))).to.include({
        verdict: 'fail',
        actual: 'IE ESC for users is 1',
      });
      expect(judge(absent, found('1'))).to.include({
        verdict: 'fail',
        actual: 'IE ESC for administrators is not set, IE ESC for users is 1',
      });
    });

    it('is unknown where one was not read and the other is off', () => {
      expect(judge(found('0')).verdict).to.equal('unknown');
      expect(judge(found('1')).verdict).to.equal('fail');
    });
  });

  describe('automatic updates', () => {
    const policy = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU\\NoAutoUpdate';

    it('are switched off by policy', () => {
      expect(tasksOf({ automaticUpdates: false })[0]?.args).to.deep.include({
        name: 'NoAutoUpdate',
        type: 'dword',
        data: 1,
      });
      const judge = (answer: RegistryAnswer) =>
        judgeRegistry({ automaticUpdates: false }, { [policy]: answer });
      expect(judge(found('1')).verdict).to.equal('pass');
      expect(judge(absent)).to.include({ verdict: 'fail', actual: 'NoAutoUpdate is not set' });
      expect(judge({ exists: true, otherType: true })).to.include({
        verdict: 'fail',
        actual: 'NoAutoUpdate is of another type',
      });
    });
  });

  describe('WSUS', () => {
    const policies = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate';
    const address = 'http://wsus.contoso.com:8530';
    const judge = (server: string, status: string, use: string) =>
      judgeRegistry(
        { wsus: `${address}/` },
        {
          [`${policies}\\WUServer`]: found(server),
          [`${policies}\\WUStatusServer`]: found(status),
          [`${policies}\\AU\\UseWUServer`]: found(use),
        },
      );

    it('is an address over HTTP, which Windows gets twice and is told to use', () => {
      expect(refusals(setting, { wsus: 'ftp://wsus' })).to.match(/WSUS server/);
      expect(tasksOf({ wsus: `${address}/` }).map(({ args }) => [args['name'], args['data']])).to.deep.equal([
        ['WUServer', address],
        ['WUStatusServer', address],
        ['UseWUServer', 1],
      ]);
    });

    it('is judged by all three', () => {
      expect(judge(address, address, '1').verdict).to.equal('pass');
      expect(judge(address, 'http://other', '0')).to.include({
        verdict: 'fail',
        actual: 'WUStatusServer is http://other, UseWUServer is 0',
      });
    });
  });

  describe('WinHTTP proxy', () => {
    const value =
      'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections\\WinHttpSettings';
    const judge = (answer: RegistryAnswer) =>
      judgeRegistry({ winhttpProxy: 'proxy.contoso.com:8080' }, { [value]: answer });
    const number = (of: number): string => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(of);
      return bytes.toString('hex');
    };
    const settings = (proxy: string, flags = 3, version = 0x18): string =>
      [version, 0, flags, proxy.length].map(number).join('') + Buffer.from(proxy).toString('hex') + number(0);

    it('is host and port', () => {
      for (const proxy of ['proxy', 'http://proxy:80', 'proxy:80;x', 'proxy: 80'])
        expect(refusals(setting, { winhttpProxy: proxy })).to.match(/host:port/);
      expect(tasksOf({ winhttpProxy: 'proxy:8080' })[0]).to.deep.include({
        module: 'community.windows.win_http_proxy',
        args: { proxy: 'proxy:8080' },
      });
    });

    it('is read from the bytes that netsh writes', () => {
      expect(judge(found(settings('Proxy.contoso.com:8080'))).verdict).to.equal('pass');
      expect(judge(found(settings('proxy.contoso.com:8080', 3, 0x28))).verdict).to.equal('pass');
      expect(judge(found(settings('other:80')))).to.include({ verdict: 'fail', actual: 'proxy other:80' });
    });

    it('is none where Windows goes straight, or never had one', () => {
      for (const answer of [found('1800000000000000010000000000000000000000'), absent])
        expect(judge(answer)).to.include({ verdict: 'fail', actual: 'no proxy' });
    });

    it('is unknown where the bytes make no sense', () => {
      for (const data of [
        '',
        '18',
        'xx',
        settings('proxy:80', 3, 0x99),
        settings('proxy:80').slice(0, 40),
        settings('pro\0xy'),
        settings(''),
        `${[0x18, 0, 3, 0xffffffff].map(number).join('')}00`,
      ])
        expect(judge(found(data)).verdict, data).to.equal('unknown');
      expect(judge({ exists: true, otherType: true }).verdict).to.equal('unknown');
    });
  });
});
