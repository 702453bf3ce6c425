// Hosts whose WS-Management is well-formed and still no good: enumerations without end, contexts that repeat, restarts.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { LyncimgError } from '../../../src/errors/index.js';
import { faultCodes } from '../../../src/wsman/index.js';
import { rejection } from '../rig.js';
import { envelope, fault, http, isPull, page, service } from './answers.js';
import { byteHost, type ByteHost } from './byte-host.js';
import { leavesNothing } from './nothing-left.js';
import type { Socket } from 'node:net';

const question = { namespace: 'root/cimv2', wql: 'select Name from Win32_Service' };
const invalidContext = fault('n:InvalidEnumerationContext', faultCodes.INVALID_ENUMERATION_CONTEXT.code);
const notYet = fault('w:TimedOut', faultCodes.OPERATION_TIMEDOUT.code);

interface Asked {
  text: string;
  socket: Socket;
  /** Of all connections, beginning with 1. */
  count: number;
}

/** Answers with what goes into the body of the envelope; a fault with 500. */
function host(answer: (asked: Asked) => string | null): Promise<ByteHost> {
  let count = 0;
  return byteHost((socket, request) => {
    count += 1;
    const body = answer({ text: request.body.toString(), socket, count });
    if (body === null) socket.destroy();
    else socket.write(http(body.startsWith('<s:Fault') ? 500 : 200, envelope(request, body)));
  });
}

const isEnumerate = ({ text }: Asked): boolean => text.includes('<n:Enumerate>');

function pages(next: (count: number) => { items: string; context: string | null }): Promise<ByteHost> {
  return host((asked) => page(next(asked.count), isEnumerate(asked)));
}

describe('wsman: hosts with odd enumerations', () => {
  leavesNothing();

  const endless: Record<
    string,
    [next: (count: number) => { items: string; context: string | null }, says: string]
  > = {
    'gives pages without instances for ever': [
      (count) => ({ items: '', context: `uuid:${count}` }),
      'without instances',
    ],
    'gives the same context for ever, and nothing': [
      () => ({ items: '', context: 'uuid:1' }),
      'without instances',
    ],
    'gives the same page for ever': [
      () => ({ items: '<i/>'.repeat(50_000), context: 'uuid:1' }),
      'more than 200000 instances',
    ],
  };
  for (const [what, [next, says]] of Object.entries(endless)) {
    it(`a host that ${what}`, async () => {
      const error = await rejection((await pages(next)).client().enumerate(question));
      expect(error).to.include({ code: 'E_WSMAN_PROTOCOL', exitCode: 3 });
      expect((error as LyncimgError).message).to.contain(says);
    });
  }

  it('a Pull that is answered "not yet" for ever ends with the operation', async () => {
    const slow = await host((asked) =>
      isEnumerate(asked) ? page({ items: service('one'), context: 'uuid:1' }, true) : notYet,
    );
    const error = await rejection(slow.client().enumerate(question, { timeoutMs: 300 }));
    expect(error).to.include({ code: 'E_WSMAN_TIMEOUT' });
    expect((error as LyncimgError).message).to.contain('could not finish');
    // Waits grow: it is not hammered.
    expect(slow.requests).to.have.length.below(10);
  });

  it('instances that come twice are given as they came: what is the same is for the caller to say', async () => {
    const twice = await pages((count) => ({ items: service('one'), context: count < 2 ? 'uuid:1' : null }));
    expect(await twice.client().enumerate(question)).to.deep.equal([{ Name: 'one' }, { Name: 'one' }]);
  });

  it('a context of 1 MB is sent back as it came, and no more', async () => {
    const context = `uuid:${'x'.repeat(1_000_000)}`;
    const large = await pages((count) => ({ items: service('one'), context: count < 2 ? context : null }));
    expect(await large.client().enumerate(question)).to.have.length(2);
  });

  it('a host that restarts between Enumerate and Pull is asked once more, from the beginning', async () => {
    let restarted = false;
    const restarts = await host((asked) => {
      if (isEnumerate(asked))
        return page({ items: service('one'), context: restarted ? null : 'uuid:1' }, true);
      restarted = true;
      return null;
    });
    expect(await restarts.client().enumerate(question)).to.deep.equal([{ Name: 'one' }]);
  });

  it('a host that forgot its enumeration is asked once more, and not a third time', async () => {
    let enumerates = 0;
    const forgetful = await host((asked) => {
      if (!isEnumerate(asked)) return invalidContext;
      enumerates += 1;
      return page({ items: service('one'), context: 'uuid:1' }, true);
    });
    expect(await rejection(forgetful.client().enumerate(question))).to.include({ code: 'E_WSMAN_FAULT' });
    expect(enumerates).to.equal(2);
  });

  it('a host that restarts at every Pull is given up', async () => {
    const restless = await host((asked) =>
      isPull({ body: asked.text }) || !isEnumerate(asked)
        ? null
        : page({ items: service('one'), context: 'uuid:1' }, true),
    );
    expect(await rejection(restless.client().enumerate(question))).to.include({
      code: 'E_WSMAN_UNREACHABLE',
    });
    expect(restless.connections()).to.equal(2);
  });

  it('a fault for one class is one answer: the next class is asked on the same connection', async () => {
    const partly = await host((asked) =>
      asked.text.includes('Win32_Absent')
        ? fault('n:CannotProcessFilter', 0x80041010)
        : page({ items: service('one'), context: null }, true),
    );
    const client = partly.client();
    const absent = { namespace: 'root/cimv2', wql: 'select Name from Win32_Absent' };
    expect(await rejection(client.enumerate(absent))).to.include({ code: 'E_WSMAN_CLASS_ABSENT' });
    expect(await client.enumerate(question)).to.deep.equal([{ Name: 'one' }]);
    expect(partly.connections()).to.equal(1);
  });

  const wrong: Record<string, string> = {
    'an answer to something else': '<n:ReleaseResponse/>',
    'neither items nor an end': '<n:EnumerateResponse/>',
    'an empty body': '',
  };
  for (const [what, body] of Object.entries(wrong)) {
    it(`${what} is no answer to Enumerate`, async () => {
      const error = await rejection((await host(() => body)).client().enumerate(question));
      expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    });
  }

  it('properties named like parts of every object are properties', async () => {
    const odd = await host(() =>
      page({ items: '<i><__proto__>a</__proto__><constructor>b</constructor></i>', context: null }, true),
    );
    const [row] = await odd.client().enumerate(question);
    expect(Object.entries(row ?? {})).to.deep.equal([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(({} as Record<string, unknown>)['a']).to.equal(undefined);
  });
});
