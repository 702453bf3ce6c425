// What a server is asked: the part that is not the wire. The server core speaks WS-Management and calls a handler;
// the handler knows the machine and nothing of XML. Every function may throw a WsmanFault: it becomes a SOAP fault.
// Anything else that is thrown becomes the fault of an internal error, and goes to the server's `onDefect`.
import type { CimInstance, CimValue, WireProperties } from './cim/value.js';

/** Who asks: already authenticated. */
export interface Caller {
  user: string;
  /** IP address of the client. */
  address: string;
}

/** The answer to Identify (MS-WSMV 3.1.4.1.23). */
export interface IdentifyAnswer {
  productVendor: string;
  /** e.g. `OS: 6.3.9600 SP: 0.0 Stack: 3.0` */
  productVersion: string;
  /** What a caller without credentials is told; real hosts before 2012 R2 hide the OS there. */
  productVersionUnauthenticated?: string;
}

export interface EnumerateRequest {
  /** With slashes, as the client spells it: compare without case. */
  namespace: string;
  /** Null for a query (the resource URI ends in `*`): the class stands in the WQL. */
  className: string | null;
  /** Null when all instances of the class are wanted. */
  wql: string | null;
  caller: Caller;
}

export interface EnumerateAnswer {
  instances: CimInstance[];
  /**
   * The properties of the select list: instances are then sent in fragment form, with these properties only. Null for
   * `select *` and for no query: class form.
   */
  projection: string[] | null;
}

export interface GetRequest {
  namespace: string;
  className: string;
  /** Keys as the client spells them: compare names and values without case. */
  selectors: Readonly<Record<string, string>>;
  caller: Caller;
}

export interface InvokeRequest {
  namespace: string;
  className: string;
  method: string;
  selectors: Readonly<Record<string, string>>;
  /** Parameters in, as text of the wire: read with cimText, cimInteger, cimList, cimProperty. */
  input: WireProperties;
  caller: Caller;
}

export interface WsmanHandler {
  identify(): IdentifyAnswer;
  enumerate(request: EnumerateRequest): Promise<EnumerateAnswer>;
  get(request: GetRequest): Promise<CimInstance>;
  /** Parameters out, ReturnValue among them. */
  invoke(request: InvokeRequest): Promise<Readonly<Record<string, CimValue>>>;
  shell: ShellHandler;
}

/** What Create asks for. Options are WINRS_NOPROFILE, WINRS_CODEPAGE, by upper-case name. */
export interface ShellOptions {
  inputStreams: readonly string[];
  outputStreams: readonly string[];
  environment: Readonly<Record<string, string>>;
  workingDirectory: string | null;
  idleTimeoutMs: number | null;
  options: Readonly<Record<string, string>>;
  caller: Caller;
}

/** Options are WINRS_CONSOLEMODE_STDIN, WINRS_SKIP_CMD_SHELL, by upper-case name. */
export interface ShellCommand {
  command: string;
  arguments: readonly string[];
  options: Readonly<Record<string, string>>;
}

/** Output since the last receive. `exitCode` counts only when done. */
export interface ShellOutput {
  stdout: Buffer;
  stderr: Buffer;
  done: boolean;
  exitCode: number;
}

export type ShellSignal = 'terminate' | 'ctrl_c' | 'ctrl_break';

/**
 * cmd shells (WinRS). The handler makes the ids and owns quotas: too many shells is
 * `new WsmanFault('QUOTA_MAX_SHELLS')`; a shell or command that is not there is `new WsmanFault('UNEXPECTED_SELECTORS')`.
 * Ids come as the client sent them: compare without case.
 */
export interface ShellHandler {
  create(options: ShellOptions): Promise<{ shellId: string }>;
  command(shellId: string, command: ShellCommand): Promise<{ commandId: string }>;
  /** A piece of stdin; `end` with the last one (whose bytes may be empty). */
  send(shellId: string, commandId: string, bytes: Buffer, end: boolean): Promise<void>;
  /**
   * Waits until there is output or the command is done, at most `timeoutMs`. With nothing by then: empty buffers and
   * done false, which the core turns into the time-out fault that makes clients ask again.
   */
  receive(shellId: string, commandId: string, timeoutMs: number): Promise<ShellOutput>;
  signal(shellId: string, commandId: string, signal: ShellSignal): Promise<void>;
  delete(shellId: string): Promise<void>;
}
