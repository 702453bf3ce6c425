// Clients that send several requests at once over one connection, against the server. Sealed messages are counted, so
// each request has to be opened, worked on and answered before the next one is looked at.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeIdentify } from '../../../src/wsman/envelope/identify.js';
import { encodeEnumerate } from '../../../src/wsman/envelope/enumeration.js';
import { actions } from '../../../src/wsman/actions.js';
import { startRig } from '../rig.js';
import { requestText } from '../server/machine.js';
import { toyHandler } from '../toy-handler.js';
import { leavesNothing } from './nothing-left.js';
import { almostIn, logIn, negotiate, open, post, rawClient, sealedPost } from './raw-client.js';

const enumerate = (wql: string): string =>
  requestText({ action: actions.enumerate }, encodeEnumerate({ optimize: true, maxElements: 10, wql }));

/** The first query is answered when the second one would long have been. */
function slowFirst(): { handler: ReturnType<typeof toyHandler>; begun: string[]; finish: () => void } {
  const handler = toyHandler();
  const begun: string[] = [];
  let finish = (): void => undefined;
  const held = new Promise<void>((resolve) => (finish = resolve));
  handler.enumerate = async ({ wql }) => {
    begun.push(wql ?? '');
    if (wql === 'first') await held;
    return { instances: [], projection: null };
  };
  return {
    handler,
    begun,
    finish: () => {
      finish();
    },
  };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('wsman: requests at once over one connection', () => {
  leavesNothing();

  it('are worked on one after the other, however long the first takes', async () => {
    const { handler, begun, finish } = slowFirst();
    const { port } = await startRig({ plain: true, handler });
    const client = await rawClient({ port });
    const security = await logIn(client);
    client.send(sealedPost(security, enumerate('first')), sealedPost(security, encodeIdentify()));
    client.send(sealedPost(security, enumerate('third')));
    await turns(50);
    expect(begun).to.deep.equal(['first']);
    finish();
    expect(open(security, await client.reply())).to.contain('EnumerateResponse');
    expect(open(security, await client.reply())).to.contain('IdentifyResponse');
    expect(open(security, await client.reply())).to.contain('EnumerateResponse');
    expect(begun).to.deep.equal(['first', 'third']);
  });

  it('a login and a sealed question behind it', async () => {
    const { port } = await startRig({ plain: true });
    const client = await rawClient({ port });
    const { type3, security } = await almostIn(client);
    const sealing = await security();
    client.send(post('', negotiate(type3)), sealedPost(sealing, encodeIdentify()));
    expect((await client.reply())?.status).to.equal(200);
    expect(open(sealing, await client.reply())).to.contain('IdentifyResponse');
  });

  it('nothing is looked at behind a request that ended the connection', async () => {
    const { handler, begun, finish } = slowFirst();
    finish();
    const { port } = await startRig({ plain: true, handler });
    const client = await rawClient({ port });
    const security = await logIn(client);
    const wrong = sealedPost(security, enumerate('wrong'), (parts) => ({
      ...parts,
      header: Buffer.alloc(16),
    }));
    client.send(wrong, sealedPost(security, enumerate('behind')));
    expect((await client.reply())?.status).to.equal(500);
    expect(await client.reply()).to.equal(null);
    expect(begun).to.deep.equal([]);
  });

  it('more of them than any client has are not kept: the connection ends', async () => {
    const { handler, finish } = slowFirst();
    const { port } = await startRig({ plain: true, handler });
    const client = await rawClient({ port });
    const security = await logIn(client);
    client.send(sealedPost(security, enumerate('first')));
    client.send(...Array.from({ length: 5000 }, () => post('')));
    await client.closed;
    finish();
  });

  it('whose client goes away meanwhile are forgotten', async () => {
    const { handler, begun, finish } = slowFirst();
    const { port, defects } = await startRig({ plain: true, handler });
    const client = await rawClient({ port });
    const security = await logIn(client);
    client.send(sealedPost(security, enumerate('first')), sealedPost(security, enumerate('second')));
    while (begun.length === 0) await turns(1);
    client.socket.destroy();
    await turns(50);
    finish();
    await turns(50);
    expect(begun).to.deep.equal(['first']);
    expect(defects).to.deep.equal([]);
  });
});
