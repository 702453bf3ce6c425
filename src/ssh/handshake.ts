// From an address to an authenticated SSH connection: TCP, host key, user; or why not.
import { connect, type Socket } from 'node:net';
import type { AnyAuthMethod, Client, NextAuthHandler } from 'ssh2';
import { fail, type LyncimgError } from '../errors/index.js';
import type { Ssh2 } from './agent.js';
import { connectionReason, hostKeyRefusal, ownWords } from './failures.js';
import { hostKeyAlgorithms, judgeHostKey } from './host-key.js';
import { jumpName, type JumpAddress } from './jump.js';
import type { KnownHost } from './known-hosts.js';
import { waysIn, type AuthenticationLog, type SshEnvironment } from './ways-in.js';

export interface HandshakeOptions {
  ssh2: Ssh2;
  address: JumpAddress;
  knownHosts: readonly KnownHost[];
  /** The file that a message proposes for a new key. */
  knownHostsFile: string;
  identityFiles: readonly string[];
  env: SshEnvironment;
  connectTimeoutMs: number;
  keepaliveMs: number;
  signal?: AbortSignal;
}

export interface Connection {
  client: Client;
  socket: Socket;
}

/** So many keepalives without an answer, and the bastion counts as gone. */
const keepalivesUnanswered = 3;

/** Rejects with E_SSH_CONNECT, E_SSH_HOST_KEY, E_SSH_AUTH, or the signal's reason. Nothing is left open then. */
export function shakeHands(options: HandshakeOptions): Promise<Connection> {
  const { ssh2, address, knownHosts, connectTimeoutMs, signal } = options;
  const { host, port, user } = address;
  const client = new ssh2.Client();
  const socket = connect({ host, port, noDelay: true });
  const log: AuthenticationLog = { tried: [], unusable: [], offers: [] };
  let step = 'connecting';

  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (then: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      then();
    };
    const giveUp = (reason: Error): void => {
      settle(() => {
        socket.destroy();
        reject(reason);
      });
    };
    const onAbort = (): void => {
      giveUp(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      giveUp(unreachable(address, `no answer within ${connectTimeoutMs / 1000} s while ${step}`));
    }, connectTimeoutMs);
    signal?.addEventListener('abort', onAbort);

    client.on('connect', () => (step = 'agreeing on keys'));
    client.on('handshake', () => (step = 'authenticating'));
    client.on('ready', () => {
      settle(() => {
        resolve({ client, socket });
      });
    });
    client.on('error', (error: Error & { level?: string; code?: unknown }) => {
      // The agent, or a key, did not sign: ssh2 asks for the next way by itself.
      if (error.level === 'agent' || error.level === 'client-authentication') return;
      // A number is the reason of the server's own farewell (RFC 4253, section 11.1), e.g. too many keys were tried.
      const refused = log.tried.length > 0 && typeof error.code === 'number';
      const reason = connectionReason(error);
      giveUp(refused ? unauthenticated(address, log, reason) : unreachable(address, reason, error));
    });
    client.on('close', () => {
      giveUp(unreachable(address, `it closed the connection while ${step}`));
    });
    client.on('change password', () => {
      giveUp(unauthenticated(address, log, 'the password has expired'));
    });

    const ways = waysIn({ ...options, user, log });
    const nextWay = (methods: readonly string[] | null, next: NextAuthHandler): void => {
      log.offers = methods ?? log.offers;
      ways.next().then(
        ({ value }) => {
          if (settled) return;
          if (value === undefined) giveUp(unauthenticated(address, log, null));
          else next(value satisfies AnyAuthMethod);
        },
        (error: unknown) => {
          giveUp(error as Error);
        },
      );
    };
    const isTrusted = (key: Buffer): boolean => {
      const judgement = judgeHostKey(knownHosts, address, key);
      if (judgement.verdict === 'known') return true;
      giveUp(hostKeyRefusal(judgement, { address, file: options.knownHostsFile }));
      return false;
    };
    client.connect({
      sock: socket,
      username: user,
      algorithms: { serverHostKey: hostKeyAlgorithms(knownHosts, address) },
      hostVerifier: isTrusted,
      authHandler: (methods, _partial, next) => {
        nextWay(methods, next);
      },
      readyTimeout: 0,
      keepaliveInterval: options.keepaliveMs,
      keepaliveCountMax: keepalivesUnanswered,
    });
  });
}

function unreachable(address: JumpAddress, reason: string, cause?: Error): LyncimgError {
  const bastion = jumpName(address);
  // The words of an error that the bastion dictated are in the reason, made harmless; no raw copy of them.
  const { code } = (cause ?? {}) as { code?: unknown };
  const around = typeof code === 'string' ? { cause } : {};
  return fail('E_SSH_CONNECT', { bastion, reason }, { where: { host: bastion }, ...around });
}

function unauthenticated(address: JumpAddress, log: AuthenticationLog, ended: string | null): LyncimgError {
  const bastion = jumpName(address);
  const offers = log.offers.slice(0, 20).map(ownWords);
  const facts = {
    bastion,
    user: address.user,
    tried: [...log.tried],
    unusable: [...log.unusable],
    offers,
    ended,
  };
  return fail('E_SSH_AUTH', facts, { where: { host: bastion } });
}
