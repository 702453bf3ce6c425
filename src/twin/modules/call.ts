// One call of a module, as the wrapper's payload brings it.
import type { Machine } from '../machine.js';
import type { JsonObject } from './json.js';
import type { ModuleReply } from './reply.js';

export interface ModuleCall {
  /** As the play wrote it, e.g. `ansible.windows.win_feature`; real modules name themselves so in their messages. */
  name: string;
  /** What the task gave, without defaults and coercion, and without the internal `_ansible_…`. */
  arguments: JsonObject;
  checkMode: boolean;
  diffMode: boolean;
  /** The machine's environment, with what the play's `environment:` adds. */
  environment: Record<string, string>;
  /** Replaces `%NAME%` by the variable's value where there is one. */
  expand: (text: string) => string;
  machine: Machine;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** One modelled module. It returns its normal end; `failJson` and `BasicModule.fail` throw the other. */
export type TwinModule = (call: ModuleCall) => ModuleReply | Promise<ModuleReply>;
