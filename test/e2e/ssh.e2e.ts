// The bastion against Debian's real sshd, ssh-agent and ssh-keygen.
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createWebServer, get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LyncimgError, type FactsOf } from '../../src/errors/index.js';
import { openBastion, type Bastion, type BastionOptions } from '../../src/ssh/index.js';
import {
  fingerprintOf,
  hashKnownHosts,
  makeKey,
  startAgent,
  startSshd,
  type HostKeyType,
  type Sshd,
} from '../helpers/sshd.js';
import { until } from '../helpers/processes.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { makeCertificates } from '../wsman/certificates.js';

const run = promisify(execFile);

describe('a bastion with the real sshd', () => {
  const folder = temporaryFolder();
  const ends: (() => void | Promise<void>)[] = [];
  let sshd: Sshd;

  const file = (name: string): string => join(folder.path, name);

  async function start(settings: readonly string[] = []): Promise<void> {
    const authorizedKeys = await readFile(file('id.pub'), 'utf8');
    sshd = await startSshd({ folder: folder.path, authorizedKeys, settings });
    ends.push(() => sshd.stop());
    await know('ed25519');
  }

  async function know(type: HostKeyType): Promise<void> {
    await writeFile(file('known_hosts'), await sshd.knownHosts(type));
  }

  async function open(options: Partial<BastionOptions> = {}): Promise<Bastion> {
    const bastion = await openBastion({
      address: sshd.address,
      knownHostsFiles: [file('known_hosts')],
      identityFiles: [file('id')],
      env: {},
      connectTimeoutMs: 20_000,
      ...options,
    });
    ends.push(() => {
      bastion.close();
    });
    return bastion;
  }

  async function listen(server: Server): Promise<{ host: string; port: number }> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => void server.close());
    return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  }

  /** Says everything back. */
  const listenEcho = (): Promise<{ host: string; port: number }> =>
    listen(
      createServer((socket) => {
        socket.on('error', () => undefined);
        socket.pipe(socket);
      }),
    );

  async function failure(promise: Promise<unknown>): Promise<LyncimgError> {
    const outcome = await promise.then(
      () => null,
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(LyncimgError);
    return outcome as LyncimgError;
  }

  beforeEach(async () => {
    await makeKey(file('id'));
  });

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  describe('lets in', () => {
    for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
      it(`by a key of type ${type} with a passphrase`, async () => {
        const passphrase = 'open sesame';
        const publicKey = await makeKey(file('locked'), { type, passphrase });
        await writeFile(file('id.pub'), publicKey);
        await start();

        const identityFiles = [file('locked')];
        const bastion = await open({ identityFiles, env: { LYNCIMG_SSH_PASSPHRASE: passphrase } });
        const refused = await failure(open({ identityFiles }));

        expect(bastion.closed).to.equal(false);
        expect(refused.code).to.equal('E_SSH_AUTH');
        expect(refused.message).to.contain(
          `${file('locked')}: it needs a passphrase, and LYNCIMG_SSH_PASSPHRASE is not set`,
        );
      });
    }

    it('by the agent, each key once, before any key file', async () => {
      await makeKey(file('other'), { type: 'rsa' });
      const agent = await startAgent(folder.path, [file('other'), file('id')]);
      ends.push(() => agent.stop());
      await start();

      await open({ identityFiles: [file('id')], env: { SSH_AUTH_SOCK: agent.socket } });

      // Its log may come after its answer.
      await until(() => /Accepted publickey .* ED25519/.test(sshd.log()));
      const failed = sshd.log().match(/Failed publickey/g) ?? [];
      expect(failed).to.have.lengthOf(1);
    });

    it('nobody whose keys it does not know, nor tries a key twice', async () => {
      await makeKey(file('other'));
      const agent = await startAgent(folder.path, [file('other')]);
      ends.push(() => agent.stop());
      await start();

      const error = await failure(
        open({ identityFiles: [file('other')], env: { SSH_AUTH_SOCK: agent.socket } }),
      );

      const facts = error.facts as FactsOf<'E_SSH_AUTH'>;
      expect(error.code).to.equal('E_SSH_AUTH');
      expect(facts.tried).to.deep.equal([`the key ${await fingerprintOf(file('other.pub'))} of the agent`]);
      expect(facts.offers).to.deep.equal(['publickey']);
    });

    it('nobody with more keys than it takes, and its own words are shown', async () => {
      await Promise.all([makeKey(file('one')), makeKey(file('two'))]);
      await start(['MaxAuthTries 1']);

      const error = await failure(open({ identityFiles: [file('one'), file('two'), file('id')] }));

      expect(error.code).to.equal('E_SSH_AUTH');
      expect(error.message).to.match(/Too many authentication failures/);
    });
  });

  describe('is known', () => {
    it('by names that ssh-keygen hashed', async () => {
      await start();
      await hashKnownHosts(file('known_hosts'));
      expect(await readFile(file('known_hosts'), 'utf8')).to.match(/^\|1\|/);

      const bastion = await open();

      expect(bastion.closed).to.equal(false);
    });

    it('by one of its keys, whichever it would show first', async () => {
      await start();
      await know('rsa');

      const bastion = await open();

      expect(bastion.closed).to.equal(false);
    });

    it('after the command of the message was run, which prints the fingerprint of the message', async () => {
      await start();
      await writeFile(file('known_hosts'), '');

      const error = await failure(open());
      const logged = sshd.log();
      const printed = await shell(commandIn(error, 'ssh-keyscan'));
      const bastion = await open();

      const fingerprint = await fingerprintOf(file('host_ed25519.pub'));
      expect(error.code).to.equal('E_SSH_HOST_KEY');
      expect(error.facts).to.include({ verdict: 'unknown', keyType: 'ssh-ed25519', fingerprint });
      expect(error.exitCode).to.equal(3);
      expect(error.message).to.contain(fingerprint);
      expect(printed).to.contain(fingerprint);
      expect(bastion.closed).to.equal(false);
      expect(logged).not.to.match(/user|publickey/);
    });

    it('no longer after its key was changed, until both commands of the message were run', async () => {
      await start();
      const [name] = (await sshd.knownHosts('ed25519')).split(' ');
      await writeFile(
        file('known_hosts'),
        `# first\n${name ?? ''} ${await readFile(file('id.pub'), 'utf8')}`,
      );
      await hashKnownHosts(file('known_hosts'));

      const error = await failure(open());
      await shell(commandIn(error, 'ssh-keygen -R'));
      await shell(commandIn(error, 'ssh-keyscan'));
      const bastion = await open();

      expect(error.code).to.equal('E_SSH_HOST_KEY');
      expect(error.facts).to.include({ verdict: 'changed', entry: `${file('known_hosts')}:2` });
      expect(bastion.closed).to.equal(false);
    });
  });

  describe('carries', () => {
    it('many streams over one connection', async () => {
      await start();
      const echo = await listenEcho();
      const bastion = await open();
      const say = async (words: string): Promise<string> => {
        const stream = await bastion.dial(echo);
        stream.end(words);
        return Buffer.concat(await stream.toArray()).toString();
      };
      const sentences = Array.from({ length: 60 }, (_, index) => `sentence ${index}`);

      const answers = await Promise.all(sentences.map(say));

      expect(answers).to.deep.equal(sentences);
      expect(sshd.log().match(/^Connection from/gm)).to.have.lengthOf(1);
    });

    it('TLS, with the certificate of the host behind verified by its name', async () => {
      await start();
      const names = [{ type: 'dns', value: 'fe01.lync.example' }] as const;
      const { ca, cert, key } = await makeCertificates({ names: [...names] });
      const web = createWebServer({ cert, key }, (request, response) => {
        request.pipe(response);
      });
      const address = await listen(web);
      const bastion = await open();
      const ask = async (servername: string): Promise<string> => {
        const socket = connectTls({ socket: await bastion.dial(address), ca, servername });
        const request = get({ host: servername, path: '/', createConnection: () => socket });
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        return String(response.statusCode);
      };

      expect(await ask('fe01.lync.example')).to.equal('200');
      const refused: unknown = await ask('fe02.lync.example').catch((error: unknown) => error);
      expect(refused).to.have.property('code', 'ERR_TLS_CERT_ALTNAME_INVALID');
    });

    it('nothing to where it may not, and says so', async () => {
      await start(['PermitOpen 127.0.0.1:1']);
      const echo = await listenEcho();
      const bastion = await open();

      const prohibited = await failure(bastion.dial(echo));
      const refused = await failure(bastion.dial({ host: '127.0.0.1', port: 1 }));

      expect(prohibited.code).to.equal('E_SSH_CHANNEL');
      expect(prohibited.message).to.match(/administratively prohibited/);
      expect(refused.code).to.equal('E_SSH_CHANNEL');
      expect(refused.message).to.match(/127\.0\.0\.1:1 .*cannot connect to it.*Connection refused/);
      expect(bastion.closed).to.equal(false);
    });
  });

  describe('that is lost', () => {
    it('fails the request under way, through TLS too', async () => {
      await start();
      const { ca, cert, key } = await makeCertificates();
      const web = createWebServer({ cert, key });
      const asked = once(web, 'request');
      const bastion = await open();
      const socket = connectTls({ socket: await bastion.dial(await listen(web)), ca, host: 'localhost' });
      const failed = once(get({ host: 'localhost', createConnection: () => socket }), 'response').catch(
        (error: unknown) => error,
      );
      await asked;

      for (const pid of sshd.sessions()) process.kill(pid, 'SIGKILL');

      const error = await failed;
      expect(error).to.be.instanceOf(LyncimgError).with.property('code', 'E_SSH_LOST');
      expect(bastion.closed).to.equal(true);
    });

    it('is noticed where it only falls silent', async () => {
      await start();
      const echo = await listenEcho();
      const bastion = await open({ keepaliveMs: 50 });
      const stream = await bastion.dial(echo);
      const failed = once(stream, 'error');

      for (const pid of sshd.sessions()) process.kill(pid, 'SIGSTOP');

      const [error] = (await failed) as [LyncimgError];
      expect(error.code).to.equal('E_SSH_LOST');
      expect(error.message).to.match(/does not answer any more/);
    });

    it('is left by closing, and keeps no session', async () => {
      await start();
      const bastion = await open();
      await bastion.dial(await listenEcho());
      expect(sshd.sessions()).not.to.deep.equal([]);

      bastion.close();

      await until(() => sshd.sessions().length === 0);
    });
  });
});

/** The command that a message proposes, from its first word to the words of advice after it. */
function commandIn(error: LyncimgError, firstWords: string): string {
  const line = error.suggestions.find((suggestion) => suggestion.includes(firstWords)) ?? '';
  return (line.slice(line.indexOf(firstWords)).split('   ')[0] ?? '').trim();
}

async function shell(command: string): Promise<string> {
  const { stdout } = await run('/bin/sh', ['-c', command]);
  return stdout;
}
