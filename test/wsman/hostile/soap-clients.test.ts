// Clients that are let in and send what no client sends, against the server: each gets a fault, none finds a defect.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { actions, methodAction } from '../../../src/wsman/actions.js';
import { encodeEnumerate, encodePull, encodeRelease } from '../../../src/wsman/envelope/enumeration.js';
import { decodeFault } from '../../../src/wsman/envelope/fault.js';
import { encodeRequest } from '../../../src/wsman/envelope/headers.js';
import { readSoap } from '../../../src/wsman/envelope/soap.js';
import { decodePage } from '../../../src/wsman/envelope/enumeration.js';
import { classUri, cmdShellResource } from '../../../src/wsman/namespaces.js';
import { Markup } from '../../../src/wsman/xml/writer.js';
import { basic, post, type RawAnswer } from '../raw.js';
import { password, startRig, user, type Rig } from '../rig.js';
import { requestText } from '../server/machine.js';
import { leavesNothing } from './nothing-left.js';

const wql = 'select * from Win32_Service';
const enumerate = { optimize: true, maxElements: 10, wql };
const raw = (text: string): Markup => new Markup(text);

function ask(rig: Rig, body: string | Buffer, headers: Record<string, string> = {}): Promise<RawAnswer> {
  return post({ port: rig.port, ca: rig.ca, body, headers: { ...basic(user, password), ...headers } });
}

const good = requestText({ action: actions.enumerate }, encodeEnumerate(enumerate));
const withHeader = (text: string): string => good.replace('</s:Header>', `${text}</s:Header>`);
const withBody = (text: string, action: string = actions.enumerate): string =>
  requestText({ action }, raw(text));
const maxElements = (text: string): string =>
  withBody(`<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>${text}</w:MaxElements></n:Enumerate>`);

const faults: Record<string, [text: string | Buffer, subcode: string | null]> = {
  'nothing that is XML': ['<s:Envelope', 'w:SchemaValidationError'],
  'no text at all': [Buffer.from([0, 1, 2, 3]), 'w:SchemaValidationError'],
  'UTF-8 with wrong bytes': [
    Buffer.concat([Buffer.from(good.slice(0, 200)), Buffer.from([0xc0, 0xaf]), Buffer.from(good.slice(200))]),
    'w:SchemaValidationError',
  ],
  'UTF-16 with half a character': [
    Buffer.concat([Buffer.from(`\uFEFF${good}`, 'utf16le'), Buffer.from([0x3c])]),
    'w:SchemaValidationError',
  ],
  'UTF-16 with a lone surrogate': [Buffer.from(`\uFEFF<a>\uD800</a>`, 'utf16le'), 'w:SchemaValidationError'],
  '50,000 nested elements': [`${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`, 'w:SchemaValidationError'],
  '50,000 nested elements in the body': [
    withBody(`${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`),
    'w:SchemaValidationError',
  ],
  'a bomb of entities': [
    `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><a>&b;</a>`,
    'w:SchemaValidationError',
  ],
  'an entity of a file': [
    '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>',
    'w:SchemaValidationError',
  ],
  'a processing instruction': [`<?run this?>${good}`, 'w:SchemaValidationError'],
  'an envelope of another SOAP': ['<Envelope xmlns="urn:x"/>', 'w:SchemaValidationError'],
  'no header': [good.replace(/<s:Header>.*<\/s:Header>/s, ''), 'a:MessageInformationHeaderRequired'],
  'a header that must be understood and is not': [
    withHeader('<a:New s:mustUnderstand="true"/>'),
    'w:UnsupportedFeature',
  ],
  'a message id of 3000 characters': [
    good.replace('uuid:1', 'x'.repeat(3000)),
    'a:InvalidMessageInformationHeader',
  ],
  'two message ids': [withHeader('<a:MessageID>uuid:2</a:MessageID>'), 'a:InvalidMessageInformationHeader'],
  'an envelope size below zero': [
    withHeader('<w:MaxEnvelopeSize>-1</w:MaxEnvelopeSize>'),
    'a:InvalidMessageInformationHeader',
  ],
  'an envelope size that holds nothing': [
    withHeader('<w:MaxEnvelopeSize>1</w:MaxEnvelopeSize>'),
    'w:EncodingLimit',
  ],
  'a time below zero': [
    withHeader('<w:OperationTimeout>-PT5S</w:OperationTimeout>'),
    'a:InvalidMessageInformationHeader',
  ],
  'an endless time': [
    withHeader(`<w:OperationTimeout>PT${'9'.repeat(400)}S</w:OperationTimeout>`),
    'a:InvalidMessageInformationHeader',
  ],
  'no elements wanted': [maxElements('0'), 'w:SchemaValidationError'],
  'fewer elements than none': [maxElements('-1'), 'w:SchemaValidationError'],
  'a number of elements that is none': [maxElements('1e9'), 'w:SchemaValidationError'],
  'a number of elements beyond counting': [maxElements('9'.repeat(400)), 'w:SchemaValidationError'],
  'a filter in a language nobody knows': [
    withBody('<n:Enumerate><w:Filter Dialect="urn:x">x</w:Filter></n:Enumerate>'),
    'n:FilterDialectRequestedUnavailable',
  ],
  'Pull without a context': [withBody('<n:Pull/>', actions.pull), 'w:SchemaValidationError'],
  'Pull with a context of somebody else': [
    requestText({ action: actions.pull }, encodePull({ context: 'uuid:1', maxElements: 1 })),
    'n:InvalidEnumerationContext',
  ],
  'Release of what is not there': [
    requestText({ action: actions.release }, encodeRelease('uuid:1')),
    'n:InvalidEnumerationContext',
  ],
  'a method with a name that is none': [
    requestText({ action: `${classUri('root/cimv2', 'C')}/../x`, resourceUri: classUri('root/cimv2', 'C') }),
    'a:ActionNotSupported',
  ],
  'a method of every object': [
    requestText({
      action: methodAction(classUri('root/cimv2', 'C'), '__proto__'),
      resourceUri: classUri('root/cimv2', 'C'),
    }),
    'a:ActionNotSupported',
  ],
  'a resource that is none': [requestText({ action: actions.get, resourceUri: 'http://[' }), null],
  'a selector without a name': [
    withHeader('<w:SelectorSet><w:Selector>x</w:Selector></w:SelectorSet>'),
    'w:SchemaValidationError',
  ],
  'standard input that is no base64': [
    requestText(
      { action: actions.send, resourceUri: cmdShellResource, selectors: { ShellId: 'x' } },
      raw('<rsp:Send><rsp:Stream Name="stdin" CommandId="x">%%%</rsp:Stream></rsp:Send>'),
    ),
    'w:InvalidParameter',
  ],
  'a shell that is not there': [
    requestText({
      action: actions.delete,
      resourceUri: cmdShellResource,
      selectors: { ShellId: '__proto__' },
    }),
    'w:InvalidSelectors',
  ],
};

