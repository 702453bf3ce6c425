import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { FactQuery } from '../../src/requirements/index.js';
import { askFleet, type Collected, type FleetOptions } from '../../src/verify/index.js';
import { fakeFleet, refused, silence, unreachable, type FakeFleet } from './fake-fleet.js';

const lamps: FactQuery = {
  ...{ kind: 'cim', namespace: 'root/cimv2', className: 'Test_Lamp', properties: ['Name', 'State'] },
};

function hosts(count: number): FleetOptions['hosts'] {
  return Array.from({ length: count }, (_, index) => ({ host: `fe${index + 1}`, port: 5986 }));
}

function ask(fleet: FakeFleet, more: Partial<FleetOptions> = {}): Promise<Collected[]> {
  return askFleet({
    ...{ hosts: hosts(50), connect: fleet.connect, queries: () => [lamps], concurrency: 8 },
    ...{ hostTimeoutMs: 60_000, timeoutMs: null, signal: new AbortController().signal },
    now: () => new Date(0),
    ...more,
  });
}

function codes(collected: Collected[]): (string | null)[] {
  return collected.map(({ facts }) => facts.error?.code ?? null);
}

describe('askFleet', () => {
  it('gives the facts of every host, in the order given, and closes what it opened', async () => {
    const fleet = fakeFleet(() => () => undefined);
    const done: number[] = [];
    const collected = await ask(fleet, { onHost: (_one, count) => done.push(count) });

    expect(collected.map(({ facts }) => facts.host)).to.deep.equal(
      hosts(50).map(({ host, port }) => `${host}:${port}`),
    );
    expect(new Set(codes(collected))).to.deep.equal(new Set([null]));
    expect(done).to.deep.equal(hosts(50).map((_, index) => index + 1));
    expect(fleet.closed).to.equal(50);
  });

  it('asks no more hosts at the same time than it may', async () => {
    const fleet = fakeFleet(() => () => new Promise((resolve) => setImmediate(resolve)));
    await ask(fleet, { concurrency: 3 });

    expect(fleet.most).to.equal(3);
  });

  it('tries a wrong password once, however many hosts there are', async () => {
    const fleet = fakeFleet((host) => () => {
      throw refused(host);
    });
    const collected = await ask(fleet);

    expect(fleet.asked).to.deep.equal(['fe1']);
    expect(codes(collected)).to.deep.equal([
      'E_WSMAN_UNAUTHORIZED',
      ...Array.from({ length: 49 }, () => 'E_VERIFY_NOT_ASKED'),
    ]);
    expect(collected[49]?.facts.error?.message).to.match(/^fe50:5986 was not asked, because .*fe1 refuses/);
  });

  it('takes nothing from hosts that do not answer, and tries on one after the other', async () => {
    const fleet = fakeFleet((host) => () => {
      if (['fe1', 'fe2', 'fe3'].includes(host)) throw unreachable(host);
      throw refused(host);
    });
    const collected = await ask(fleet);

    expect(fleet.asked).to.deep.equal(['fe1', 'fe2', 'fe3', 'fe4']);
    expect(codes(collected).slice(0, 5)).to.deep.equal([
      ...['E_WSMAN_UNREACHABLE', 'E_WSMAN_UNREACHABLE', 'E_WSMAN_UNREACHABLE'],
      ...['E_WSMAN_UNAUTHORIZED', 'E_VERIFY_NOT_ASKED'],
    ]);
  });

  it('asks no further host when one refuses what another accepted', async () => {
    const fleet = fakeFleet((host) => () => {
      if (host !== 'fe1') throw refused(host);
    });
    const collected = await ask(fleet, { concurrency: 1 });

    expect(fleet.asked).to.deep.equal(['fe1', 'fe2']);
    expect(codes(collected).slice(0, 3)).to.deep.equal([null, 'E_WSMAN_UNAUTHORIZED', 'E_VERIFY_NOT_ASKED']);
  });

  it('leaves a host that says nothing when its time is over, and goes on', async () => {
    const fleet = fakeFleet((host) => (host === 'fe2' ? silence : () => undefined));
    const collected = await ask(fleet, { hosts: hosts(3), hostTimeoutMs: 5 });

    expect(codes(collected)).to.deep.equal([null, 'E_VERIFY_HOST_TIMEOUT', null]);
    expect(collected[1]?.facts.answered).to.equal(false);
  });

  it('ends the run when its time is over: every host is there, those not asked too', async () => {
    const fleet = fakeFleet((host) => (host === 'fe1' ? () => undefined : silence));
    const collected = await ask(fleet, { hosts: hosts(5), concurrency: 2, timeoutMs: 5 });

    expect(codes(collected)).to.deep.equal([
      null,
      ...Array.from({ length: 4 }, () => 'E_VERIFY_RUN_TIMEOUT'),
    ]);
    expect(fleet.closed).to.equal(fleet.asked.length);
  });

  it('stops asking when it is interrupted, and leaves nothing open', async () => {
    const interrupt = new AbortController();
    const reason = new Error('interrupted');
    const fleet = fakeFleet((host) => (host === 'fe1' ? () => undefined : silence));
    const run = ask(fleet, {
      signal: interrupt.signal,
      onHost: () => {
        interrupt.abort(reason);
      },
    });

    expect(await run.catch((error: unknown) => error)).to.equal(reason);
    expect(fleet.closed).to.equal(fleet.asked.length);
    expect(fleet.asked.length).to.be.lessThan(50);
  });

  it('ends with what is wrong with every host alike', async () => {
    const wrong = new Error('no such certificate file');
    const fleet = fakeFleet(() => silence);
    const connect = (): never => {
      throw wrong;
    };

    expect(await ask(fleet, { connect }).catch((error: unknown) => error)).to.equal(wrong);
  });
});
