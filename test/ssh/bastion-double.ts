// A bastion in this process, of ssh2's own server: for what a real sshd does not do on demand.
import { connect, type AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2';
import { keyType } from '../../src/ssh/known-hosts.js';
import { keyPair } from './key-pair.js';

export interface BastionDouble {
  port: number;
  /** A line of known_hosts that knows it. */
  knownHost: string;
  /** What was asked to authenticate, e.g. `none`, `password`. */
  asked: string[];
  connections: Connection[];
  close(): Promise<void>;
}

export interface DoubleBehaviour {
  authenticate?: (context: AuthContext) => void;
  /** Takes the channel, or leaves it unanswered; it is connected to its target unless said otherwise. */
  forward?: (accept: () => ServerChannel, reject: () => void) => void;
}

export async function startBastionDouble(behaviour: DoubleBehaviour = {}): Promise<BastionDouble> {
  const keys = keyPair();
  const asked: string[] = [];
  const connections: Connection[] = [];
  const server = new ssh2.Server({ hostKeys: [keys.private] }, (connection) => {
    connections.push(connection);
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => {
      asked.push(context.method);
      (behaviour.authenticate ?? acceptPassword)(context);
    });
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      if (behaviour.forward !== undefined) {
        behaviour.forward(accept, reject);
        return;
      }
      const target = connect(destPort, destIP);
      target.on('error', reject);
      target.on('connect', () => {
        const channel = accept();
        target.on('error', () => channel.destroy());
        channel.on('error', () => target.destroy());
        channel.on('close', () => target.destroy());
        channel.pipe(target).pipe(channel);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const publicKey = ssh2.utils.parseKey(keys.public);
  if (publicKey instanceof Error) throw publicKey;
  const blob = publicKey.getPublicSSH();
  return {
    port,
    knownHost: `[127.0.0.1]:${port} ${keyType(blob) ?? ''} ${blob.toString('base64')}\n`,
    asked,
    connections,
    close: () =>
      new Promise((resolve) => {
        for (const connection of connections) connection.end();
        server.close(() => {
          resolve();
        });
      }),
  };
}

export function acceptPassword(context: AuthContext): void {
  if (context.method === 'password' && context.password === 'right') context.accept();
  else context.reject(['password']);
}
