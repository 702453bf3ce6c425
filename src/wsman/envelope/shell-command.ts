// Command and Signal: start a command in a shell, and end it (MS-WSMV 3.1.4.11, 3.1.4.12, 2.2.4.38).
import { signalBase } from '../actions.js';
import { WsmanFault } from '../fault.js';
import type { ShellCommand, ShellSignal } from '../handler.js';
import { ns } from '../namespaces.js';
import { attribute, child, children, childText, type XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import { xml, type Markup } from '../xml/writer.js';

export function encodeCommand({ command, arguments: list }: Omit<ShellCommand, 'options'>): Markup {
  return xml(
    'rsp:CommandLine',
    {},
    xml('rsp:Command', {}, command),
    list.map((argument) => xml('rsp:Arguments', {}, argument)),
  );
}

export function decodeCommand(soapBody: XmlElement): Omit<ShellCommand, 'options'> {
  const line = child(soapBody, ns.rsp, 'CommandLine');
  const command = line === undefined ? undefined : child(line, ns.rsp, 'Command');
  if (line === undefined || command === undefined) throw new WsmanFault('SCHEMA_VALIDATION_ERROR');
  // Blanks count: what is quoted inside a command line is the client's own.
  return {
    command: command.text,
    arguments: children(line, ns.rsp, 'Arguments').map((argument) => argument.text),
  };
}

export function encodeCommandResponse(commandId: string): Markup {
  return xml('rsp:CommandResponse', {}, xml('rsp:CommandId', {}, commandId));
}

export function decodeCommandResponse(soapBody: XmlElement): string {
  const response = child(soapBody, ns.rsp, 'CommandResponse');
  const commandId = response === undefined ? undefined : childText(response, ns.rsp, 'CommandId');
  if (commandId === undefined) throw new XmlError('no CommandId');
  return commandId;
}

export interface SignalBody {
  commandId: string;
  signal: ShellSignal;
}

export function encodeSignal({ commandId, signal }: SignalBody): Markup {
  return xml('rsp:Signal', { CommandId: commandId }, xml('rsp:Code', {}, `${signalBase}${signal}`));
}

const signals: readonly ShellSignal[] = ['terminate', 'ctrl_c', 'ctrl_break'];

export function decodeSignal(soapBody: XmlElement): SignalBody {
  const element = child(soapBody, ns.rsp, 'Signal');
  const commandId = element === undefined ? undefined : attribute(element, 'CommandId');
  if (element === undefined || commandId === undefined) throw new WsmanFault('INVALID_PARAMETER');
  const code = childText(element, ns.rsp, 'Code')?.toLowerCase();
  const signal = signals.find((name) => code === `${signalBase}${name}`.toLowerCase());
  if (signal === undefined) throw new WsmanFault('INVALID_PARAMETER');
  return { commandId, signal };
}

export function encodeSignalResponse(): Markup {
  return xml('rsp:SignalResponse');
}
