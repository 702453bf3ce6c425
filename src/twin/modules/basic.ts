// How a module on Ansible.Basic reads its arguments and answers: the same checks in the same order and the same words
// as ansible-core 2.14's module_utils/csharp/Ansible.Basic.cs, so that a wrong task fails on the twin as on Windows.
import { ConversionError, convert, dotNetText, dotNetType, type OptionType } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import type { JsonObject } from './json.js';
import { ModuleExit, type ModuleReply } from './reply.js';

export interface Option {
  /** `str` by default. */
  type?: OptionType;
  required?: boolean;
  default?: unknown;
  choices?: readonly string[];
  aliases?: readonly string[];
  /** Type of a list's entries. */
  elements?: OptionType;
  noLog?: boolean;
}

export interface BasicSpec {
  options: Record<string, Option>;
  mutuallyExclusive?: readonly (readonly string[])[];
  requiredOneOf?: readonly (readonly string[])[];
  /** Where the option has the value, all of the others must be given, or with `any` one of them. */
  requiredIf?: readonly (readonly [option: string, value: string, needed: readonly string[], any?: 'any'])[];
  /** If the key is given, these must be too. */
  requiredBy?: Record<string, readonly string[]>;
  supportsCheckMode: boolean;
}

/** One running module on Ansible.Basic: its parameters by the spec, and the result that it fills. */
export class BasicModule {
  readonly checkMode: boolean;
  readonly result: JsonObject = { changed: false };
  private readonly params: JsonObject;
  private readonly warnings: string[] = [];
  private readonly deprecations: JsonObject[] = [];
  private readonly secrets: string[] = [];

  constructor(call: ModuleCall, spec: BasicSpec) {
    this.checkMode = call.checkMode;
    this.params = { ...call.arguments };
    const legal = this.takeAliases(spec);
    this.refuseUnknown(call.name, legal);
    if (call.checkMode && !spec.supportsCheckMode) {
      this.result['skipped'] = true;
      this.result['msg'] = `remote module (${call.name}) does not support check mode`;
      throw new ModuleExit(this.exit());
    }
    this.checkExclusive(spec);
    this.checkRequired(spec);
    for (const [name, option] of Object.entries(spec.options)) this.convertOption(name, option, call);
    this.checkOneOf(spec);
    this.checkRequiredIf(spec);
    this.checkRequiredBy(spec);
    for (const [name, option] of Object.entries(spec.options)) this.convertElements(name, option, call);
  }

  str(name: string): string | null {
    const value = this.params[name] ?? null;
    return value === null ? null : dotNetText(value);
  }

  /** A parameter that the spec requires or gives a default. */
  text(name: string): string {
    return this.str(name) ?? '';
  }

  bool(name: string): boolean {
    return this.params[name] === true;
  }

  int(name: string): number {
    return Number(this.params[name] ?? 0);
  }

  list(name: string): unknown[] | null {
    const value = this.params[name] ?? null;
    return Array.isArray(value) ? (value as unknown[]) : null;
  }

  raw(name: string): unknown {
    return this.params[name] ?? null;
  }

