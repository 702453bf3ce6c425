// Send and Receive: the bytes of a command's streams, in base64 (MS-WSMV 3.1.4.13, 3.1.4.14).
import { commandStateBase } from '../actions.js';
import { WsmanFault } from '../fault.js';
import type { ShellOutput } from '../handler.js';
import { ns } from '../namespaces.js';
import { attribute, child, children, childText, type XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import { xml, type Markup } from '../xml/writer.js';

export interface SendBody {
  commandId: string;
  bytes: Buffer;
  end: boolean;
}

export function encodeSend({ commandId, bytes, end }: SendBody): Markup {
  return xml(
    'rsp:Send',
    {},
    xml(
      'rsp:Stream',
      { Name: 'stdin', CommandId: commandId, End: end ? 'true' : undefined },
      bytes.toString('base64'),
    ),
  );
}

/** One message may carry several pieces of stdin: they are one. */
export function decodeSend(soapBody: XmlElement): SendBody {
  const send = child(soapBody, ns.rsp, 'Send');
  const streams = send === undefined ? [] : children(send, ns.rsp, 'Stream');
  const commandId = streams[0] === undefined ? undefined : attribute(streams[0], 'CommandId');
  if (commandId === undefined) throw new WsmanFault('INVALID_PARAMETER');
  for (const stream of streams) {
    const sameCommand = attribute(stream, 'CommandId')?.toLowerCase() === commandId.toLowerCase();
    if (!sameCommand || attribute(stream, 'Name')?.toLowerCase() !== 'stdin') {
      throw new WsmanFault('INVALID_PARAMETER');
    }
  }
  const pieces = streams.map((stream) => readBase64(stream.text));
  if (pieces.some((piece) => piece === null)) throw new WsmanFault('INVALID_PARAMETER');
  return {
    commandId,
    bytes: Buffer.concat(pieces.filter((piece) => piece !== null)),
    end: streams.some((stream) => isTrue(attribute(stream, 'End'))),
  };
}

export function encodeSendResponse(): Markup {
  return xml('rsp:SendResponse');
}

export function encodeReceive(commandId: string): Markup {
  return xml('rsp:Receive', {}, xml('rsp:DesiredStream', { CommandId: commandId }, 'stdout stderr'));
}

export function decodeReceive(soapBody: XmlElement): { commandId: string } {
  const receive = child(soapBody, ns.rsp, 'Receive');
  const desired = receive === undefined ? undefined : child(receive, ns.rsp, 'DesiredStream');
  const commandId = desired === undefined ? undefined : attribute(desired, 'CommandId');
  if (commandId === undefined) throw new WsmanFault('INVALID_PARAMETER');
  return { commandId };
}

/** Streams that have something, an empty one with End for each when the command is done, and the state. */
export function encodeReceiveResponse(commandId: string, output: ShellOutput): Markup {
  const streams: Markup[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    const attributes = { Name: name, CommandId: commandId };
    if (output[name].length > 0) {
      streams.push(xml('rsp:Stream', attributes, output[name].toString('base64')));
    }
    if (output.done) streams.push(xml('rsp:Stream', { ...attributes, End: 'true' }));
  }
  const state = xml(
    'rsp:CommandState',
    { CommandId: commandId, State: `${commandStateBase}${output.done ? 'Done' : 'Running'}` },
    // Windows prints the process's code as unsigned 32 bits: -1 is 4294967295.
    output.done ? [xml('rsp:ExitCode', {}, String(output.exitCode >>> 0))] : [],
  );
  return xml('rsp:ReceiveResponse', {}, streams, state);
}

/** Output as it came, and the process's code as Windows prints it: unsigned. */
export function decodeReceiveResponse(soapBody: XmlElement): ShellOutput {
  const response = child(soapBody, ns.rsp, 'ReceiveResponse');
  if (response === undefined) throw new XmlError('no ReceiveResponse');
  const state = child(response, ns.rsp, 'CommandState');
  const done = state !== undefined && attribute(state, 'State')?.endsWith('/Done') === true;
  return {
    stdout: bytesOf(response, 'stdout'),
    stderr: bytesOf(response, 'stderr'),
    done,
    exitCode: done ? readExitCode(childText(state, ns.rsp, 'ExitCode')) : 0,
  };
}

/** A stream's name may be there several times in one answer (recorded). */
function bytesOf(response: XmlElement, name: 'stdout' | 'stderr'): Buffer {
  const streams = children(response, ns.rsp, 'Stream').filter((stream) => attribute(stream, 'Name') === name);
  const pieces = streams.map((stream) => {
    const piece = readBase64(stream.text);
    if (piece === null) throw new XmlError(`what is no base64 as ${name}`);
    return piece;
  });
  return Buffer.concat(pieces);
}

/** Without one the command did not end by itself (MS-WSMV 2.2.4.10): nobody may take that for 0. */
function readExitCode(text: string | undefined): number {
  if (text === undefined || !/^-?\d{1,10}$/.test(text)) {
    throw new XmlError('a command that is done and has no exit code');
  }
  return Number(text) >>> 0;
}

/** Buffer.from takes anything: what is no base64 has to be looked for. */
function readBase64(text: string): Buffer | null {
  const compact = text.replace(/\s+/g, '');
  const isBase64 = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  return isBase64 ? Buffer.from(compact, 'base64') : null;
}

function isTrue(text: string | undefined): boolean {
  return /^\s*(?:true|1)\s*$/i.test(text ?? '');
}
