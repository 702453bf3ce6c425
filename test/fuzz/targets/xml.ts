// Envelopes: whatever is read out of one, on both sides, and a whole request through the server.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createEnumerations } from '../../../src/wsman/server/enumerations.js';
import { dispatch } from '../../../src/wsman/server/dispatch.js';
import { actions } from '../../../src/wsman/actions.js';
import { encodeFragment, encodeInstance } from '../../../src/wsman/cim/encode.js';
import { decodeProperties } from '../../../src/wsman/cim/decode.js';
import {
  cimBoolean,
  cimDatetime,
  cimInteger,
  cimInterval,
  cimList,
  cimObject,
  cimReal,
  cimReference,
} from '../../../src/wsman/cim/read.js';
import type { CimInstance, WireProperties } from '../../../src/wsman/cim/value.js';
import * as enumeration from '../../../src/wsman/envelope/enumeration.js';
import { decodeFault, faultText } from '../../../src/wsman/envelope/fault.js';
import { decodeGetResponse } from '../../../src/wsman/envelope/get.js';
import * as headers from '../../../src/wsman/envelope/headers.js';
import * as identify from '../../../src/wsman/envelope/identify.js';
import * as invoke from '../../../src/wsman/envelope/invoke.js';
import * as command from '../../../src/wsman/envelope/shell-command.js';
import * as streams from '../../../src/wsman/envelope/shell-streams.js';
import * as shell from '../../../src/wsman/envelope/shell.js';
import { readSoap, writeSoap, type SoapMessage } from '../../../src/wsman/envelope/soap.js';
import { faultError } from '../../../src/wsman/client/fault-error.js';
import { defaultLimits, WsmanFault } from '../../../src/wsman/index.js';
import { classUri, cmdShellResource } from '../../../src/wsman/namespaces.js';
import { decodeBody } from '../../../src/wsman/xml/encoding.js';
import { readXml, XmlError } from '../../../src/wsman/xml/reader.js';
import { toyHandler } from '../../wsman/toy-handler.js';
import { requestText } from '../../wsman/server/machine.js';
import type { Random } from '../random.js';
import type { Target } from '../target.js';
import { changeXml } from '../xml-changes.js';

const resource = classUri('root/cimv2', 'Win32_Service');
const instance: CimInstance = {
  namespace: 'root/cimv2',
  className: 'Win32_Service',
  properties: {
    ...{
      Name: 'WinRM',
      State: null,
      ProcessId: 4,
      Big: 18446744073709551615n,
      Started: true,
      List: ['a', 'b'],
    },
    When: { datetime: '2013-03-09T02:57:32Z' },
    Long: { interval: 'P0DT0H1M40S' },
    Part: { object: { namespace: 'root/cimv2', className: 'Part', properties: { Value: 1.5 } } },
    Other: { reference: { resourceUri: resource, selectors: { Name: 'x' } } },
  },
};
const output = { stdout: Buffer.from('out'), stderr: Buffer.from('err'), done: true, exitCode: 1 };
const shellBody = {
  ...{ environment: { A: 'b' }, workingDirectory: 'C:\\', idleTimeoutMs: 1000 },
  ...{ inputStreams: ['stdin'], outputStreams: ['stdout', 'stderr'] },
};
const inShell = { resourceUri: cmdShellResource, selectors: { ShellId: 'x' } };

function recorded(): string[] {
  const load = (file: string): unknown =>
    parse(readFileSync(new URL(`../../exchanges/${file}`, import.meta.url), 'utf8'));
  const requests = ['packer-1.6.6.yaml', 'pywinrm-0.3.0.yaml'].flatMap((file) =>
    (load(file) as { exchanges: { request: string }[] }).exchanges.map(({ request }) => request),
  );
  const faults = (load('faults.yaml') as { faults: { body: string }[] }).faults.map(({ body }) =>
    writeSoap([], []).replace('<s:Body></s:Body>', `<s:Body>${body}</s:Body>`),
  );
  return [...requests, ...faults];
}

const requests: readonly string[] = [
  identify.encodeIdentify(),
  requestText(
    { action: actions.enumerate },
    enumeration.encodeEnumerate({ optimize: true, maxElements: 10, wql: 'select Name from Win32_Service' }),
  ),
  requestText({ action: actions.pull }, enumeration.encodePull({ context: 'uuid:1', maxElements: 1 })),
  requestText({ action: actions.release }, enumeration.encodeRelease('uuid:1')),
  requestText({ action: actions.get, resourceUri: resource, selectors: { Name: 'WinRM' } }),
  requestText(
    { action: `${resource}/GetStringValue`, resourceUri: resource },
    invoke.encodeInvoke(resource, 'GetStringValue', { sSubKeyName: 'x', hDefKey: 2147483650 }),
  ),
  requestText(
    { action: actions.create, resourceUri: cmdShellResource, options: { A: 'b' } },
    shell.encodeCreate(shellBody),
  ),
  requestText(
    { action: actions.command, ...inShell },
    command.encodeCommand({ command: 'x', arguments: ['y'] }),
  ),
  requestText(
    { action: actions.send, ...inShell },
    streams.encodeSend({ commandId: 'x', bytes: Buffer.from('in'), end: true }),
  ),
  requestText({ action: actions.receive, ...inShell }, streams.encodeReceive('x')),
  requestText(
    { action: actions.signal, ...inShell },
    command.encodeSignal({ commandId: 'x', signal: 'ctrl_c' }),
  ),
];