  /** Options of the list that the task gave a value. */
  given(names: readonly string[]): string[] {
    return names.filter((name) => (this.params[name] ?? null) !== null);
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  deprecate(message: string, date: string): void {
    this.deprecations.push({ msg: message, date, collection_name: null });
  }

  exit(): ModuleReply {
    return { result: this.finished(), exitCode: 0 };
  }

  fail(message: string): never {
    this.result['failed'] = true;
    this.result['msg'] = this.withoutSecrets(message);
    throw new ModuleExit({ result: this.finished(), exitCode: 1 });
  }

  private finished(): JsonObject {
    this.result['invocation'] = { module_args: this.withoutSecrets(this.params) };
    if (this.warnings.length > 0) this.result['warnings'] = this.warnings;
    if (this.deprecations.length > 0) this.result['deprecations'] = this.deprecations;
    return this.result;
  }

  private takeAliases({ options }: BasicSpec): string[] {
    const legal = Object.keys(options);
    const aliases: string[] = [];
    for (const [name, option] of Object.entries(options)) {
      for (const alias of option.aliases ?? []) {
        aliases.push(alias);
        if (alias in this.params) this.params[name] = this.params[alias];
      }
      const value = this.params[name];
      if (option.noLog === true && typeof value === 'string' && value !== '') this.secrets.push(value);
    }
    return [...legal, ...aliases];
  }

  private refuseUnknown(module: string, legal: string[]): void {
    const unknown: string[] = [];
    for (const key of Object.keys(this.params)) {
      if (legal.includes(key)) continue;
      const exact = legal.find((name) => name.toLowerCase() === key.toLowerCase());
      if (exact === undefined) {
        unknown.push(key);
      } else {
        this.params[exact] = this.params[key];
        Reflect.deleteProperty(this.params, key);
      }
    }
    if (unknown.length === 0) return;
    this.fail(
      `Unsupported parameters for (${module}) module: ${unknown.join(', ')}. ` +
        `Supported parameters include: ${legal.join(', ')}`,
    );
  }

  private checkExclusive(spec: BasicSpec): void {
    for (const group of spec.mutuallyExclusive ?? []) {
      if (group.filter((name) => name in this.params).length > 1) {
        this.fail(`parameters are mutually exclusive: ${group.join(', ')}`);
      }
    }
  }

  private checkRequired(spec: BasicSpec): void {
    const missing: string[] = [];
    for (const [name, option] of Object.entries(spec.options)) {
      if (option.default !== undefined && !(name in this.params)) this.params[name] = option.default;
      if (option.required === true && !(name in this.params)) missing.push(name);
    }
    if (missing.length > 0) this.fail(`missing required arguments: ${missing.join(', ')}`);
  }

  private convertOption(name: string, option: Option, call: ModuleCall): void {
    const given = this.params[name] ?? null;
    if (given === null) return;
    const type = option.type ?? 'str';
    this.params[name] = this.converted(given, type, call, `argument for ${name}`);
    if (option.choices === undefined) return;
    const choices = option.choices.map((choice) => choice.toLowerCase());
    const values = type === 'list' ? (this.params[name] as unknown[]) : [this.params[name]];
    const wrong = values.map(dotNetText).filter((value) => !choices.includes(value.toLowerCase()));
    if (wrong.length === 0) return;
    const which = type === 'list' ? 'one or more of' : 'one of';
    this.fail(
      `value of ${name} must be ${which}: ${option.choices.join(', ')}. Got no match for: ${wrong.join(', ')}`,
    );
  }

  private convertElements(name: string, { elements, type }: Option, call: ModuleCall): void {
    if (!(name in this.params)) this.params[name] = null;
    const value = this.params[name];
    if (elements === undefined || type !== 'list' || !Array.isArray(value)) return;
    this.params[name] = value.map((entry) =>
      this.converted(entry, elements, call, `argument for list entry ${name}`),
    );
  }

  private converted(value: unknown, type: OptionType, call: ModuleCall, what: string): unknown {
    try {
      return convert(value, type, call);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      return this.fail(
        `${what} is of type ${dotNetType(value)} and we were unable to convert to ${type}: ${error.message}`,
      );
    }
  }

  private checkOneOf(spec: BasicSpec): void {
    for (const group of spec.requiredOneOf ?? []) {
      if (!group.some((name) => name in this.params)) {
        this.fail(`one of the following is required: ${group.join(', ')}`);
      }
    }
  }

  private checkRequiredIf(spec: BasicSpec): void {
    for (const [name, value, needed, any] of spec.requiredIf ?? []) {
      if (this.str(name) !== value) continue;
      const missing = needed.filter((other) => !(other in this.params));
      const term = any === undefined ? 'all' : 'any';
      if (missing.length >= (any === undefined ? 1 : needed.length))
        this.fail(`${name} is ${value} but ${term} of the following are missing: ${missing.join(', ')}`);
    }
  }

  private checkRequiredBy(spec: BasicSpec): void {
    for (const [name, needed] of Object.entries(spec.requiredBy ?? {})) {
      if (!(name in this.params)) continue;
      const missing = needed.filter((other) => !(other in this.params));
      if (missing.length > 0) this.fail(`missing parameter(s) required by '${name}': ${missing.join(', ')}`);
    }
  }

  private withoutSecrets<T>(value: T): T {
    if (this.secrets.length === 0) return value;
    return mask(value, this.secrets) as T;
  }
}

/** RemoveNoLogValues: a value that is the secret is replaced whole, a text that holds it in part. */
function mask(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') {
    if (secrets.includes(value)) return 'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER';
    return secrets.reduce((text, secret) => text.replaceAll(secret, '********'), value);
  }
  if (Array.isArray(value)) return value.map((item) => mask(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item, secrets)]));
}
