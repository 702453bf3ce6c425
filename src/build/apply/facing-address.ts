// The address of this host that a machine can reach: the one from which this host reaches it.
import { connect } from 'node:net';
import { fail } from '../../errors/index.js';
import { networkReason } from '../../util/index.js';

const timeoutMs = 15_000;

/** Opens one connection and closes it again. Throws E_APPLY_SERVE, or the reason of the signal. */
export async function addressFacing(
  { host, port }: { host: string; port: number },
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const unknown = (reason: string, cause?: unknown): Error =>
    fail('E_APPLY_SERVE', { address: `the side of this host that faces ${host}`, reason }, { cause });
  const socket = connect({ host, port });
  try {
    const address = await new Promise<string | undefined>((resolve, reject) => {
      socket.setTimeout(timeoutMs, () => {
        reject(unknown(`${host} gave no answer within ${timeoutMs / 1000} s`));
      });
      socket.once('connect', () => {
        resolve(socket.localAddress);
      });
      socket.once('error', (error: NodeJS.ErrnoException) => {
        reject(unknown(networkReason(error.code) ?? error.message, error));
      });
      signal.addEventListener(
        'abort',
        () => {
          reject(signal.reason as Error);
        },
        { once: true },
      );
    });
    if (address === undefined) throw unknown('the connection has no address of its own');
    // A zone (%eth0) means something on this host alone.
    if (address.includes('%')) throw unknown(`${address} is an address of one link`);
    return address.replace(/^::ffff:(?=\d+\.)/i, '');
  } finally {
    socket.destroy();
  }
}
