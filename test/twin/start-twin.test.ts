// A twin on real sockets: keys taken and refused, restarts, what is left behind.
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { makeCertificates, type CertificateSet } from '../../src/twin/certificate.js';
import { sealState } from '../../src/twin/seal.js';
import { startTwin, type RunningTwin, type StartOptions } from '../../src/twin/start-twin.js';
import { readState, writeState } from '../../src/twin/state-file.js';
import { tls12ForServers } from '../../src/twin/tls.js';
import { connect, type WsmanClient } from '../../src/wsman/index.js';
import { makeCertificates as makeTestCertificates } from '../wsman/certificates.js';
import { packageRoot } from './rig.js';

const boot = { namespace: 'root/cimv2', wql: 'select LastBootUpTime from Win32_OperatingSystem' };

describe('a running twin', () => {
  let folder: string;
  let state: string;
  let running: RunningTwin[];
  let clients: WsmanClient[];
  let defects: unknown[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-start-'));
    state = join(folder, 'state.json');
    running = [];
    clients = [];
    defects = [];
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    for (const twin of running) {
      twin.switchOff();
      await twin.ended;
    }
    await rm(folder, { recursive: true });
    expect(defects).to.deep.equal([]);
  });

  const start = async (more: Partial<StartOptions> = {}): Promise<RunningTwin> => {
    const twin = await startTwin({
      packageRoot,
      os: '2012R2',
      stateFile: state,
      imageFile: null,
      answerFolder: null,
      mediaFolder: null,
      httpsPort: 0,
      httpPort: 0,
      clientCaFile: null,
      as: null,
      traceFile: null,
      password: undefined,
      onDefect: (error) => defects.push(error),
      pace: { restartMs: 20, unkeyMs: 20 },
      ...more,
    });
    running.push(twin);
    return twin;
  };
  const refused = async (more: Partial<StartOptions>): Promise<LyncimgError> => {
    const error = await start(more).catch((caught: unknown) => caught);
    if (error instanceof LyncimgError) return error;
    throw new Error('it was started');
  };
  const client = (twin: RunningTwin, password: string, ca: string, user = 'Administrator'): WsmanClient => {
    const made = connect({
      ...{ host: '127.0.0.1', port: twin.ready.port, scheme: 'https', tls: { ca } },
      auth: { method: 'basic', user, password },
    });
    clients.push(made);
    return made;
  };
  const answerDisc = async (name: string): Promise<{ folder: string; set: CertificateSet }> => {
    const disc = join(folder, name);
    const set = await makeCertificates(new Date());
    await mkdir(disc);
    await writeFile(join(disc, 'answer.json'), '{"label":"LYNCIMG","format":1}\n');
    await writeFile(join(disc, 'ca.crt'), set.ca);
    await writeFile(join(disc, 'server.crt'), set.cert);
    await writeFile(join(disc, 'server.key'), set.key);
    return { folder: disc, set };
  };
  const codeOf = async (act: Promise<unknown>): Promise<unknown> =>
    act.then(
      () => 'no error',
      (error: unknown) => (error instanceof LyncimgError ? error.code : error),
    );

  it('started by hand makes its own key, tells how to come in, and leaves nothing behind', async () => {
    const twin = await start();
    const { ready } = twin;
    const { caFile, passwordFile } = ready;

    expect(ready).to.include({ type: 'twin-ready', rehearsal: true, os: '2012r2', address: '127.0.0.1' });
    expect(ready.thumbprint).to.match(/^[0-9A-F]{40}$/);
    expect((await stat(passwordFile!)).mode & 0o777).to.equal(0o600);
    const password = await readFile(passwordFile!, 'utf8');
    const ca = await readFile(caFile, 'utf8');
    expect(await client(twin, password, ca).enumerate(boot)).to.have.length(1);

    twin.switchOff();
    expect(await twin.ended).to.deep.equal({ by: 'host' });
    expect(await stat(passwordFile!).catch(() => null)).to.equal(null);
    expect(await stat(caFile).catch(() => null)).to.equal(null);
    expect(await readState(state)).to.deep.include({ access: 'unkeyed' });
    expect((await readState(state)).power).to.include({ on: false, offBy: 'host', boots: 1 });
    const text = await readFile(state, 'utf8');
    expect(text).to.not.contain(password).and.not.contain('PRIVATE KEY').and.not.contain('CERTIFICATE');
    expect(await codeOf(client(twin, password, ca).enumerate(boot))).to.equal('E_WSMAN_UNREACHABLE');
  });

  it('says that it is a model to everybody', async () => {
    const twin = await start({ password: 'Passw0rd!x' });
    const identity = await client(twin, 'Passw0rd!x', await readFile(twin.ready.caFile, 'utf8')).identify();

    expect(identity.productVendor).to.contain('lyncimg twin').and.contain('not Microsoft Windows');
    expect(identity.productVersion).to.equal('OS: 6.3.9600 SP: 0.0 Stack: 3.0');
    expect(twin.ready.passwordFile).to.equal(null);
  });

  it('of 2008 R2 speaks TLS 1.0 alone until SCHANNEL is told and the machine has restarted', async () => {
    const password = 'Passw0rd!x';
    const twin = await start({ os: '2008r2', beforeFirstBoot: true, password });
    const ca = await readFile(twin.ready.caFile, 'utf8');
    const refusal = await client(twin, password, ca)
      .identify()
      .catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect((refusal as Error).message).to.contain('older TLS');
    const old = connect({
      ...{ host: '127.0.0.1', port: twin.ready.port, scheme: 'https', tls: { ca, minVersion: 'TLSv1' } },
      auth: { method: 'basic', user: 'Administrator', password },
    });
    clients.push(old);
    expect((await old.identify()).productVersion).to.equal('OS: 6.1.7601 SP: 1.0 Stack: 2.0');

    for (const [name, data] of [
      ['Enabled', '1'],
      ['DisabledByDefault', '0'],
    ] as const)
      twin.machine.setRegistryValue(tls12ForServers, name, { type: 'dword', data });
    const up = once(twin.machine.events, 'booted');
    twin.machine.restart({ delaySeconds: 0 });
    await up;
    let code: unknown = 'E_WSMAN_UNREACHABLE';
    // Listening begins a moment after the boot.
    for (let tries = 0; code === 'E_WSMAN_UNREACHABLE' && tries < 200; tries++) {
      await new Promise((resolve) => setImmediate(resolve));
      code = await codeOf(client(twin, password, ca).identify());
    }
    expect(code).to.equal('no error');
  });

  it('is re-keyed by each disc: old password and old certificate are refused', async () => {
    const first = await answerDisc('first');
    const one = await start({ answerFolder: first.folder, password: 'first-Passw0rd' });
    expect(one.ready.caFile).to.equal(join(first.folder, 'ca.crt'));
    expect(await client(one, 'first-Passw0rd', first.set.ca).enumerate(boot)).to.have.length(1);
    expect(one.machine.runTask('\\lyncimg\\unkey')).to.deep.equal({ ok: true });
    expect(await one.ended).to.deep.equal({ by: 'guest' });
    expect(await readState(state)).to.deep.include({ access: 'unkeyed' });
    expect((await readState(state)).power).to.include({ on: false, offBy: 'guest' });

    const second = await answerDisc('second');
    const two = await start({ answerFolder: second.folder, password: 'second-Passw0rd' });
    expect(await codeOf(client(two, 'first-Passw0rd', second.set.ca).enumerate(boot))).to.equal(
      'E_WSMAN_UNAUTHORIZED',
    );
    expect(await codeOf(client(two, 'second-Passw0rd', first.set.ca).enumerate(boot))).to.equal(
      'E_WSMAN_CERTIFICATE',
    );
    expect(await client(two, 'second-Passw0rd', second.set.ca).enumerate(boot)).to.have.length(1);
    const journal = two.machine.state.journal.map(({ text }) => text);
    expect(journal.filter((text) => text.startsWith('boot task: disc LYNCIMG'))).to.have.length(2);
  });

  it('closes its listeners when it is un-keyed', async () => {
    const disc = await answerDisc('disc');
    const twin = await start({ answerFolder: disc.folder, password: 'Passw0rd!x' });
    twin.machine.runTask('\\lyncimg\\unkey');
    await twin.ended;
    expect(await codeOf(client(twin, 'Passw0rd!x', disc.set.ca).identify())).to.equal('E_WSMAN_UNREACHABLE');
  });

  it('does not tell which part of a login was wrong', async () => {
    const twin = await start({ password: 'Passw0rd!x' });
    const ca = await readFile(twin.ready.caFile, 'utf8');
    const message = async (user: string, password: string): Promise<string> => {
      const error = await client(twin, password, ca, user)
        .enumerate(boot)
        .catch((caught: unknown) => caught);
      return (error as Error).message.replaceAll(user, 'USER');
    };

    expect(await message('Administrator', 'wrong-Passw0rd')).to.equal(await message('Nobody', 'Passw0rd!x'));
    expect(twin.machine.counters.authenticationFailures).to.equal(2);
  });

  it('takes NTLM over HTTPS, and over plain HTTP with sealed messages', async () => {
    const twin = await start({ password: 'Passw0rd!x' });
    const ca = await readFile(twin.ready.caFile, 'utf8');
    const auth = { method: 'ntlm', user: '.\\Administrator', password: 'Passw0rd!x' } as const;
    const place = { host: '127.0.0.1', auth };
    const https = connect({ ...place, port: twin.ready.port, scheme: 'https', tls: { ca } });
    const http = connect({ ...place, port: twin.ready.httpPort, scheme: 'http' });
    clients.push(https, http);
    expect(await https.enumerate(boot)).to.have.length(1);
    expect(await http.enumerate(boot)).to.have.length(1);
    expect(https.authenticationUsed()).to.deep.equal({ scheme: 'ntlm', sealed: false });
    expect(http.authenticationUsed()).to.deep.equal({ scheme: 'ntlm', sealed: true });
    expect(twin.machine.counters).to.include({ authentications: 2, authenticationFailures: 0, requests: 6 });
  });

  it('knows no other domain than its own computer', async () => {
    const twin = await start({ password: 'Passw0rd!x' });
    const { httpPort } = twin.ready;
    for (const user of ['ELSEWHERE\\Administrator', 'Administrator@lync.example', 'Guest']) {
      const auth = { method: 'ntlm', user, password: 'Passw0rd!x' } as const;
      const made = connect({ host: '127.0.0.1', port: httpPort, scheme: 'http', auth });
      clients.push(made);
      expect(await codeOf(made.identify())).to.equal('E_WSMAN_UNAUTHORIZED');
    }
  });

  it('maps the client certificates of one authority to the administrator', async () => {
    const clientCaFile = join(folder, 'clients.pem');
    const ours = await makeTestCertificates({ client: true });
    const others = await makeTestCertificates({ client: true });
    await writeFile(clientCaFile, ours.ca);
    const twin = await start({ password: 'Passw0rd!x', clientCaFile });
    const ca = await readFile(twin.ready.caFile, 'utf8');
    const by = ({ cert, key }: { cert: string; key: string }): WsmanClient => {
      const auth = { method: 'certificate', cert, key } as const;
      const made = connect({ host: '127.0.0.1', port: twin.ready.port, scheme: 'https', auth, tls: { ca } });
      clients.push(made);
      return made;
    };
    expect(await by(ours).enumerate(boot)).to.have.length(1);
    expect(await codeOf(by(others).identify())).to.equal('E_WSMAN_UNAUTHORIZED');
  });

  it('takes no file for the authority of clients that holds no certificate', async () => {
    const file = join(folder, 'none.pem');
    await writeFile(file, 'no certificate');
    expect(await refused({ clientCaFile: file })).to.include({ code: 'E_TWIN_CLIENT_CA', exitCode: 2 });
    expect(await refused({ clientCaFile: `${file}.x` })).to.include({ code: 'E_TWIN_CLIENT_CA' });
  });

  it('refuses Basic over plain HTTP, with the right password too', async () => {
    const twin = await start({ password: 'Passw0rd!x' });
    const status = await new Promise<number | undefined>((done, failed) => {
      const call = request(
        {
          host: '127.0.0.1',
          port: twin.ready.httpPort,
          path: '/wsman',
          method: 'POST',
          auth: 'Administrator:Passw0rd!x',
          headers: { 'content-type': 'application/soap+xml;charset=UTF-8' },
        },
        (response) => {
          response.resume();
          done(response.statusCode);
        },
      );
      call.on('error', failed);
      call.end('<x/>');
    });
    expect(status).to.equal(401);
    expect(twin.machine.counters.authentications).to.equal(0);
  });

  it('drops connections in a restart and is back on the same port with the same key', async () => {
    const twin = await start({ password: 'Passw0rd!x' });
    const ca = await readFile(twin.ready.caFile, 'utf8');
    const [before] = await client(twin, 'Passw0rd!x', ca).enumerate(boot);
    const gone = new Promise<void>((done) => twin.machine.events.once('restart-started', done));
    const back = new Promise<void>((done) => twin.machine.events.once('booted', done));
    twin.machine.restart({ delaySeconds: 0 });
    await gone;
    expect(await codeOf(client(twin, 'Passw0rd!x', ca).enumerate(boot))).to.equal('E_WSMAN_UNREACHABLE');
    await back;
    let after: unknown = 'E_WSMAN_UNREACHABLE';
    // Listening begins a moment after the boot.
    for (let tries = 0; after === 'E_WSMAN_UNREACHABLE' && tries < 200; tries++) {
      await new Promise((resolve) => setImmediate(resolve));
      after = await client(twin, 'Passw0rd!x', ca)
        .enumerate(boot)
        .then(
          ([row]) => row,
          (error: unknown) => (error as LyncimgError).code,
        );
    }
    expect(after).to.have.property('LastBootUpTime').not.equal(before?.['LastBootUpTime']);
  });

  it('starts a deployed copy of an image and leaves the image as it is', async () => {
    const maker = await start();
    maker.switchOff();
    await maker.ended;
    const image = join(folder, 'image.json');
    await writeState(image, sealState(await readState(state), new Date()));
    const bytes = await readFile(image);

    const copy = await start({
      stateFile: null,
      imageFile: image,
      os: null,
      as: { name: 'FE01', domain: 'lync.example.net' },
      password: 'Passw0rd!x',
    });
    const [row] = await client(copy, 'Passw0rd!x', await readFile(copy.ready.caFile, 'utf8')).enumerate({
      namespace: 'root/cimv2',
      wql: 'select Name,Domain from Win32_ComputerSystem',
    });
    expect(row).to.deep.equal({ Domain: 'lync.example.net', Name: 'FE01' });
    copy.switchOff();
    await copy.ended;
    expect((await readFile(image)).equals(bytes)).to.equal(true);
  });

  it('is other than its image also in what a boot would mend', async () => {
    const as = {
      services: { WinRM: { startMode: 'disabled' }, W32Time: { state: 'stopped' } },
      pendingReboot: true,
    };
    const twin = await start({ as: as as StartOptions['as'] });

    expect(twin.machine.isRebootPending()).to.equal(true);
    expect(twin.machine.service('WinRM')).to.include({ startMode: 'disabled', state: 'running' });
    expect(twin.machine.service('W32Time')).to.include({ state: 'stopped' });
  });

  it('does not start on a description that does not fit', async () => {
    const traceFile = join(folder, 'trace.jsonl');
    const error = await refused({ as: { removeHotfixes: ['KB2919355'], file: 'machine.yaml' }, traceFile });

    expect(error).to.have.property('code', 'E_TWIN_DEPLOYMENT');
    expect(error.message).to.contain('KB2919355 is not installed');
  });

  it('writes a trace without contents or secrets', async () => {
    const traceFile = join(folder, 'trace.jsonl');
    const twin = await start({ password: 'Passw0rd!x', traceFile });
    await client(twin, 'Passw0rd!x', await readFile(twin.ready.caFile, 'utf8')).enumerate(boot);
    twin.switchOff();
    await twin.ended;
    const text = await readFile(traceFile, 'utf8');
    const types = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);

    expect(types).to.include.members(['journal', 'enumerate']);
    expect(text).to.not.contain('Passw0rd!x');
  });

  describe('is not started', () => {
    it('on a port that is taken', async () => {
      const other = createServer();
      await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
      const { port } = other.address() as AddressInfo;
      const https = await refused({ httpsPort: port });
      const http = await refused({ httpPort: port });
      await new Promise((done) => other.close(done));

      expect(https).to.include({ code: 'E_TWIN_PORT', exitCode: 3 });
      expect(https.suggestions.join()).to.contain('--port 0');
      expect(http.suggestions.join()).to.contain('--http-port 0');
    });

    it('as an OS that is not modelled, or is not the state’s', async () => {
      expect((await refused({ os: '2003' })).code).to.equal('E_TWIN_OS');
      const twin = await start();
      twin.switchOff();
      await twin.ended;
      expect((await refused({ os: '2012' })).code).to.equal('E_TWIN_OTHER_OS');
    });

    it('as Setup leaves it, where it has run or first boot brings nothing', async () => {
      const asSetup = await refused({ os: '2012', beforeFirstBoot: true });
      expect(asSetup.code).to.equal('E_TWIN_BEFORE_FIRST_BOOT');
      const twin = await start({ os: '2008r2' });
      twin.switchOff();
      await twin.ended;
      const again = await refused({ os: '2008r2', beforeFirstBoot: true });
      expect(again.code).to.equal('E_TWIN_BEFORE_FIRST_BOOT');
      expect(again.message).to.contain(state);
    });

    it('without a temporary folder for its papers', async () => {
      const before = process.env['TMPDIR'];
      process.env['TMPDIR'] = join(folder, 'gone');
      try {
        const error = await refused({});
        expect(error.code).to.equal('E_FILE_ACCESS');
        expect(error.message).to.contain(join(folder, 'gone'));
      } finally {
        if (before === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = before;
      }
    });

    it('as a new machine of which nobody says what it is', async () => {
      const error = await refused({ os: null });
      expect(error).to.include({ code: 'E_TWIN_OS_MISSING', exitCode: 2 });
      expect(error.message).to.contain(state);
    });

    it('from a state that is none', async () => {
      await writeFile(state, '{"format":1}');
      expect(await refused({})).to.include({ code: 'E_TWIN_STATE_FILE', exitCode: 2 });
      expect((await refused({ stateFile: join(folder, 'no', 'state.json') })).code).to.equal(
        'E_TWIN_STATE_WRITE',
      );
      expect((await refused({ stateFile: null, imageFile: join(folder, 'no.json') })).code).to.equal(
        'E_TWIN_STATE_MISSING',
      );
    });

    it('sealed, with an answer disc: no task would take it', async () => {
      const twin = await start();
      twin.switchOff();
      await twin.ended;
      await writeState(state, sealState(await readState(state), new Date()));
      const disc = await answerDisc('disc');
      const bytes = await readFile(state);

      expect((await refused({ answerFolder: disc.folder, password: 'Passw0rd!x' })).code).to.equal(
        'E_TWIN_SEALED',
      );
      expect((await readFile(state)).equals(bytes)).to.equal(true);
      const byHand = await start();
      byHand.switchOff();
      await byHand.ended;
      expect(await readState(state)).to.deep.include({ access: 'sealed' });
    });

    it('with a media folder, an answer folder, a password or a trace that cannot be used', async () => {
      expect((await refused({ mediaFolder: join(folder, 'no') })).code).to.equal('E_TWIN_MEDIA');
      expect((await refused({ answerFolder: folder, password: 'Passw0rd!x' })).code).to.equal(
        'E_TWIN_ANSWER',
      );
      expect((await refused({ password: 'tiny' })).code).to.equal('E_TWIN_PASSWORD');
      expect((await refused({ traceFile: join(folder, 'no', 'trace') })).code).to.equal('E_TWIN_TRACE');
    });
  });
});
