// Create and Delete of cmd shells (MS-WSMV 2.2.4.37, 3.1.4.5.2). The shell's id is the selector ShellId everywhere.
import { formatDuration, parseDuration } from '../duration.js';
import { WsmanFault } from '../fault.js';
import type { ShellOptions } from '../handler.js';
import { anonymousAddress, cmdShellResource, ns } from '../namespaces.js';
import { attribute, child, children, childText, type XmlElement } from '../xml/element.js';
import { XmlError } from '../xml/reader.js';
import { xml, type Markup } from '../xml/writer.js';

/** What stands in the body of Create; options are headers, the caller is known from the connection. */
export type ShellBody = Omit<ShellOptions, 'options' | 'caller'>;

export function encodeCreate(shell: ShellBody): Markup {
  const variables = Object.entries(shell.environment).map(([name, value]) =>
    xml('rsp:Variable', { Name: name }, value),
  );
  return xml(
    'rsp:Shell',
    {},
    variables.length === 0 ? [] : [xml('rsp:Environment', {}, variables)],
    shell.workingDirectory === null ? [] : [xml('rsp:WorkingDirectory', {}, shell.workingDirectory)],
    shell.idleTimeoutMs === null ? [] : [xml('rsp:IdleTimeOut', {}, formatDuration(shell.idleTimeoutMs))],
    xml('rsp:InputStreams', {}, shell.inputStreams.join(' ')),
    xml('rsp:OutputStreams', {}, shell.outputStreams.join(' ')),
  );
}

export function decodeCreate(soapBody: XmlElement): ShellBody {
  const shell = child(soapBody, ns.rsp, 'Shell');
  if (shell === undefined) throw new WsmanFault('SCHEMA_VALIDATION_ERROR');
  const environment = child(shell, ns.rsp, 'Environment');
  const variables = environment === undefined ? [] : children(environment, ns.rsp, 'Variable');
  const idle = childText(shell, ns.rsp, 'IdleTimeOut');
  const idleTimeoutMs = idle === undefined ? null : parseDuration(idle);
  if (idle !== undefined && idleTimeoutMs === null) throw new WsmanFault('INVALID_PARAMETER');
  return {
    environment: Object.fromEntries(variables.map((entry) => [attribute(entry, 'Name') ?? '', entry.text])),
    workingDirectory: childText(shell, ns.rsp, 'WorkingDirectory') ?? null,
    idleTimeoutMs,
    inputStreams: words(childText(shell, ns.rsp, 'InputStreams')),
    outputStreams: words(childText(shell, ns.rsp, 'OutputStreams')),
  };
}

export interface CreatedShell {
  shellId: string;
  owner: string;
  clientAddress: string;
  idleTimeoutMs: number | null;
  inputStreams: readonly string[];
  outputStreams: readonly string[];
}

/** WinRM 3.0, when the client does not say. */
const defaultIdleTimeoutMs = 7_200_000;

/** Both children, as WinRM 2.0 and later send them: the reference, and the shell itself. */
export function encodeCreateResponse(shell: CreatedShell): Markup[] {
  const reference = xml(
    'x:ResourceCreated',
    {},
    xml('a:Address', {}, anonymousAddress),
    xml(
      'a:ReferenceParameters',
      {},
      xml('w:ResourceURI', {}, cmdShellResource),
      xml('w:SelectorSet', {}, xml('w:Selector', { Name: 'ShellId' }, shell.shellId)),
    ),
  );
  const described = xml(
    'rsp:Shell',
    {},
    xml('rsp:ShellId', {}, shell.shellId),
    xml('rsp:ResourceUri', {}, cmdShellResource),
    xml('rsp:Owner', {}, shell.owner),
    xml('rsp:ClientIP', {}, shell.clientAddress),
    xml('rsp:IdleTimeOut', {}, formatDuration(shell.idleTimeoutMs ?? defaultIdleTimeoutMs)),
    xml('rsp:InputStreams', {}, shell.inputStreams.join(' ')),
    xml('rsp:OutputStreams', {}, shell.outputStreams.join(' ')),
    xml('rsp:ShellRunTime', {}, 'P0DT0H0M0S'),
    xml('rsp:ShellInactivity', {}, 'P0DT0H0M0S'),
  );
  return [reference, described];
}

export function decodeCreateResponse(soapBody: XmlElement): string {
  const created = child(soapBody, ns.x, 'ResourceCreated');
  const parameters = created === undefined ? undefined : child(created, ns.a, 'ReferenceParameters');
  const selectors = parameters === undefined ? undefined : child(parameters, ns.w, 'SelectorSet');
  const shellId = selectors === undefined ? undefined : shellIdOf(selectors);
  if (shellId === undefined) throw new XmlError('no ShellId');
  return shellId;
}

function shellIdOf(selectors: XmlElement): string | undefined {
  return children(selectors, ns.w, 'Selector')
    .find((selector) => attribute(selector, 'Name')?.toLowerCase() === 'shellid')
    ?.text.trim();
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}
