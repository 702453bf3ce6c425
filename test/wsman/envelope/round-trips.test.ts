// What one side writes, the other side reads as the same: every message, whatever is in it.
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import * as enumeration from '../../../src/wsman/envelope/enumeration.js';
import { decodeFault, encodeFault } from '../../../src/wsman/envelope/fault.js';
import { decodeGetResponse, encodeGetResponse } from '../../../src/wsman/envelope/get.js';
import * as headers from '../../../src/wsman/envelope/headers.js';
import * as identify from '../../../src/wsman/envelope/identify.js';
import * as invoke from '../../../src/wsman/envelope/invoke.js';
import * as command from '../../../src/wsman/envelope/shell-command.js';
import * as streams from '../../../src/wsman/envelope/shell-streams.js';
import * as shell from '../../../src/wsman/envelope/shell.js';
import { readSoap, writeSoap } from '../../../src/wsman/envelope/soap.js';
import type { FaultFacts } from '../../../src/wsman/fault.js';
import { decodeBody, encodeBody } from '../../../src/wsman/xml/encoding.js';
import type { XmlElement } from '../../../src/wsman/xml/element.js';
import { xml, type Markup } from '../../../src/wsman/xml/writer.js';

/** Whatever XML can carry. */
const anyText = fc
  .string({ unit: 'binary', maxLength: 20 })
  .map((text) => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
/** Where blanks at the ends do not count, and something has to be there. */
const trimmed = anyText.map((text) => `x${text.trim()}`);
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const name = fc.stringMatching(/^[A-Za-z]\w{0,9}$/);
const anyNumber = fc.integer({ min: 1, max: 9_999_999_999 });
const anyNumberOfFault = fc.integer({ min: 1, max: 0xffffffff });
const anyMap = fc.dictionary(name, anyText, { maxKeys: 4, noNullPrototype: true });
const anyBytes = fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes));
const resource = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/X';

function bodyOf(...content: Markup[]): XmlElement {
  return readSoap(writeSoap([], content)).body;
}

function law<T>(arbitrary: fc.Arbitrary<T>, roundTrip: (value: T) => unknown): () => void {
  return () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(roundTrip(value)).to.deep.equal(value);
      }),
    );
  };
}

