// The bastion: one SSH connection, and any number of streams through it.
import type { ClientChannel } from 'ssh2';
import { fail, type LyncimgError } from '../errors/index.js';
import { BastionStream } from './bastion-stream.js';
import { channelRefusal, connectionReason } from './failures.js';
import { shakeHands, type Connection } from './handshake.js';
import { jumpName, type JumpAddress } from './jump.js';
import { readKnownHosts, usualIdentities, usualKnownHosts } from './read-files.js';
import type { SshEnvironment } from './ways-in.js';

export interface BastionOptions {
  address: JumpAddress;
  /** Read in that order; those of ssh itself unless said otherwise. */
  knownHostsFiles?: readonly string[];
  /** Private keys, tried in that order; those of ssh itself unless said otherwise. */
  identityFiles?: readonly string[];
  env: SshEnvironment;
  /** For connecting, the host key and authenticating together. */
  connectTimeoutMs: number;
  /** Between two questions whether the bastion is still there; after three without an answer it is not. 10 s. */
  keepaliveMs?: number;
  /** Ends the opening, and the connection after it. */
  signal?: AbortSignal;
}

export interface Bastion {
  /** `user@host`, with the port where it is not 22. */
  readonly name: string;
  /** True once it was closed or lost. */
  readonly closed: boolean;
  /**
   * A stream to a host behind, named as the bastion knows it. It has no time limit of its own: give a signal.
   * Rejects with E_SSH_CHANNEL, E_SSH_LOST, or the signal's reason. A stream whose bastion is lost fails with E_SSH_LOST.
   */
  dial(address: { host: string; port: number }, signal?: AbortSignal): Promise<BastionStream>;
  /** Ends the connection and all streams through it. */
  close(): void;
}

/** Throws E_SSH_CONNECT, E_SSH_HOST_KEY, E_SSH_AUTH, E_SSH_KNOWN_HOSTS, or the signal's reason. */
export async function openBastion(options: BastionOptions): Promise<Bastion> {
  const { address, env, connectTimeoutMs, signal } = options;
  signal?.throwIfAborted();
  const files = options.knownHostsFiles ?? usualKnownHosts();
  const knownHosts = await readKnownHosts(files, signal);
  // Only who jumps pays for loading it.
  const { default: ssh2 } = await import('ssh2');
  signal?.throwIfAborted();
  const connection = await shakeHands({
    ssh2,
    address,
    knownHosts,
    knownHostsFile: files[0] ?? '~/.ssh/known_hosts',
    identityFiles: options.identityFiles ?? usualIdentities(),
    env,
    connectTimeoutMs,
    keepaliveMs: options.keepaliveMs ?? 10_000,
    ...(signal && { signal }),
  });
  const bastion = new ConnectedBastion(jumpName(address), connection);
  bastion.closeOn(signal);
  return bastion;
}

class ConnectedBastion implements Bastion {
  readonly name: string;
  readonly #connection: Connection;
  readonly #streams = new Set<BastionStream>();
  /** Why it is closed; null while it is not. */
  #end: string | null = null;
  #lastError: string | null = null;

  constructor(name: string, connection: Connection) {
    this.name = name;
    this.#connection = connection;
    const { client, socket } = connection;
    client.on('error', (error: Error) => (this.#lastError = connectionReason(error)));
    // ssh2 lets channels of a lost connection end as if their hosts had closed them. This comes before that.
    client.on('close', () => {
      this.#lose();
    });
    if (socket.destroyed) this.#lose();
  }

  get closed(): boolean {
    return this.#end !== null;
  }

  dial(address: { host: string; port: number }, signal?: AbortSignal): Promise<BastionStream> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.closed) throw this.#lost();
      let settled = false;
      const settle = (then: () => void): void => {
        settled = true;
        signal?.removeEventListener('abort', onAbort);
        then();
      };
      const onAbort = (): void => {
        settle(() => {
          reject(signal?.reason as Error);
        });
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#open(address, (error, channel) => {
        // Nobody waits for it any more; what was opened meanwhile is closed again.
        if (settled) channel?.destroy();
        else if (channel === undefined)
          settle(() => {
            reject(this.#refusal(error, address));
          });
        else
          settle(() => {
            resolve(this.#adopt(channel));
          });
      });
    });
  }

  close(): void {
    if (this.closed) return;
    this.#end = 'it was closed';
    for (const stream of this.#streams) stream.destroy();
    const { client, socket } = this.#connection;
    client.end();
    // A bastion that no longer reads must not keep the process.
    socket.destroySoon();
    socket.unref();
  }

  closeOn(signal: AbortSignal | undefined): void {
    if (signal === undefined) return;
    const onAbort = (): void => {
      this.close();
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    this.#connection.client.on('close', () => {
      signal.removeEventListener('abort', onAbort);
    });
  }

  #open(
    { host, port }: { host: string; port: number },
    done: (error: Error | undefined, channel: ClientChannel | undefined) => void,
  ): void {
    try {
      this.#connection.client.forwardOut('127.0.0.1', 0, host, port, done);
    } catch (error) {
      // The socket has ended, and its 'close' is still on the way.
      done(error as Error, undefined);
    }
  }

  #adopt(channel: ClientChannel): BastionStream {
    const stream = new BastionStream(channel);
    this.#streams.add(stream);
    stream.on('close', () => this.#streams.delete(stream));
    return stream;
  }

  #refusal(error: Error | undefined, { host, port }: { host: string; port: number }): LyncimgError {
    const behind = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    return (error && channelRefusal(error, this.name, behind)) ?? this.#lost();
  }

  #lose(): void {
    if (this.closed) return;
    this.#end = this.#lastError ?? 'it closed the connection';
    for (const stream of this.#streams) stream.destroy(this.#lost());
  }

  #lost(): LyncimgError {
    const reason = this.#end ?? this.#lastError ?? 'it closed the connection';
    return fail('E_SSH_LOST', { bastion: this.name, reason }, { where: { host: this.name } });
  }
}
