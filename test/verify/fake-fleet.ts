// Hosts without a wire: what each does to the first question is a function of the test.
import { fail, type LyncimgError } from '../../src/errors/index.js';
import type { HostAddress } from '../../src/verify/index.js';
import type { OperationOptions, WsmanClient } from '../../src/wsman/index.js';

/** Throws, waits for the signal, or returns: then the host has let us ask. */
export type Behaviour = (how: OperationOptions) => Promise<void> | void;

export interface FakeFleet {
  connect: (address: HostAddress) => WsmanClient;
  /** Hosts that were spoken to, in order. */
  readonly asked: string[];
  /** The most at the same time. */
  readonly most: number;
  readonly closed: number;
}

export function fakeFleet(behave: (host: string) => Behaviour): FakeFleet {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  let closed = 0;
  const never = (): never => {
    throw new Error('verify does not ask this');
  };
  return {
    asked,
    get most() {
      return most;
    },
    get closed() {
      return closed;
    },
    connect: ({ host, port }) => {
      let accepted = false;
      open += 1;
      most = Math.max(most, open);
      return {
        host: `${host}:${port}`,
        authenticationUsed: () => (accepted ? { scheme: 'ntlm', sealed: false } : null),
        identify: async (how = {}) => {
          asked.push(host);
          await behave(host)(how);
          accepted = true;
          return {
            productVendor: 'Microsoft Corporation',
            productVersion: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0',
            protocolVersion: '',
          };
        },
        enumerate: (question) => {
          const isLamp = 'className' in question && question.className === 'Test_Lamp';
          return Promise.resolve(
            isLamp
              ? [{ Name: 'hall', State: 'on' }]
              : [{ Caption: 'Windows Server 2012 R2', ProductType: '3', Version: '6.3.9600' }],
          );
        },
        instances: never,
        get: never,
        invoke: never,
        openShell: never,
        close: () => {
          open -= 1;
          closed += 1;
        },
      };
    },
  };
}

export function refused(host: string): LyncimgError {
  return fail('E_WSMAN_UNAUTHORIZED', { host, user: 'audit', scheme: 'ntlm', offers: ['Negotiate'] });
}

export function unreachable(host: string): LyncimgError {
  return fail('E_WSMAN_UNREACHABLE', { host, reason: 'nobody listens' });
}

/** As a client does that gets no answer: ends by the signal alone. */
export function silence({ signal }: OperationOptions): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
