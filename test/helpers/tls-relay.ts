// A man in the middle: ends TLS with a certificate of its own and goes on to the real server.
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:tls';

export interface TlsRelay {
  port: number;
  close(): Promise<void>;
}

/** To `port` on loopback; the certificate there is not looked at. */
export async function tlsRelay(own: { cert: string; key: string }, port: number): Promise<TlsRelay> {
  const sockets = new Set<Socket>();
  const server = createServer(own, (client) => {
    const upstream = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
