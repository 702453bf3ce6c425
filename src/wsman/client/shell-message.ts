// A message to a shell: its id is a selector of every one but Create.
import { cmdShellResource } from '../namespaces.js';
import type { XmlElement } from '../xml/element.js';
import type { Markup } from '../xml/writer.js';
import type { Asker, Question } from './asker.js';
import { limitsOf, type Operation } from './operation.js';

export interface ShellTalk {
  asker: Asker;
  shellId: string;
  /** What is being done in it, for messages. */
  doing: string;
}

/** A command that the host has begun. */
export interface RunningCommand extends ShellTalk {
  commandId: string;
}

export interface ShellMessage {
  action: string;
  body: readonly Markup[];
  options?: Question['options'];
  repeatable?: boolean;
}

/** Sent twice, a command would run twice, and a stream would have its bytes twice or lose them: repeat Delete alone. */
export function askShell(
  { asker, shellId, doing }: ShellTalk,
  { action, body, options = {}, repeatable = false }: ShellMessage,
  operation: Operation,
): Promise<XmlElement> {
  return asker.ask({
    ...{ doing, action, options, body, repeatable, resourceUri: cmdShellResource },
    selectors: { ShellId: shellId },
    ...limitsOf(operation),
  });
}