describe('wsman: clients with a wrong SOAP', () => {
  leavesNothing();

  for (const [what, [text, subcode]] of Object.entries(faults)) {
    it(`${what} is a fault`, async () => {
      const rig = await startRig();
      const answer = await ask(rig, text);
      expect(answer.status).to.equal(500);
      const fault = decodeFault(readSoap(answer.text).body);
      expect(fault).to.not.equal(null);
      if (subcode !== null) expect(fault?.subcode).to.equal(subcode);
      expect(rig.defects).to.deep.equal([]);
      expect((await ask(rig, good)).status).to.equal(200);
    });
  }

  it('a message id of 2 MB is too large to be read', async () => {
    const rig = await startRig();
    const answer = await ask(rig, good.replace('uuid:1', 'x'.repeat(2_000_000))).catch(
      // The server does not read on, so the end may come before its answer is read.
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    expect(typeof answer === 'object' ? answer.status : answer).to.be.oneOf([413, 'EPIPE', 'ECONNRESET']);
    expect((await ask(rig, good)).status).to.equal(200);
  });

  it('hostile XML from nobody is looked at as little: no fault, no word', async () => {
    const rig = await startRig();
    for (const [text] of Object.values(faults)) {
      const headers = { WSMANIDENTIFY: 'unauthenticated' };
      const answer = await post({ port: rig.port, ca: rig.ca, body: text, headers });
      expect([answer.status, answer.text]).to.deep.equal([401, '']);
    }
    expect(rig.defects).to.deep.equal([]);
  });

  it('as many elements as can be wished are as many as there are', async () => {
    const rig = await startRig();
    const answer = await ask(
      rig,
      requestText(
        { action: actions.enumerate },
        encodeEnumerate({ ...enumerate, maxElements: 9_999_999_999 }),
      ),
    );
    expect(decodePage(readSoap(answer.text).body).items).to.have.length(3);
  });

  it('a flood of Enumerate ends at the quota, and goes on when one is given back', async () => {
    const rig = await startRig({ limits: { maxEnumerations: 5 } });
    const one = requestText({ action: actions.enumerate }, encodeEnumerate({ ...enumerate, maxElements: 1 }));
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(rig, one)));
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken).to.have.length(5);
    const refused = answers.find(({ status }) => status !== 200);
    expect(decodeFault(readSoap(refused?.text ?? '').body)?.subcode).to.equal('w:QuotaLimit');
    const { context } = decodePage(readSoap(taken[0]?.text ?? '').body);
    await ask(rig, requestText({ action: actions.release }, encodeRelease(context ?? '')));
    expect((await ask(rig, one)).status).to.equal(200);
    expect((await ask(rig, one)).status).to.equal(500);
  });

  it('2000 selectors, and some with the names of every object’s parts are names like any other', async () => {
    const rig = await startRig();
    const selectors = Object.fromEntries([
      ['__proto__', 'x'],
      ['constructor', 'x'],
      ...Array.from({ length: 2000 }, (_, index) => [`s${index}`, 'x']),
    ]) as Record<string, string>;
    const text = encodeRequest(
      {
        ...{ to: 'x', action: actions.get, messageId: 'uuid:1', resourceUri: classUri('root/cimv2', 'C') },
        ...{ maxEnvelopeBytes: null, operationTimeoutMs: null, selectors, options: {} },
      },
      [],
    );
    expect((await ask(rig, text)).status).to.equal(500);
    expect(rig.defects).to.deep.equal([]);
  });
});
