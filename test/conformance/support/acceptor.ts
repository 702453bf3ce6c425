// acceptor.py as a child: where it listens, and what it saw.
import { execa } from 'execa';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { conformanceFolder } from './python.js';

export interface AcceptorTold {
  /** For tokens that are not raw NTLM. */
  protocol?: 'negotiate' | 'kerberos';
  /** Files. */
  tls?: { cert: string; key: string };
  /** That of the certificate's signature, as RFC 5929 wants it; with it, clients must bind to the channel. */
  hash?: string;
}

export type AcceptorEvent =
  | { event: 'ready'; port: number }
  | { event: 'authenticated'; user: string; mic?: boolean; bindings?: string; target?: string }
  | { event: 'refused'; reason: string }
  | { event: 'unsealed'; type: string }
  | { event: 'message'; bytes: number; sealed: boolean };

export interface Acceptor {
  port: number;
  close(): Promise<void>;
  /** All of this kind, once it is closed: before, some may be under way. */
  seen<Kind extends AcceptorEvent['event']>(kind: Kind): Promise<Extract<AcceptorEvent, { event: Kind }>[]>;
}

export async function startAcceptor(
  python: string,
  told: AcceptorTold,
  env: Record<string, string>,
): Promise<Acceptor> {
  const child = execa(python, [join(conformanceFolder, 'acceptor.py'), JSON.stringify(told)], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    extendEnv: false,
    stdin: 'ignore',
    buffer: { stdout: false },
    reject: false,
  });
  const events: AcceptorEvent[] = [];
  const lines = createInterface({ input: child.stdout });
  const ended = once(lines, 'close');
  lines.on('line', (line) => events.push(JSON.parse(line) as AcceptorEvent));
  await Promise.race([once(lines, 'line'), ended]);
  const [ready] = events;
  if (ready?.event !== 'ready') throw new Error(`the acceptor did not start: ${(await child).stderr}`);
  const close = async (): Promise<void> => {
    child.kill();
    await Promise.all([child, ended]);
  };
  return {
    port: ready.port,
    close,
    seen: async (kind) => {
      await close();
      return events.filter((event): event is never => event.event === kind);
    },
  };
}
