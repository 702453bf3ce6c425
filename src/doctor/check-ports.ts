// Whether a port of loopback can be had and reached: the guest's listener is forwarded to one, or listens on one.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Finding } from './doctor-schema.js';
import { found } from './finding.js';
import type { BakePlace } from './wanted.js';

/** Loopback answers at once or not at all. */
const limitMs = 1000;

export async function checkPorts(place: BakePlace | null): Promise<Finding[]> {
  if (place !== null && place.platform.address !== 'forwarded') return [];
  try {
    const port = await listenAndReach();
    return [
      found('ports', 'ok', 'Ports of 127.0.0.1 can be had and reached.', { detail: `Tried with ${port}.` }),
    ];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return [
      found('ports', 'problem', `No port of 127.0.0.1 could be had and reached: ${code ?? message}.`, {
        detail: 'The guest is reached on one.',
        fix: [
          'ip link set lo up',
          'Or end what holds all ports of /proc/sys/net/ipv4/ip_local_port_range: ss --tcp --listening --processes',
        ],
      }),
    ];
  }
}

async function listenAndReach(): Promise<number> {
  const signal = AbortSignal.timeout(limitMs);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end();
  });
  try {
    server.listen({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening', { signal });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('it has no address');
    const client = connect({ host: '127.0.0.1', port: address.port });
    try {
      await once(client, 'connect', { signal });
    } finally {
      client.destroy();
    }
    return address.port;
  } finally {
    server.close();
  }
}
