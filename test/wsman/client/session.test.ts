// Questions and answers of one session.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { encodeEnumerateResponse, encodePullResponse } from '../../../src/wsman/envelope/enumeration.js';
import { encodeFault } from '../../../src/wsman/envelope/fault.js';
import { decodeRequestHeaders, encodeResponse } from '../../../src/wsman/envelope/headers.js';
import { readSoap } from '../../../src/wsman/envelope/soap.js';
import { WsmanFault, type FaultName, type WsmanClient } from '../../../src/wsman/index.js';
import { connect } from '../../../src/wsman/index.js';
import { xml, type Markup } from '../../../src/wsman/xml/writer.js';
import { afterwards, rejection, testCertificates } from '../rig.js';

type Step = Markup | FaultName;

/** A host that gives these answers, one after the other. */
async function hostThat(steps: Step[]): Promise<{ client: WsmanClient; asked: string[] }> {
  const { ca, cert, key } = await testCertificates();
  const asked: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    void text(request).then((body) => {
      const headers = decodeRequestHeaders(readSoap(body).header);
      asked.push(headers.action.split('/').at(-1) ?? '');
      const step = steps.shift();
      if (typeof step === 'string') {
        response.writeHead(500).end(encodeFault(new WsmanFault(step).facts, 'uuid:x', headers.messageId));
      } else {
        response.end(encodeResponse(headers, 'uuid:x', step === undefined ? [] : [step]));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({
    ...{ host: '127.0.0.1', port, scheme: 'https', tls: { ca } },
    auth: { method: 'basic', user: 'u', password: 'p' },
  });
  afterwards(() => {
    client.close();
    server.close();
  });
  return { client, asked };
}

const query = { namespace: 'root/cimv2', wql: 'select * from X' };
const item = xml('Item', {}, xml('Name', {}, 'n'));
const first = encodeEnumerateResponse({ items: [item], context: 'uuid:c' });
const last = encodePullResponse({ items: [item], context: null });

describe('wsman/client/session', () => {
  it('pulls again with the same context while the provider is slow', async () => {
    const { client, asked } = await hostThat([first, 'OPERATION_TIMEDOUT', 'ENUMERATE_TIMED_OUT', last]);
    expect(await client.enumerate(query)).to.have.length(2);
    expect(asked).to.deep.equal(['Enumerate', 'Pull', 'Pull', 'Pull']);
  });

  it('does not pull again after another fault', async () => {
    const { client, asked } = await hostThat([first, 'WBEM_ACCESS_DENIED']);
    expect(await rejection(client.enumerate(query))).to.include({ code: 'E_WSMAN_ACCESS_DENIED' });
    expect(asked.slice(0, 2)).to.deep.equal(['Enumerate', 'Pull']);
    expect(asked.slice(2)).to.not.include('Pull');
  });

  it('does not take an answer without its body', async () => {
    const { client } = await hostThat([]);
    const error = await rejection(client.enumerate(query));
    expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect((error as Error).message).to.contain('no EnumerateResponse');
  });

  it('lets nothing in a host’s text steer a terminal', async () => {
    const fault = new WsmanFault('WBEM_INVALID_QUERY', { message: `a\u009b2Jb\n${'x'.repeat(1000)}` });
    const { ca, cert, key } = await testCertificates();
    const server = createServer({ cert, key }, (_, response) => {
      response.writeHead(500).end(encodeFault(fault.facts, 'uuid:x', null));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect({
      ...{ host: '127.0.0.1', port, scheme: 'https', tls: { ca } },
      auth: { method: 'basic', user: 'u', password: 'p' },
    });
    afterwards(() => {
      client.close();
      server.close();
    });
    const { message } = (await rejection(client.enumerate(query))) as Error;
    expect(message).to.not.match(/\p{Cc}/u);
    expect(message.length).to.be.lessThan(700);
  });
});
