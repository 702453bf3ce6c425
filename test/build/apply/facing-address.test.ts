import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { addressFacing } from '../../../src/build/apply/facing-address.js';
import type { LyncimgError } from '../../../src/errors/index.js';

describe('the address that faces a machine', () => {
  let machine: Server;
  let port: number;
  beforeEach(async () => {
    // Both families, so that an IPv4 client shows as one.
    machine = createServer((socket) => {
      socket.on('error', () => undefined).resume();
    });
    await new Promise<void>((resolve) => machine.listen(0, '::', resolve));
    ({ port } = machine.address() as AddressInfo);
  });
  afterEach(
    () =>
      new Promise<void>((resolve) =>
        machine.close(() => {
          resolve();
        }),
      ),
  );

  const facing = (host: string, signal = new AbortController().signal): Promise<string> =>
    addressFacing({ host, port }, signal);

  it('is the one from which this host reaches it', async () => {
    expect(await facing('127.0.0.1')).to.equal('127.0.0.1');
    // Linux takes the address that is asked for, of those of loopback.
    expect(await facing('127.0.0.2')).to.match(/^127\.0\.0\.[12]$/);
    expect(await facing('::1')).to.equal('::1');
  });

  it('is not known where nobody listens', async () => {
    await new Promise<void>((resolve) =>
      machine.close(() => {
        resolve();
      }),
    );
    const caught = await facing('127.0.0.1').catch((error: unknown) => error as LyncimgError);
    expect(caught).to.include({ code: 'E_APPLY_SERVE' });
    expect((caught as LyncimgError).message).to.contain('nobody listens there');
  });

  it('is looked for no longer than the command goes on', async () => {
    const reason = new Error('stop');
    const caught = await facing('127.0.0.1', AbortSignal.abort(reason)).catch((error: unknown) => error);
    expect(caught).to.equal(reason);
  });
});
