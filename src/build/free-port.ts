// A port of this machine that a guest's listener can be forwarded to.
import { createServer, type AddressInfo } from 'node:net';

/** Free when it was asked for: whoever takes it in between makes the builder fail, which says so. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
