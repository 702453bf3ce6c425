// Listening, and the ways in which a machine goes away and comes back.
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { createWsmanServer } from '../../../src/wsman/index.js';
import { afterwards, rejection, startRig } from '../rig.js';
import { toyHandler } from '../toy-handler.js';

describe('wsman/server/create-server', () => {
  it('drops connections and goes on listening', async () => {
    const rig = await startRig();
    const client = rig.client();
    await client.identify();
    rig.server.dropConnections();
    await client.identify();
  });

  it('drops also a connection that has not got as far as TLS', async () => {
    const rig = await startRig();
    const socket = connectTcp(rig.port, '127.0.0.1');
    await once(socket, 'connect');
    // Connections are taken in order: when a later one is answered, the server knows of this one.
    await rig.client().identify();
    const closed = once(socket, 'close');
    await rig.server.close();
    await closed;
  });

  it('drops a request that is under way', async () => {
    const handler = toyHandler();
    const rig = await startRig({ handler });
    const started = new Promise<void>((resolve) => {
      handler.enumerate = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    const asked = rejection(rig.client().enumerate({ namespace: 'root/cimv2', wql: 'select * from X' }));
    await started;
    rig.server.dropConnections();
    expect(await asked).to.include({ code: 'E_WSMAN_UNREACHABLE' });
  });

  it('pauses, is not reachable, and resumes on the same port', async () => {
    const rig = await startRig();
    const client = rig.client();
    await client.identify();
    await rig.server.pause();
    expect(await rejection(client.identify())).to.include({ code: 'E_WSMAN_UNREACHABLE' });
    await rig.server.resume();
    await client.identify();
    await rig.server.resume();
  });

  it('closes twice and after a pause', async () => {
    const { server } = await startRig();
    await server.pause();
    await server.close();
    await server.close();
  });

  it('says that a port is taken, and can then take another', async () => {
    const { port } = await startRig();
    const server = createWsmanServer({ handler: toyHandler(), schemes: [] });
    afterwards(() => server.close());
    expect(await rejection(server.listen(port))).to.include({ code: 'EADDRINUSE' });
    expect((await server.listen(0)).port).to.not.equal(port);
  });

  it('does not resume what never listened', async () => {
    const server = createWsmanServer({ handler: toyHandler(), schemes: [] });
    expect(await rejection(server.resume())).to.be.instanceOf(Error);
  });
});
