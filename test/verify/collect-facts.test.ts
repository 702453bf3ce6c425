import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { fail } from '../../src/errors/index.js';
import type {
  CimQuery,
  FactQuery,
  RegistryKeysQuery,
  RegistryValuesQuery,
} from '../../src/requirements/index.js';
import { collectFacts, factsFrom, type Collected, type HostFacts } from '../../src/verify/index.js';
import { connect } from '../../src/wsman/index.js';
import { wsmanDouble } from '../helpers/wsman-double.js';

function cim(className: string, properties: string[], where?: string): CimQuery {
  return {
    kind: 'cim',
    namespace: 'root/cimv2',
    className,
    properties,
    ...(where !== undefined && { where }),
  };
}

const services = cim('Win32_Service', ['Name', 'State']);
const features = cim('Win32_OptionalFeature', ['Name', 'InstallState']);
const run: FactQuery = { kind: 'registry', hive: 'HKLM', key: 'SOFTWARE\\Run' };
const number: FactQuery = { ...run, value: { name: 'Number', type: 'dword' } };
const programs: RegistryKeysQuery = {
  ...{ kind: 'registry-keys', hive: 'HKLM', key: 'SOFTWARE\\Uninstall' },
  values: [{ name: 'DisplayName', type: 'string' }],
};
const versions: RegistryKeysQuery = { ...programs, values: [{ name: 'Version', type: 'dword' }] };
const rules: RegistryValuesQuery = { kind: 'registry-values', hive: 'HKLM', key: 'SYSTEM\\Rules' };

