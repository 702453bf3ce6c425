// Waiting for a guest's WinRM, against everything that may answer at its address.
import { readFile } from 'node:fs/promises';
import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { afterEach, describe, it } from 'mocha';
import type { ContactState } from '../../src/build/guest-contact.js';
import { waitForGuest, type WaitOptions, type WaitReport } from '../../src/build/wait-for-guest.js';
import type { FactsOf, LyncimgError } from '../../src/errors/index.js';
import { startTwin, type RunningTwin, type StartOptions } from '../../src/twin/index.js';
import { tls12ForServers } from '../../src/twin/tls.js';
import { basicServer, ntHash, ntlmServer, WsmanFault, type ServerScheme } from '../../src/wsman/index.js';
import { packageRoot } from '../helpers/modelled-machine.js';
import { startRealTwin } from '../helpers/real-twin.js';
import { makeCertificates } from '../wsman/certificates.js';
import {
  guestHosts,
  holdsPassword,
  oneSystem,
  password,
  relayTo,
  user,
  type Listener,
} from './guest-hosts.js';

interface Waiting {
  ended: Promise<WaitReport>;
  told: ContactState[];
  states: () => string[];
}

interface Given extends Partial<WaitOptions> {
  port: number;
  ca: string;
  sent?: string;
}

function waiting({ port, ca, sent = password, onState, ...more }: Given): Waiting {
  const told: ContactState[] = [];
  const ended = waitForGuest({
    connection: {
      ...{ host: '127.0.0.1', port, tls: { ca } },
      auth: { method: 'basic', user, password: sent },
    },
    ...{ rehearsal: false, placeholders: 0, limitMs: 8000, intervalMs: 10 },
    signal: new AbortController().signal,
    onState: (state) => {
      told.push(state);
      onState?.(state);
    },
    ...more,
  });
  // A test may look elsewhere first.
  ended.catch(() => undefined);
  return { ended, told, states: () => told.map(({ state }) => state) };
}

async function failure({ ended }: Waiting): Promise<LyncimgError> {
  return ended.then(
    () => expect.fail('the wait was a success'),
    (error: unknown) => error as LyncimgError,
  );
}

async function noWinrm(wait: Waiting): Promise<{ error: LyncimgError; facts: FactsOf<'E_BUILD_NO_WINRM'> }> {
  const error = await failure(wait);
  expect(error).to.include({ code: 'E_BUILD_NO_WINRM', exitCode: 3 });
  return { error, facts: error.facts as FactsOf<'E_BUILD_NO_WINRM'> };
}

function sum({ durations }: { durations: ContactState['durations'] }): number {
  return Object.values(durations).reduce((total, ms) => total + ms, 0);
}

