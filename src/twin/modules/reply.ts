// What a module answers, and how it stops: ExitJson and FailJson end the script wherever they are called.
import type { JsonObject } from './json.js';

export interface ModuleReply {
  result: JsonObject;
  exitCode: 0 | 1;
}

/** Thrown by a module to stop with this reply; the runner alone catches it. */
export class ModuleExit extends Error {
  readonly reply: ModuleReply;

  constructor(reply: ModuleReply) {
    super('module exit');
    this.name = 'ModuleExit';
    this.reply = reply;
  }
}

/** Exit-Json: the normal end. A result that says `failed` itself still ends so. */
export function exitJson(result: JsonObject): ModuleReply {
  return { result: { changed: false, ...result }, exitCode: 0 };
}

/** Fail-Json: stops the module here. */
export function failJson(message: string, result: JsonObject = {}): never {
  throw new ModuleExit({ result: { changed: false, ...result, msg: message, failed: true }, exitCode: 1 });
}

/** How the twin refuses what it has no model of: by name, so that nobody takes silence for success. */
export function notModelled(what: string): string {
  return `the twin does not model ${what}`;
}