const answers: readonly string[] = [
  identify.encodeIdentifyResponse({ productVendor: 'v', productVersion: '1' }, true, true),
  ...[
    [enumeration.encodeEnumerateResponse({ items: [encodeInstance(instance)], context: 'uuid:1' })],
    [enumeration.encodePullResponse({ items: [encodeFragment(instance, ['Name', 'State'])], context: null })],
    [encodeInstance(instance)],
    [invoke.encodeInvokeResponse(resource, 'M', { ReturnValue: 0, uValue: [1, 2] })],
    shell.encodeCreateResponse({ ...shellBody, shellId: 'x', owner: 'o', clientAddress: 'c' }),
    [command.encodeCommandResponse('x')],
    [streams.encodeReceiveResponse('x', output)],
  ].map((body) => headers.encodeResponse({ action: actions.get, messageId: 'uuid:1' }, 'uuid:2', body)),
];

const words: readonly Buffer[] = [
  ...[
    '<a>',
    '</a>',
    '<a/>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '&b;',
    '&#0;',
    '&#x110000;',
  ],
  ...[
    '<?xml version="1.1"?>',
    ' xmlns:p="u"',
    ' xmlns=""',
    ' xsi:nil="true"',
    ' s:mustUnderstand="1"',
    '__proto__',
    'constructor',
  ],
  ...[
    '-1',
    '0',
    '99999999999999999999',
    '1e9',
    'PT1S',
    'P1Y',
    '%%%',
    ' ',
    '\uFEFF',
    '\u0000',
    '\u202e',
    '</s:Body>',
  ],
].map((word) => Buffer.from(word));

const change = (input: Buffer, random: Random): Buffer => Buffer.from(changeXml(input.toString(), random));

const isRefusal = (error: unknown): boolean => error instanceof XmlError || error instanceof WsmanFault;

/** Each reader refuses for itself; what it refuses with is short and harmless. */
function read(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { message } = error as Error;
    if (error instanceof XmlError && (message.length > 300 || /[\p{Cc}\p{Cf}]/u.test(message))) {
      throw new Error(`an error that quotes too much: ${JSON.stringify(message)}`, { cause: error });
    }
  }
}

function readValues(properties: WireProperties): void {
  for (const value of Object.values(properties)) {
    for (const reader of [cimBoolean, cimDatetime, cimInteger, cimInterval, cimReal, cimReference])
      reader(value);
    for (const item of cimList(value)) {
      const object = cimObject(item);
      if (object !== null) readValues(object.properties);
    }
  }
}

function readMessage({ header, body }: SoapMessage): void {
  read(() => headers.decodeRequestHeaders(header));
  headers.messageIdOf(header);
  headers.decodeResponseHeaders(header);
  for (const decode of [
    ...[
      enumeration.decodeEnumerate,
      enumeration.decodePull,
      enumeration.decodeRelease,
      enumeration.decodePage,
    ],
    ...[shell.decodeCreate, shell.decodeCreateResponse, command.decodeCommand, command.decodeCommandResponse],
    ...[command.decodeSignal, streams.decodeSend, streams.decodeReceive, streams.decodeReceiveResponse],
    ...[identify.decodeIdentifyResponse, invoke.decodeInvokeResponse, decodeGetResponse],
  ]) {
    read(() => decode(body));
  }
  read(() => invoke.decodeInvoke(body, 'M'));
  const fault = decodeFault(body);
  if (fault === null) return;
  faultText(fault);
  faultError(fault, { host: 'h', doing: 'd', timeoutMs: 1 });
}

export function soap(): Target {
  return {
    seeds: [...requests, ...answers, ...recorded()].flatMap((text, index) => [
      Buffer.from(text),
      ...(index % 8 === 0 ? [Buffer.from(`\uFEFF${text}`, 'utf16le')] : []),
    ]),
    ...{ words, change, isRefusal },
    run: (input) => {
      read(() => {
        readMessage(readSoap(decodeBody(input).text));
      });
    },
  };
}

/** The wire's form of instances, without an envelope around it. */
export function cim(): Target {
  const fault = encodeFragment(instance, ['Name', 'When', 'Part', 'Other', 'Nothing']).text;
  return {
    seeds: [encodeInstance(instance).text, fault].map((text) =>
      Buffer.from(text.replace('<w:XmlFragment', '<w:XmlFragment xmlns:w="w" xmlns:a="a"')),
    ),
    ...{ words, change, isRefusal },
    run: (input) => {
      read(() => {
        const properties = decodeProperties(readXml(input.toString()));
        if (Object.getPrototypeOf(properties) !== Object.prototype) throw new Error('another prototype');
        readValues(properties);
      });
    },
  };
}

/** A whole request: every one has an answer, and the answer is one that we can read. */
export function server(): Target {
  const limits = { ...defaultLimits, maxTimeoutMs: 0 };
  return {
    seeds: [...requests, ...recorded()].map((text) => Buffer.from(text)),
    ...{ words, change, isRefusal },
    run: async (input) => {
      const message = readSoap(decodeBody(input).text);
      let defect: unknown;
      const dispatcher = {
        ...{ handler: toyHandler(), limits, enumerations: createEnumerations(limits, () => 0) },
        onDefect: (error: unknown) => (defect = error),
      };
      const { text } = await dispatch(dispatcher, message, { user: 'u', address: 'a' });
      if (defect !== undefined && !isSecret(defect)) throw new Error('a defect', { cause: defect });
      readAnswer(text);
    },
  };
}

/** What the toy throws on purpose. */
function isSecret(error: unknown): boolean {
  return error instanceof Error && error.message === 'a secret of the handler';
}

function readAnswer(text: string): void {
  try {
    readSoap(text);
  } catch (cause) {
    throw new Error(`an answer that nobody can read: ${text}`, { cause });
  }
}