describe('wsman/envelope: what is written is read', () => {
  it(
    'the headers of a request',
    law(
      fc.record({
        ...{ to: trimmed, action: trimmed, messageId: trimmed, resourceUri: trimmed },
        maxEnvelopeBytes: fc.option(fc.integer({ min: 8192, max: 999_999_999_999 })),
        operationTimeoutMs: fc.option(fc.nat()),
        selectors: anyMap,
        options: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,9}$/), anyText, {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      }),
      (request) => headers.decodeRequestHeaders(readSoap(headers.encodeRequest(request, [])).header),
    ),
  );

  it(
    'the headers of an answer',
    law(fc.record({ action: trimmed, relatesTo: fc.option(trimmed) }), (answer) =>
      headers.decodeResponseHeaders(
        readSoap(writeSoap(headers.responseHeaders({ ...answer, messageId: 'uuid:1' }), [])).header,
      ),
    ),
  );

  it(
    'Identify',
    law(
      fc.record({ productVendor: trimmed, productVersion: trimmed }),
      ({ productVendor, productVersion }) => {
        const text = identify.encodeIdentifyResponse({ productVendor, productVersion }, true, true);
        const { protocolVersion, ...read } = identify.decodeIdentifyResponse(readSoap(text).body);
        expect(protocolVersion).to.contain('wsman');
        return read;
      },
    ),
  );

  it(
    'Enumerate',
    law(fc.record({ optimize: fc.boolean(), maxElements: anyNumber, wql: fc.option(trimmed) }), (body) =>
      enumeration.decodeEnumerate(bodyOf(enumeration.encodeEnumerate(body))),
    ),
  );

  it(
    'Pull',
    law(fc.record({ context: trimmed, maxElements: anyNumber }), (body) =>
      enumeration.decodePull(bodyOf(enumeration.encodePull(body))),
    ),
  );

  it(
    'Release',
    law(trimmed, (context) => enumeration.decodeRelease(bodyOf(enumeration.encodeRelease(context)))),
  );

  it(
    'pages, of Enumerate and of Pull',
    law(
      fc.record({
        items: fc.array(anyText, { maxLength: 5 }),
        context: fc.option(trimmed),
        first: fc.boolean(),
      }),
      ({ items, context, first }) => {
        const page = { items: items.map((text) => xml('s:Item', {}, text)), context };
        const encode = first ? enumeration.encodeEnumerateResponse : enumeration.encodePullResponse;
        const read = enumeration.decodePage(bodyOf(encode(page)));
        return { items: read.items.map(({ text }) => text), context: read.context, first };
      },
    ),
  );

  it(
    'the instance of Get',
    law(anyMap, (properties) => {
      const instance = { namespace: 'root/cimv2', className: 'X', properties };
      return decodeGetResponse(bodyOf(encodeGetResponse(instance)));
    }),
  );

  it(
    'parameters of a method, there and back',
    law(fc.record({ input: anyMap, output: anyMap }), ({ input, output }) => ({
      input: invoke.decodeInvoke(bodyOf(invoke.encodeInvoke(resource, 'M', input)), 'm'),
      output: invoke.decodeInvokeResponse(bodyOf(invoke.encodeInvokeResponse(resource, 'M', output))),
    })),
  );

  it(
    'a shell',
    law(
      fc.record({
        environment: anyMap,
        workingDirectory: fc.option(trimmed),
        idleTimeoutMs: fc.option(fc.nat()),
        inputStreams: fc.array(word, { maxLength: 3 }),
        outputStreams: fc.array(word, { maxLength: 3 }),
      }),
      (body) => shell.decodeCreate(bodyOf(shell.encodeCreate(body))),
    ),
  );

  it(
    'the id of a shell that was made',
    law(trimmed, (shellId) =>
      shell.decodeCreateResponse(
        bodyOf(
          ...shell.encodeCreateResponse({
            ...{ shellId, owner: 'o', clientAddress: 'c', idleTimeoutMs: null },
            ...{ inputStreams: [], outputStreams: [] },
          }),
        ),
      ),
    ),
  );

  it(
    'a command',
    law(fc.record({ command: anyText, arguments: fc.array(anyText, { maxLength: 4 }) }), (body) =>
      command.decodeCommand(bodyOf(command.encodeCommand(body))),
    ),
  );

  it(
    'the id of a command',
    law(trimmed, (id) => command.decodeCommandResponse(bodyOf(command.encodeCommandResponse(id)))),
  );

  it(
    'a signal',
    law(
      fc.record({
        commandId: anyText,
        signal: fc.constantFrom('terminate' as const, 'ctrl_c' as const, 'ctrl_break' as const),
      }),
      (body) => command.decodeSignal(bodyOf(command.encodeSignal(body))),
    ),
  );

  it(
    'standard input',
    law(fc.record({ commandId: anyText, bytes: anyBytes, end: fc.boolean() }), (body) =>
      streams.decodeSend(bodyOf(streams.encodeSend(body))),
    ),
  );

  it(
    'the wish for output',
    law(fc.record({ commandId: anyText }), (body) =>
      streams.decodeReceive(bodyOf(streams.encodeReceive(body.commandId))),
    ),
  );

  it('faults', () => {
    const provider = fc.record({
      ...{ provider: trimmed, path: anyText, code: fc.option(anyNumberOfFault), message: trimmed },
    });
    const fault: fc.Arbitrary<FaultFacts> = fc.record({
      origin: fc.constantFrom('Sender' as const, 'Receiver' as const),
      subcode: fc.constantFrom(null, 'w:TimedOut', 'n:CannotProcessFilter', 'a:ActionNotSupported'),
      message: trimmed,
      detail: fc.option(word),
      ...{ code: anyNumberOfFault, provider: fc.option(provider) },
    });
    law(fault, (facts) => decodeFault(readSoap(encodeFault(facts, 'uuid:1', null)).body))();
  });

  it(
    'text, in every encoding of a body',
    law(
      fc.record({
        text: anyText,
        encoding: fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const),
      }),
      ({ text, encoding }) => {
        // A body begins with markup, so never with a byte order mark of its own.
        const { text: read, ...rest } = decodeBody(encodeBody(`<${text}`, encoding));
        return { text: read.slice(1), ...rest };
      },
    ),
  );
});
