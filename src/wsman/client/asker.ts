// What the operations stand on: one message to the host, one answer, and nothing of how it gets there.
import type { XmlElement } from '../xml/element.js';
import type { Markup } from '../xml/writer.js';

export interface Question {
  /** What is asked, for messages, e.g. `"select Name from Win32_Service"`. */
  doing: string;
  action: string;
  resourceUri: string;
  /** Children of s:Body; none for Get. */
  body: readonly Markup[];
  selectors?: Readonly<Record<string, string>>;
  options?: Readonly<Record<string, string>>;
  /** May be sent again when an idle connection turned out to be closed. */
  repeatable: boolean;
  /** The wish of w:OperationTimeout in milliseconds; a little less than what is left unless said otherwise. */
  operationTimeoutMs?: number;
  /** By performance.now(): when the whole operation must be over. */
  deadline: number;
  signal?: AbortSignal | undefined;
}

export interface Asker {
  /** `host:port` */
  readonly host: string;
  /** The s:Body of the answer. Throws E_WSMAN_*: faults, refusals and broken lines alike. */
  ask(question: Question): Promise<XmlElement>;
  /** Reads a part of an answer; what is missing in it is the host's fault: E_WSMAN_PROTOCOL. */
  decode<T>(doing: string, read: () => T): T;
}
