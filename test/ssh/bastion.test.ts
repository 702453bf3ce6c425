import { expect } from 'chai';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { AuthContext, ServerChannel } from 'ssh2';
import { LyncimgError, type FactsOf } from '../../src/errors/index.js';
import { openBastion, type Bastion, type BastionOptions } from '../../src/ssh/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { startBastionDouble, type BastionDouble, type DoubleBehaviour } from './bastion-double.js';
import { keyPair } from './key-pair.js';

describe('a bastion', () => {
  const folder = temporaryFolder();
  const ends: (() => void | Promise<void>)[] = [];
  let double: BastionDouble;

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function start(behaviour?: DoubleBehaviour): Promise<void> {
    double = await startBastionDouble(behaviour);
    ends.push(() => double.close());
    await writeFile(knownHosts(), double.knownHost);
  }
  const knownHosts = (): string => join(folder.path, 'known_hosts');

  async function open(options: Partial<BastionOptions> = {}): Promise<Bastion> {
    const bastion = await openBastion({
      address: { user: 'admin', host: '127.0.0.1', port: double.port },
      knownHostsFiles: [knownHosts()],
      identityFiles: [],
      env: { LYNCIMG_SSH_PASSWORD: 'right' },
      connectTimeoutMs: 5000,
      ...options,
    });
    ends.push(() => {
      bastion.close();
    });
    return bastion;
  }

  /** Someone who listens behind the bastion. */
  async function listen(server: Server): Promise<{ host: string; port: number }> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => void server.close());
    return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  }

  async function failure(promise: Promise<unknown>): Promise<LyncimgError> {
    const outcome = await promise.then(
      () => null,
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(LyncimgError);
    return outcome as LyncimgError;
  }

  describe('and the user', () => {
    it('lets in by the password of the environment, after asking what is offered', async () => {
      await start();

      const bastion = await open();

      expect(double.asked).to.deep.equal(['none', 'password']);
      expect(bastion.closed).to.equal(false);
      expect(bastion.name).to.equal(`admin@127.0.0.1:${double.port}`);
    });

    it('tries a wrong password once, and tells it to nobody', async () => {
      await start();

      const error = await failure(open({ env: { LYNCIMG_SSH_PASSWORD: 'wrong-secret' } }));

      expect(error.code).to.equal('E_SSH_AUTH');
      expect(error.exitCode).to.equal(3);
      expect(double.asked).to.deep.equal(['none', 'password']);
      expect(error.facts).to.deep.include({
        user: 'admin',
        offers: ['password'],
        tried: ['the password in LYNCIMG_SSH_PASSWORD'],
      });
      expect(JSON.stringify([error.message, error.facts, error.suggestions])).not.to.contain('wrong-secret');
    });

    it('keeps the password from a bastion that does not ask for it', async () => {
      await start({
        authenticate: (context) => {
          context.reject(['publickey']);
        },
      });

      const error = await failure(open());

      expect(error.facts).to.deep.include({ offers: ['publickey'], tried: [] });
      expect(double.asked).to.deep.equal(['none']);
    });

    it('answers no question at a keyboard', async () => {
      await start({
        authenticate: (context) => {
          context.reject(['keyboard-interactive']);
        },
      });

      const error = await failure(open());

      expect(double.asked).to.deep.equal(['none']);
      expect(error.suggestions.join()).to.match(/keyboard/);
    });

    it('goes on to the password where a key is not enough', async () => {
      const key = keyPair();
      await writeFile(join(folder.path, 'id'), key.private);
      let hasKey = false;
      await start({
        authenticate: (context: AuthContext) => {
          if (context.method === 'publickey' && !hasKey) {
            if (context.signature === undefined) {
              context.accept();
              return;
            }
            hasKey = true;
            context.reject(['password'], true);
          } else if (context.method === 'password' && hasKey) {
            context.accept();
          } else {
            context.reject(['publickey']);
          }
        },
      });

      const bastion = await open({ identityFiles: [join(folder.path, 'id'), join(folder.path, 'absent')] });

      expect(bastion.closed).to.equal(false);
      expect(double.asked.at(-1)).to.equal('password');
    });

    it('says of each key file and agent why it could not serve', async () => {
      await start({
        authenticate: (context) => {
          context.reject(['publickey']);
        },
      });
      const locked = keyPair('open sesame');
      const [lockedFile, noKey, publicKey] = ['locked', 'no-key', 'public'].map((name) =>
        join(folder.path, name),
      );
      await writeFile(lockedFile!, locked.private);
      await writeFile(noKey!, 'nothing of the sort');
      await writeFile(publicKey!, locked.public);
      const identityFiles = [lockedFile!, noKey!, publicKey!, folder.path];
      const agent = join(folder.path, 'agent');

      const unset = await failure(open({ identityFiles, env: { SSH_AUTH_SOCK: agent } }));
      const wrong = await failure(open({ identityFiles, env: { LYNCIMG_SSH_PASSPHRASE: 'open barley' } }));

      expect((unset.facts as FactsOf<'E_SSH_AUTH'>).unusable).to.deep.equal([
        `the agent at ${agent}: it does not answer`,
        `${lockedFile!}: it needs a passphrase, and LYNCIMG_SSH_PASSPHRASE is not set`,
        `${noKey!}: it is no private key that can be used (Unsupported key format)`,
        `${publicKey!}: it holds a public key, not a private one`,
        `${folder.path}: it is a folder`,
      ]);
      expect(wrong.message).to.contain(
        `${lockedFile!}: the passphrase in LYNCIMG_SSH_PASSPHRASE does not open it`,
      );
      expect(wrong.message).not.to.contain('barley');
    });
  });

  describe('and its host key', () => {
    beforeEach(() => start());

    it('is refused before anything of the user is sent, with the fingerprint and the way to make it known', async () => {
      await writeFile(knownHosts(), '');

      const error = await failure(open());

      expect(error.code).to.equal('E_SSH_HOST_KEY');
      expect(error.facts).to.include({ verdict: 'unknown', keyType: 'ecdsa-sha2-nistp256' });
      expect(error.message).to.match(/SHA256:[A-Za-z0-9+/]{43}\./);
      expect(error.suggestions.join('\n')).to.contain(
        `ssh-keyscan -p ${double.port} -t ecdsa 127.0.0.1 | tee -a ${knownHosts()} | ssh-keygen -lf -`,
      );
      expect(double.asked).to.deep.equal([]);
    });

    it('is refused where it was revoked', async () => {
      await writeFile(knownHosts(), `${double.knownHost}@revoked ${double.knownHost}`);

      const error = await failure(open());

      expect(error.facts).to.include({ verdict: 'revoked', entry: `${knownHosts()}:2` });
    });

    it('is known by the second file too, and an absent one is no error', async () => {
      const bastion = await open({
        knownHostsFiles: [join(folder.path, 'absent'), '/dev/null', knownHosts()],
      });

      expect(bastion.closed).to.equal(false);
    });

    it('is asked of nobody where known_hosts cannot be read', async () => {
      const error = await failure(open({ knownHostsFiles: [folder.path] }));

      expect(error.code).to.equal('E_SSH_KNOWN_HOSTS');
      expect(error.exitCode).to.equal(2);
      expect(double.connections).to.have.lengthOf(0);
    });

    it('is asked of nobody where known_hosts is endless', async () => {
      const error = await failure(open({ knownHostsFiles: ['/dev/zero'] }));

      expect(error.facts).to.include({ reason: 'it has more than 16777216 bytes' });
    });
  });

  describe('that is none', () => {
    const address = (port: number): Partial<BastionOptions> => ({
      address: { user: 'admin', host: '127.0.0.1', port },
    });

    it('is told where nobody listens', async () => {
      await start();
      await double.close();

      const error = await failure(open());

      expect(error.code).to.equal('E_SSH_CONNECT');
      expect(error.facts).to.include({ reason: 'nobody listens there' });
      expect(error.suggestions.join()).to.contain(`ssh -v -p ${double.port} admin@127.0.0.1`);
    });

    it('is told where something else answers, in few and harmless characters', async () => {
      await start();
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.end(`SSH-1.0-\u001b[31m${'x'.repeat(10_000)}\r\n`);
      });
      const { port } = await listen(server);

      const error = await failure(open(address(port)));

      expect(error.code).to.equal('E_SSH_CONNECT');
      expect(error.message.length).to.be.below(400);
      expect(error.message).not.to.contain('\u001b');
    });

    it('is told where it never answers', async () => {
      await start();
      const { port } = await listen(createTcpServer((socket) => socket.on('error', () => undefined)));

      const error = await failure(open({ ...address(port), connectTimeoutMs: 50 }));

      expect(error.facts).to.include({ reason: 'no answer within 0.05 s while agreeing on keys' });
    });

    it('is given up at once when asked to', async () => {
      await start();
      const stop = new AbortController();
      const { port } = await listen(
        createTcpServer((socket) => {
          socket.on('error', () => undefined);
          stop.abort(new Error('enough'));
        }),
      );

      const outcome = await open({ ...address(port), signal: stop.signal }).catch((error: unknown) => error);

      expect(outcome).to.have.property('message', 'enough');
    });
  });

  describe('and the hosts behind it', () => {
    it('carries plain HTTP for an agent of node:http, kept alive', async () => {
      await start();
      const web = createServer((request, response) => response.end(`you asked for ${request.url ?? ''}`));
      const address = await listen(web);
      const bastion = await open();
      let dialled = 0;
      class BastionAgent extends Agent {
        override createConnection(
          _options: unknown,
          done?: (error: Error | null, stream: Duplex) => void,
        ): undefined {
          dialled++;
          void bastion.dial(address).then((stream) => done?.(null, stream));
        }
      }
      const agent = new BastionAgent({ keepAlive: true, maxSockets: 1 });
      ends.push(() => {
        agent.destroy();
      });
      const ask = async (path: string): Promise<string> => {
        const [response] = (await once(get({ ...address, path, agent }), 'response')) as [IncomingMessage];
        return Buffer.concat(await response.toArray()).toString();
      };

      const answers = [await ask('/one'), await ask('/two')];

      expect(answers).to.deep.equal(['you asked for /one', 'you asked for /two']);
      expect(dialled).to.equal(1);
    });

    it('holds back both ways, and loses nothing of 20 MB', async () => {
      await start();
      const echo = createTcpServer((socket) => socket.pipe(socket));
      const bastion = await open();
      const stream = await bastion.dial(await listen(echo));
      const sent = Buffer.alloc(20_000_000, 'lyncimg!');

      stream.end(sent);
      const received = Buffer.concat(await stream.toArray());

      expect(received.equals(sent)).to.equal(true);
    });

    it('tells why a host cannot be reached', async () => {
      await start();
      const { port } = await listen(createTcpServer());
      const bastion = await open();

      const error = await failure(bastion.dial({ host: '127.0.0.1', port: port === 1 ? 2 : 1 }));

      expect(error.code).to.equal('E_SSH_CHANNEL');
      expect(error.exitCode).to.equal(3);
      expect(error.facts).to.include({ host: '127.0.0.1:1', bastion: bastion.name });
      expect(error.message).to.match(/the bastion cannot connect to it/);
      expect(bastion.closed).to.equal(false);
    });

    it('stops waiting for a host when asked to, and closes what comes later', async () => {
      const waiting = promised<() => ServerChannel>();
      await start({ forward: waiting.resolve });
      const bastion = await open();
      const stop = new AbortController();

      const dialled = bastion.dial({ host: 'behind', port: 1 }, stop.signal).catch((error: unknown) => error);
      const accept = await waiting.promise;
      stop.abort(new Error('enough'));
      const outcome = await dialled;
      const channel = accept();

      expect(outcome).to.have.property('message', 'enough');
      channel.resume();
      await once(channel, 'close');
      const again = await bastion.dial({ host: 'b', port: 1 }, stop.signal).catch((error: unknown) => error);
      expect(again).to.have.property('message', 'enough');
    });

    it('ends the stream of a host that ends, and refuses to write to it after', async () => {
      await start({ forward: (accept) => accept().end('good bye') });
      const bastion = await open();
      const stream = await bastion.dial({ host: 'behind', port: 1 });

      const words = Buffer.concat(await stream.toArray()).toString();
      await closed(stream);

      expect(words).to.equal('good bye');
      expect(stream.writable).to.equal(false);
    });

    it('answers a write that the host will never read', async () => {
      const channels = promised<ServerChannel>();
      await start({
        forward: (accept) => {
          channels.resolve(accept());
        },
      });
      const bastion = await open();
      const stream = await bastion.dial({ host: 'behind', port: 1 });
      const channel = await channels.promise;
      stream.on('error', () => undefined);

      const written = new Promise<Error | null | undefined>((resolve) => {
        stream.write(Buffer.alloc(5_000_000), resolve);
      });
      channel.close();

      expect(await written).to.have.property('code', 'EPIPE');
    });

    it('ends a stream that sends more than it may', async () => {
      await start({
        forward: (accept) => {
          const channel = accept();
          // No public way leads past the window: a hostile bastion needs none.
          const { _client, outgoing } = channel as unknown as Innards;
          for (let i = 0; i < 800; i++) _client._protocol.channelData(outgoing.id, Buffer.alloc(30_000));
        },
      });
      const bastion = await open();
      const stream = await bastion.dial({ host: 'behind', port: 1 });

      const [error] = (await once(stream, 'error')) as [Error];

      expect(error.message).to.equal('the bastion sends more than it was allowed to');
    });

    it('fails all streams, and those who wait for one, when the bastion goes', async () => {
      const forwards: (() => void)[] = [];
      const second = promised<undefined>();
      await start({
        forward: (accept) => {
          forwards.push(accept);
          if (forwards.length === 1) accept();
          else second.resolve(undefined);
        },
      });
      const bastion = await open();
      const stream = await bastion.dial({ host: 'one', port: 1 });
      const waiting = failure(bastion.dial({ host: 'two', port: 1 }));
      const broken = once(stream, 'error');
      await second.promise;

      double.connections[0]?.end();

      const [error] = (await broken) as [LyncimgError];
      expect(error.code).to.equal('E_SSH_LOST');
      expect(error.exitCode).to.equal(3);
      expect((await waiting).code).to.equal('E_SSH_LOST');
      expect(bastion.closed).to.equal(true);
      expect((await failure(bastion.dial({ host: 'three', port: 1 }))).code).to.equal('E_SSH_LOST');
    });

    it('is closed with all its streams, by itself or by the signal', async () => {
      await start({ forward: (accept) => void accept() });
      const stop = new AbortController();
      const [one, two] = [await open(), await open({ signal: stop.signal })];
      const streams = [await one.dial({ host: 'b', port: 1 }), await two.dial({ host: 'b', port: 1 })];
      const bothClosed = Promise.all(streams.map(closed));

      one.close();
      one.close();
      stop.abort();

      await bothClosed;
      expect([one.closed, two.closed]).to.deep.equal([true, true]);
      expect((await failure(one.dial({ host: 'b', port: 1 }))).message).to.match(/it was closed/);
    });
  });
});

interface Promised<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
}

function promised<T>(): Promised<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** What ssh2's channels keep to themselves. */
interface Innards {
  _client: { _protocol: { channelData(id: number, data: Buffer): void } };
  outgoing: { id: number };
}

async function closed(stream: { closed: boolean } & NodeJS.EventEmitter): Promise<void> {
  if (!stream.closed) await once(stream, 'close');
}