describe('collectFacts', () => {
  const host = wsmanDouble();
  beforeEach(() => {
    host.reset();
    Object.assign(host.classes, {
      Win32_Service: [{ Name: 'Spooler', State: 'Running' }],
      Win32_OptionalFeature: [{ Name: 'NetFx3', InstallState: 1 }],
    });
  });

  async function asking(queries: FactQuery[], signal?: AbortSignal): Promise<Collected> {
    const { port, user, password, ca } = host;
    const client = connect({
      ...{ host: '127.0.0.1', port, scheme: 'https', tls: { ca } },
      auth: { method: 'basic', user, password },
    });
    try {
      let seconds = 0;
      const now = (): Date => new Date(Date.UTC(2026, 10, 23, 10, 0, seconds++));
      return await collectFacts(client, { host: 'fe01:5986', queries: () => queries, now, signal });
    } finally {
      client.close();
    }
  }

  async function collect(queries: FactQuery[], signal?: AbortSignal): Promise<HostFacts> {
    return (await asking(queries, signal)).facts;
  }

  it('asks each class once, names the properties, and opens no shell', async () => {
    await collect([features, services, cim('win32_service', ['StartMode']), services, run, number, number]);

    expect(host.asked).to.deep.equal([
      'select Caption,OperatingSystemSKU,ProductType,ServicePackMajorVersion,Version from Win32_OperatingSystem',
      'select Name,StartMode,State from Win32_Service',
      'HKLM\\SOFTWARE\\Run|Number',
      'HKLM\\SOFTWARE\\Run',
      'select InstallState,Name from Win32_OptionalFeature',
    ]);
    expect(host.shells).to.equal(0);
  });

  it('passes a condition on', async () => {
    host.classes['Win32_LogicalDisk'] = [];
    await collect([cim('Win32_LogicalDisk', ['Size'], 'DriveType=3')]);

    expect(host.asked.slice(1)).to.deep.equal(['select Size from Win32_LogicalDisk where DriveType=3']);
  });

  it('keeps what was asked, when and of whom, and survives JSON', async () => {
    host.registry['HKLM\\SOFTWARE\\Run|Number'] = { ReturnValue: 0, uValue: 4294967295n };
    const document = await collect([services, number]);

    expect(document).to.deep.include({
      apiVersion: 'lyncimg/v1',
      kind: 'HostFacts',
      host: 'fe01:5986',
      answered: true,
      identity: { vendor: 'Microsoft Corporation', version: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0' },
      authentication: { scheme: 'basic', sealed: false },
      error: null,
      startedAt: '2026-11-23T10:00:00.000Z',
      finishedAt: '2026-11-23T10:00:04.000Z',
    });
    expect(document.answers.slice(1)).to.deep.equal([
      {
        at: '2026-11-23T10:00:02.000Z',
        query: services,
        answer: { known: true, value: [{ Name: 'Spooler', State: 'Running' }] },
      },
      {
        at: '2026-11-23T10:00:03.000Z',
        query: number,
        answer: { known: true, value: { exists: true, data: '4294967295' } },
      },
    ]);
    expect(JSON.parse(JSON.stringify(document))).to.deep.equal(document);
  });

  it('chooses the questions by the Windows that answered', async () => {
    const { port, user, password, ca } = host;
    const client = connect({
      ...{ host: '127.0.0.1', port, scheme: 'https', tls: { ca } },
      auth: { method: 'basic', user, password },
    });
    let found: unknown;
    const queries = (os: unknown): FactQuery[] => {
      found = os;
      return [services];
    };
    await collectFacts(client, { host: 'fe01', queries, now: () => new Date(0) });
    client.close();

    expect(found).to.include({ known: true, version: '6.3.9600', isWorkstation: false });
  });

  it('asks everything else of a host whose operating system nobody can read', async () => {
    host.version = 'nonsense';
    host.classes['Win32_OperatingSystem'] = 'INTERNAL_ERROR';
    const document = await collect([services]);

    expect(document).to.deep.include({ answered: true, error: null });
    expect(factsFrom(document).cim(services)).to.include({ known: true });
  });

  const faults = ['WBEM_INVALID_CLASS', 'ACCESS_DENIED', 'CANNOT_PROCESS_FILTER', 'INTERNAL_ERROR'] as const;
  for (const fault of faults) {
    it(`does not let one class that answers ${fault} spoil the others`, async () => {
      host.classes['Win32_Service'] = fault;
      const facts = factsFrom(await collect([features, services, run]));

      const answer = facts.cim(services);
      expect(answer).to.include({ known: false });
      expect((answer as { cause: string }).cause).to.match(/^Win32_Service could not be read: /);
      expect(facts.cim(features)).to.include({ known: true });
      expect(facts.registry(run)).to.include({ known: true });
    });
  }

  it('waits for a class while the host says that it needs longer', async () => {
    let count = 0;
    host.classes['Win32_OptionalFeature'] = () =>
      ++count === 1 ? 'OPERATION_TIMEDOUT' : [{ Name: 'NetFx3', InstallState: 1 }];

    expect(factsFrom(await collect([features])).cim(features)).to.include({ known: true });
    expect(count).to.equal(2);
  });

  const registryAnswers = [
    [
      'there with its data',
      { ReturnValue: 0, uValue: 7 },
      { known: true, value: { exists: true, data: '7' } },
    ],
    ['without such a value', { ReturnValue: 1 }, { known: true, value: { exists: false, missing: 'value' } }],
    ['without such a key', { ReturnValue: 2 }, { known: true, value: { exists: false, missing: 'key' } }],
    [
      'of another type',
      { ReturnValue: 2147749893n },
      { known: true, value: { exists: true, otherType: true } },
    ],
  ] as const;
  for (const [what, output, answer] of registryAnswers) {
    it(`reads a value that is ${what}`, async () => {
      host.registry['HKLM\\SOFTWARE\\Run|Number'] = output;

      expect(factsFrom(await collect([number])).registry(number)).to.deep.equal(answer);
    });
  }

  for (const [what, output] of [
    ['access is denied', { ReturnValue: 5 }],
    ['the return value is missing', { uValue: 7 }],
    ['success comes without data', { ReturnValue: 0 }],
    ['words come for a number', { ReturnValue: 0, uValue: 'seven' }],
  ] as const) {
    it(`does not know a value when ${what}`, async () => {
      host.registry['HKLM\\SOFTWARE\\Run|Number'] = output;

      expect(factsFrom(await collect([number])).registry(number)).to.include({ known: false });
    });
  }

  it('asks a key once for all values of its subkeys, and before the slow classes', async () => {
    Object.assign(host.registry, {
      'HKLM\\SOFTWARE\\Uninstall': { ReturnValue: 0, sNames: ['{A}', 'B'] },
      'HKLM\\SOFTWARE\\Uninstall\\{A}|DisplayName': { ReturnValue: 0, sValue: 'Agent' },
      'HKLM\\SOFTWARE\\Uninstall\\{A}|Version': { ReturnValue: 0, uValue: 15 },
      'HKLM\\SYSTEM\\Rules|*': { ReturnValue: 0, sNames: ['in', 'n'], Types: [1, 4] },
      'HKLM\\SYSTEM\\Rules|in': { ReturnValue: 0, sValue: 'v2.10|' },
    });
    const document = await collect([features, rules, programs, number, versions]);
    const facts = factsFrom(document);

    expect(host.asked.slice(1)).to.deep.equal([
      'HKLM\\SOFTWARE\\Run|Number',
      'HKLM\\SOFTWARE\\Uninstall',
      'HKLM\\SOFTWARE\\Uninstall\\{A}|DisplayName',
      'HKLM\\SOFTWARE\\Uninstall\\{A}|Version',
      'HKLM\\SOFTWARE\\Uninstall\\B|DisplayName',
      'HKLM\\SOFTWARE\\Uninstall\\B|Version',
      'HKLM\\SYSTEM\\Rules|*',
      'HKLM\\SYSTEM\\Rules|in',
      'select InstallState,Name from Win32_OptionalFeature',
    ]);
    expect(facts.registryKeys(programs)).to.deep.equal({
      known: true,
      value: {
        exists: true,
        keys: [
          { name: '{A}', values: { DisplayName: 'Agent' } },
          { name: 'B', values: {} },
        ],
      },
    });
    expect(facts.registryValues(rules)).to.deep.equal({
      known: true,
      value: { exists: true, values: [{ name: 'in', data: 'v2.10|' }] },
    });
    expect(JSON.parse(JSON.stringify(document))).to.deep.equal(document);
  });

  it('tells of a key with subkeys or values that it is not there', async () => {
    const facts = factsFrom(await collect([programs, rules]));

    expect(facts.registryKeys(programs)).to.deep.equal({ known: true, value: { exists: false } });
    expect(facts.registryValues(rules)).to.deep.equal({ known: true, value: { exists: false } });
  });

  it('does not know the subkeys of a key that lists what no Windows has, and goes on', async () => {
    const many = Array.from({ length: 5001 }, (_, index) => `r${index}`);
    Object.assign(host.registry, {
      'HKLM\\SOFTWARE\\Uninstall': { ReturnValue: 0, sNames: ['..\\..\\SAM'] },
      'HKLM\\SYSTEM\\Rules|*': { ReturnValue: 0, sNames: many, Types: many.map(() => 1) },
    });
    const facts = factsFrom(await collect([programs, rules, features]));

    const [keys, values] = [facts.registryKeys(programs), facts.registryValues(rules)];
    expect((keys as { cause: string }).cause).to.match(
      /^HKLM\\SOFTWARE\\Uninstall \(its subkeys\) could not be read: .* as Windows never does/,
    );
    expect((values as { cause: string }).cause).to.match(/more than 5000 values/);
    expect(facts.cim(features)).to.include({ known: true });
    expect(host.asked).to.have.length(4);
  });

  it('does not know a class when a row of it lacks a property', async () => {
    host.classes['Win32_Service'] = [
      { Name: 'Spooler', State: 'Running' },
      { Name: 'W3SVC', State: undefined },
    ];

    expect(factsFrom(await collect([services])).cim(services)).to.deep.equal({
      known: false,
      cause: 'Win32_Service answered with a row that has no State',
    });
  });

  it('reads an array that is empty, of one item and of several as a list', async () => {
    const cards = { ...cim('Test_Card', ['Name', 'IPAddress']), arrays: ['IPAddress'] };
    host.classes['Test_Card'] = [
      { Name: 'a', IPAddress: [] },
      { Name: 'b', IPAddress: ['192.0.2.1'] },
      { Name: 'c', IPAddress: ['192.0.2.1', 'fe80::1'] },
      { Name: 'd', IPAddress: null },
    ];
    const answer = factsFrom(await collect([cards])).cim(cards);

    expect(answer.known && answer.value.map(({ IPAddress }) => IPAddress)).to.deep.equal([
      [],
      ['192.0.2.1'],
      ['192.0.2.1', 'fe80::1'],
      [],
    ]);
  });

  it('stops at once when it is interrupted', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    host.classes['Win32_Service'] = () => {
      controller.abort(reason);
      return [];
    };

    const error: unknown = await collect([services, features], controller.signal).catch((e: unknown) => e);

    expect(error).to.equal(reason);
    expect(host.asked).to.have.length(2);
  });

  it('keeps what a host answered before its time was over, and gives the rest that cause', async () => {
    const controller = new AbortController();
    host.classes['Win32_OptionalFeature'] = () => {
      controller.abort(fail('E_VERIFY_HOST_TIMEOUT', { host: 'fe01:5986', seconds: 300 }));
      return [];
    };

    const { facts, failure } = await asking([services, features], controller.signal);

    expect(failure?.code).to.equal('E_VERIFY_HOST_TIMEOUT');
    expect(facts).to.deep.include({ answered: true });
    expect(factsFrom(facts).cim(services)).to.include({ known: true });
    expect(factsFrom(facts).cim(features)).to.deep.equal({
      known: false,
      cause: 'fe01:5986 was not done within the 300 s that each host is given.',
    });
  });

  it('keeps what a host answered before it was lost on the way', async () => {
    host.classes['Win32_OptionalFeature'] = () => {
      void host.stop();
      return [];
    };

    const { facts, failure } = await asking([services, features, run]);

    expect(failure?.code).to.equal('E_WSMAN_UNREACHABLE');
    expect(facts).to.deep.include({ answered: true });
    expect(factsFrom(facts).cim(services)).to.include({ known: true });
    expect(factsFrom(facts).cim(features)).to.deep.include({ known: false, cause: failure?.message });
  });

  it('says of a host that is not there why it has no answers', async () => {
    await host.stop();

    const { facts, failure } = await asking([services]);

    expect(facts).to.deep.include({
      answered: false,
      identity: null,
      authentication: null,
      error: { code: 'E_WSMAN_UNREACHABLE', message: failure?.message },
      answers: [],
    });
  });
});
