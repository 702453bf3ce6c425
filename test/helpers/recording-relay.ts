// A TCP relay that keeps what goes through it, in order, for readers that are not ours.
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net';

/** One piece as it came from one side of one connection. */
export interface Piece {
  connection: number;
  from: 'client' | 'server';
  bytes: Buffer;
}

export interface RecordingRelay {
  port: number;
  pieces: readonly Piece[];
  close(): Promise<void>;
}

/** To `port` on loopback. */
export async function recordingRelay(port: number): Promise<RecordingRelay> {
  const pieces: Piece[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    const connection = count++;
    const upstream = connectTcp(port, '127.0.0.1');
    const join = (socket: Socket, from: Piece['from'], to: Socket): void => {
      sockets.add(socket);
      socket.on('data', (bytes: Buffer) => {
        pieces.push({ connection, from, bytes });
        to.write(bytes);
      });
      socket.on('end', () => to.end());
      socket.on('error', () => to.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        to.destroy();
      });
    };
    join(client, 'client', upstream);
    join(upstream, 'server', client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    pieces,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
