import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import type { CimQuery, FactQuery } from '../../src/requirements/index.js';
import { collectFacts, factsFrom, type FactsDocument } from '../../src/verify/index.js';
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

describe('collectFacts', () => {
  const host = wsmanDouble();
  beforeEach(() => {
    host.reset();
    Object.assign(host.classes, {
      Win32_Service: [{ Name: 'Spooler', State: 'Running' }],
      Win32_OptionalFeature: [{ Name: 'NetFx3', InstallState: 1 }],
    });
  });

  async function collect(queries: FactQuery[], signal?: AbortSignal): Promise<FactsDocument> {
    const { port, user, password, ca } = host;
    const client = connect({
      ...{ host: '127.0.0.1', port, scheme: 'https', user, password, ca },
      ...(signal !== undefined && { signal }),
    });
    try {
      let seconds = 0;
      const now = (): Date => new Date(Date.UTC(2026, 10, 23, 10, 0, seconds++));
      const identity = { vendor: '', version: '', rehearsal: false };
      return await collectFacts(client, queries, { identity, now, signal });
    } finally {
      client.close();
    }
  }

  it('asks each class once, names the properties, and opens no shell', async () => {
    await collect([features, services, cim('win32_service', ['StartMode']), services, run, number, number]);

    expect(host.asked).to.deep.equal([
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

    expect(host.asked).to.deep.equal(['select Size from Win32_LogicalDisk where DriveType=3']);
  });

  it('keeps what was asked, when and of whom, and survives JSON', async () => {
    host.registry['HKLM\\SOFTWARE\\Run|Number'] = { ReturnValue: 0, uValue: 4294967295n };
    const document = await collect([services, number]);

    expect(document).to.deep.equal({
      apiVersion: 'lyncimg/v1',
      kind: 'Facts',
      host: `127.0.0.1:${host.port}`,
      identity: { vendor: '', version: '', rehearsal: false },
      startedAt: '2026-11-23T10:00:00.000Z',
      finishedAt: '2026-11-23T10:00:03.000Z',
      answers: [
        {
          at: '2026-11-23T10:00:01.000Z',
          query: services,
          answer: { known: true, value: [{ Name: 'Spooler', State: 'Running' }] },
        },
        {
          at: '2026-11-23T10:00:02.000Z',
          query: number,
          answer: { known: true, value: { exists: true, data: '4294967295' } },
        },
      ],
    });
    expect(JSON.parse(JSON.stringify(document))).to.deep.equal(document);
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

  it('asks a second time when the host says that the class needs longer', async () => {
    let count = 0;
    host.classes['Win32_OptionalFeature'] = () =>
      ++count === 1 ? 'OPERATION_TIMEDOUT' : [{ Name: 'NetFx3', InstallState: 1 }];

    expect(factsFrom(await collect([features])).cim(features)).to.include({ known: true });
    expect(count).to.equal(2);
  });

  it('leaves it unknown when the class needs too long twice', async () => {
    host.classes['Win32_OptionalFeature'] = 'OPERATION_TIMEDOUT';

    expect(factsFrom(await collect([features])).cim(features)).to.include({ known: false });
    expect(host.asked).to.have.length(2);
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

  it('stops at once when it is interrupted', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    host.classes['Win32_Service'] = () => {
      controller.abort(reason);
      return [];
    };

    const error: unknown = await collect([services, features], controller.signal).catch((e: unknown) => e);

    expect(error).to.equal(reason);
    expect(host.asked).to.have.length(1);
  });

  it('ends with an error when the host is lost on the way', async () => {
    host.classes['Win32_Service'] = () => {
      void host.stop();
      return [];
    };

    const error: unknown = await collect([services, features]).catch((e: unknown) => e);

    expect(error).to.be.instanceOf(LyncimgError);
    expect(error).to.include({ code: 'E_WSMAN_UNREACHABLE' });
  });
});