describe('waiting for a guest that is a twin', () => {
  const running: RunningTwin[] = [];
  afterEach(async () => {
    for (const twin of running.splice(0)) {
      twin.switchOff();
      await twin.ended;
    }
  });
  const start = async (more: Partial<StartOptions>): Promise<RunningTwin> => {
    const nothing = { stateFile: null, imageFile: null, answerFolder: null, mediaFolder: null } as const;
    const twin = await startTwin({
      ...{ packageRoot, os: '2012r2', password, ...nothing, clientCaFile: null, as: null, traceFile: null },
      ...{ httpsPort: 0, httpPort: 0, pace: { restartMs: 200, unkeyMs: 200 } },
      onDefect: (error) => {
        throw error;
      },
      ...more,
    });
    running.push(twin);
    return twin;
  };
  const caOf = (twin: { ready: RunningTwin['ready'] }): Promise<string> =>
    readFile(twin.ready.caFile, 'utf8');

  it('ends with the first look when the guest is up, and says how long it took', async () => {
    const twin = await startRealTwin();
    try {
      const wait = waiting({
        ...{ port: twin.ready.port, ca: await caOf(twin), sent: twin.password },
        ...{ rehearsal: true, placeholders: 3 },
      });
      const report = await wait.ended;

      expect(report.looks).to.equal(1);
      expect(report.durations).to.deep.equal({ reached: report.waitedMs });
      expect(wait.told).to.deep.equal([
        { state: 'reached', sinceMs: 0, durations: report.durations, reason: null },
      ]);
      twin.assertSound();
    } finally {
      await twin.close();
    }
  });

  it('ends at the first refusal of the password, which is tried once and not again', async () => {
    const twin = await startRealTwin();
    try {
      const wait = waiting({ port: twin.ready.port, ca: await caOf(twin), sent: 'of another build' });
      const error = await failure(wait);

      expect(error).to.include({ code: 'E_BUILD_GUEST_REFUSED_PASSWORD', exitCode: 3 });
      expect(error.message).to.include(`127.0.0.1:${twin.ready.port}`).and.include(user);
      expect(error.message).to.not.include('of another build');
      expect(error.suggestions.join()).to.include('first-boot.log').and.include('lock the account');
      expect(error.cause).to.include({ code: 'E_WSMAN_UNAUTHORIZED' });
      expect(twin.machine.counters).to.include({ authenticationFailures: 1, authentications: 0 });
      expect(wait.states()).to.deep.equal(['password-refused']);
    } finally {
      await twin.close();
    }
  });

  it('goes on through the first boot of 2008 R2, which has TLS 1.0 alone until it restarts', async () => {
    const twin = await start({ os: '2008r2', beforeFirstBoot: true });
    const finishFirstBoot = (): void => {
      for (const [name, data] of Object.entries({ Enabled: '1', DisabledByDefault: '0' }))
        twin.machine.setRegistryValue(tls12ForServers, name, { type: 'dword', data });
      twin.machine.restart({ delaySeconds: 0 });
    };
    const wait = waiting({
      ...{ port: twin.ready.port, ca: await caOf(twin), rehearsal: true },
      onState: ({ state, reason }) => {
        if (state !== 'other-certificate') return;
        expect(reason).to.include('older TLS');
        expect(twin.machine.counters.requests).to.equal(0);
        finishFirstBoot();
      },
    });
    const report = await wait.ended;

    expect(wait.states()).to.deep.equal(['other-certificate', 'went-away', 'reached']);
    expect(sum(report)).to.equal(report.waitedMs);
  });

  it('waits for one that restarts', async () => {
    const twin = await start({});
    twin.machine.restart({ delaySeconds: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    const wait = waiting({ port: twin.ready.port, ca: await caOf(twin), rehearsal: true });

    await wait.ended;
    expect(wait.states().at(-1)).to.equal('reached');
  });
});

describe('waiting for a guest where', () => {
  const hosts = guestHosts();

  it('nobody listens: it never answered', async () => {
    const port = await hosts.closedPort();
    const wait = waiting({ port, ca: hosts.ours.ca, limitMs: 150 });
    const { error, facts } = await noWinrm(wait);

    expect(wait.states()).to.deep.equal(['never-answered']);
    expect(facts).to.include({ host: `127.0.0.1:${port}`, last: 'never-answered' });
    expect(error.message).to.include('never answered for').and.include('nobody listens there');
    expect(error.suggestions.join())
      .to.include('screen')
      .and.include('C:\\ProgramData\\lyncimg\\first-boot.log');
  });

  it('connections are taken and nothing is said: it never answered, and looks do not overlap', async () => {
    const host = await hosts.tcp();
    const lookLimits = { knockMs: 100, queryMs: 100 };
    const wait = waiting({
      ...{ port: host.port, ca: hosts.ours.ca, limitMs: 600, intervalMs: 100, lookLimits },
    });
    const { facts } = await noWinrm(wait);

    expect(facts.last).to.equal('never-answered');
    expect(host.connections).to.be.greaterThan(1);
    expect(host.mostAtOnce).to.equal(1);
  });

  it('another certificate is shown: the wait goes on, and the password does not go there', async () => {
    const host = await hosts.https(hosts.others);
    const wait = waiting({ port: host.port, ca: hosts.ours.ca, limitMs: 400 });
    const { error, facts } = await noWinrm(wait);

    expect(wait.states()).to.deep.equal(['other-certificate']);
    expect(facts.last).to.equal('other-certificate');
    expect(error.message)
      .to.include("answered without this build's certificate for")
      .and.include('its authority is not trusted');
    expect(error.suggestions.join()).to.include('answer disc').and.include('another machine');
    expect(host.connections).to.be.greaterThan(1);
    expect(host.received()).to.equal('');
  });

  it('the certificate is of this build and names another machine: the same', async () => {
    const certificates = await makeCertificates({ names: [{ type: 'dns', value: 'other.example' }] });
    const host = await hosts.https(certificates);
    const { error, facts } = await noWinrm(waiting({ port: host.port, ca: certificates.ca, limitMs: 400 }));

    expect(facts.last).to.equal('other-certificate');
    expect(error.message).to.include('does not name this address');
    expect(host.received()).to.equal('');
  });

  it('another machine answers between knock and look: the password does not go there', async () => {
    const stranger = await hosts.https(hosts.others);
    const guest = await hosts.guest();
    let connections = 0;
    const host = await hosts.tcp((socket) => {
      relayTo(++connections === 2 ? stranger.port : guest.port, socket);
    });
    const wait = waiting({ port: host.port, ca: hosts.ours.ca });

    await wait.ended;
    expect(wait.states()).to.deep.equal(['other-certificate', 'reached']);
    expect(stranger.connections).to.equal(1);
    expect(stranger.received()).to.equal('');
  });

  it('HTTP is spoken without TLS: the same, and it gets no password in clear text', async () => {
    const host = await hosts.http();
    const { error, facts } = await noWinrm(waiting({ port: host.port, ca: hosts.ours.ca, limitMs: 400 }));

    expect(facts.last).to.equal('other-certificate');
    expect(error.message).to.include('it is not TLS');
    expect(host.received().length).to.be.greaterThan(0);
    expect(holdsPassword(host.received())).to.equal(false);
  });

  it('TLS 1.0 and 1.1 alone are spoken: the same, whoever signed the certificate', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const host = await hosts.https(hosts.ours, { tls: old });
    const { error, facts } = await noWinrm(waiting({ port: host.port, ca: hosts.ours.ca, limitMs: 400 }));

    expect(facts.last).to.equal('other-certificate');
    expect(error.message).to.include('older TLS');
    expect(host.received()).to.equal('');
  });

  it('this build’s guest has another password: one try, at the first look', async () => {
    const guest = await hosts.guest({ password: 'another one' });
    const error = await failure(waiting({ port: guest.port, ca: hosts.ours.ca }));

    expect(error.code).to.equal('E_BUILD_GUEST_REFUSED_PASSWORD');
    expect(guest.tries).to.equal(1);
  });

  it('the password is refused after a while: the times before are told', async () => {
    const port = await hosts.closedPort();
    const wait = waiting({
      ...{ port, ca: hosts.ours.ca },
      onState: ({ state }) => {
        if (state === 'never-answered') void hosts.guest({ port, password: 'another one' });
      },
    });
    const error = await failure(wait);

    expect(wait.states()).to.deep.equal(['never-answered', 'password-refused']);
    expect(error.message).to.include('before, it never answered for');
  });

  it('WinRM takes questions and does not answer: it is not ready', async () => {
    const host = await hosts.https(hosts.ours, { silent: true });
    const lookLimits = { knockMs: 400, queryMs: 400 };
    const wait = waiting({ port: host.port, ca: hosts.ours.ca, limitMs: 800, lookLimits });
    const { error, facts } = await noWinrm(wait);

    expect(facts.last).to.equal('not-ready');
    expect(error.message).to.include('gave no answer to Identify');
    expect(error.suggestions.join()).to.include('service WinRM');
    expect(holdsPassword(host.received())).to.equal(false);
  });

  it('HTTP is answered by something else than WinRM: it is not ready', async () => {
    const host = await hosts.https(hosts.ours);
    const { facts } = await noWinrm(waiting({ port: host.port, ca: hosts.ours.ca, limitMs: 400 }));

    expect(facts.last).to.equal('not-ready');
    expect(facts.reason).to.include('no WS-Management');
  });

  it('one answers who is no twin and placeholders are to be given: at once the end', async () => {
    for (const how of [{ rehearsal: true }, { placeholders: 1 }]) {
      const guest = await hosts.guest();
      const error = await failure(waiting({ port: guest.port, ca: hosts.ours.ca, ...how }));
      expect(error.code).to.equal('E_BUILD_NOT_A_TWIN');
    }
  });

  it('the authority to trust is none: at once the end', async () => {
    const error = await failure(waiting({ port: await hosts.closedPort(), ca: 'no PEM' }));
    expect(error.code).to.equal('E_WSMAN_CA');
  });
});

describe('a guest that changes while it is waited for', () => {
  const hosts = guestHosts();

  it('is told state by state, each once, and the times sum up to the time waited', async () => {
    const port = await hosts.closedPort();
    let stranger: Listener | undefined;
    let providersAreUp = false;
    const steps: Partial<Record<ContactState['state'], () => unknown>> = {
      'never-answered': async () => (stranger = await hosts.https(hosts.others, { port })),
      'other-certificate': () => stranger?.close(),
      'went-away': () =>
        hosts.guest({
          port,
          enumerate: () => {
            if (!providersAreUp) throw new WsmanFault('INTERNAL_ERROR');
            return Promise.resolve(oneSystem);
          },
        }),
      'not-ready': () => (providersAreUp = true),
    };
    const wait = waiting({ port, ca: hosts.ours.ca, onState: ({ state }) => void steps[state]?.() });
    const report = await wait.ended;

    expect(wait.states()).to.deep.equal([
      ...['never-answered', 'other-certificate', 'went-away', 'not-ready', 'reached'],
    ]);
    expect(Object.keys(report.durations)).to.deep.equal(wait.states());
    expect(sum(report)).to.equal(report.waitedMs);
    for (const told of wait.told) expect(sum(told)).to.be.at.least(told.sinceMs);
    const begins = wait.told.map(({ sinceMs }) => sinceMs);
    expect(begins).to.deep.equal([...begins].sort((a, b) => a - b));
  });

  it('is reached when it comes back after it went away in the middle of a look', async () => {
    let asked = 0;
    const guest = await hosts.guest({
      enumerate: async () => {
        asked += 1;
        if (asked === 1) await guest.server.pause();
        return oneSystem;
      },
    });
    const wait = waiting({
      ...{ port: guest.port, ca: hosts.ours.ca },
      onState: ({ state }) => {
        if (state === 'went-away') void delay(50).then(() => guest.server.resume());
      },
    });
    const report = await wait.ended;

    expect(wait.states()).to.deep.equal(['went-away', 'reached']);
    expect(report.looks).to.be.greaterThan(1);
  });

  it('is not ready while its listener is open and Basic is not yet on, which is no refusal', async () => {
    const ntlm = ntlmServer({
      ...{ computerName: 'GUEST', version: [6, 3, 9600] },
      ntHashOf: () => ntHash(password),
    });
    const schemes: ServerScheme[] = [ntlm];
    const guest = await hosts.guest({ schemes });
    const wait = waiting({
      ...{ port: guest.port, ca: hosts.ours.ca },
      onState: ({ state }) => {
        if (state === 'not-ready') schemes.push(basicServer((given) => given.password === password));
      },
    });

    await wait.ended;
    expect(wait.states()).to.deep.equal(['not-ready', 'reached']);
  });

  it('may take longer for its first query than one look waits', async () => {
    let asked = 0;
    const guest = await hosts.guest({
      enumerate: () => (++asked === 1 ? new Promise(() => undefined) : Promise.resolve(oneSystem)),
    });
    const lookLimits = { knockMs: 5000, queryMs: 200 };
    const wait = waiting({ port: guest.port, ca: hosts.ours.ca, lookLimits });

    await wait.ended;
    expect(wait.states()).to.deep.equal(['not-ready', 'reached']);
    expect(wait.told[0]?.reason).to.include('the first query');
  });
});

describe('the end of a wait', () => {
  const hosts = guestHosts();

  it('in the middle of a look says what the last whole look found', async () => {
    const stranger = await hosts.https(hosts.others);
    let connections = 0;
    const host = await hosts.tcp((socket) => {
      connections += 1;
      if (connections === 1) relayTo(stranger.port, socket);
    });
    const wait = waiting({ port: host.port, ca: hosts.ours.ca, limitMs: 600 });

    expect((await noWinrm(wait)).facts.last).to.equal('other-certificate');
    expect(connections).to.equal(2);
  });

  it('before the first look has ended says that it never answered', async () => {
    const host = await hosts.tcp();
    const wait = waiting({ port: host.port, ca: hosts.ours.ca, limitMs: 100 });
    const { error, facts } = await noWinrm(wait);

    expect(facts).to.include({ last: 'never-answered', reason: null });
    expect(error.message).to.include('never answered for');
    expect(wait.told).to.deep.equal([]);
  });

  it('tells times by the clock that it was given', async () => {
    let minutes = 0;
    const now = (): number => minutes++ * 60_000;
    const wait = waiting({
      port: await hosts.closedPort(),
      ca: hosts.ours.ca,
      limitMs: 300,
      intervalMs: 60_000,
      now,
    });
    const { error } = await noWinrm(wait);

    // Begin, look, its end, end of the wait.
    expect(error.message).to.include('was waited for 3 min').and.include('never answered for 3 min');
  });

  it('by a signal is at once, with its reason, in a pause as in a look', async () => {
    const reason = new Error('enough');
    const inPause = new AbortController();
    const pausing = waiting({
      ...{ port: await hosts.closedPort(), ca: hosts.ours.ca, signal: inPause.signal, intervalMs: 60_000 },
      onState: () => {
        setImmediate(() => {
          inPause.abort(reason);
        });
      },
    });
    expect(await failure(pausing)).to.equal(reason);

    const inLook = new AbortController();
    const host = await hosts.tcp(() => {
      inLook.abort(reason);
    });
    const looking = waiting({ port: host.port, ca: hosts.ours.ca, signal: inLook.signal });
    expect(await failure(looking)).to.equal(reason);

    for (const { signal } of [inPause, inLook]) expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
  });

  it('that was asked for before it began asks nobody', async () => {
    const host = await hosts.tcp();
    const reason = new Error('enough');
    const wait = waiting({ port: host.port, ca: hosts.ours.ca, signal: AbortSignal.abort(reason) });

    expect(await failure(wait)).to.equal(reason);
    expect(host.connections).to.equal(0);
  });

  it('leaves no timer and no listener behind, however it came', async () => {
    const guest = await hosts.guest();
    const port = await hosts.closedPort();
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const { signal } = new AbortController();
    const stop = new AbortController();

    await waiting({ port: guest.port, ca: hosts.ours.ca, signal }).ended;
    await failure(waiting({ port: guest.port, ca: hosts.ours.ca, signal, sent: 'wrong' }));
    await failure(waiting({ port, ca: hosts.ours.ca, signal, limitMs: 50 }));
    const stopped = waiting({
      port,
      ca: hosts.ours.ca,
      signal: stop.signal,
      onState: () => {
        stop.abort();
      },
    });
    await failure(stopped);

    expect(timers()).to.equal(before);
    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
  });
});
