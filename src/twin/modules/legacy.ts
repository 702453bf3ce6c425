// How a module on Ansible.ModuleUtils.Legacy reads its arguments (ansible-core 2.14,
// module_utils/powershell/Ansible.ModuleUtils.Legacy.psm1): no spec, so an unknown argument goes unseen, and no
// `invocation` in the answer.
import { dotNetText, dotNetType } from './basic-convert.js';
import type { ModuleCall } from './call.js';
import { exitJson, failJson, ModuleExit } from './reply.js';

interface TextOptions {
  default?: string;
  required?: boolean;
  /** Compared without regard to case, as PowerShell's -contains does. */
  choices?: readonly string[];
  aliases?: readonly string[];
}

export class LegacyArguments {
  readonly checkMode: boolean;
  readonly diffMode: boolean;
  private readonly call: ModuleCall;

  constructor(call: ModuleCall, options: { supportsCheckMode: boolean }) {
    this.call = call;
    this.checkMode = call.checkMode;
    this.diffMode = call.diffMode;
    if (call.checkMode && !options.supportsCheckMode) {
      throw new ModuleExit(exitJson({ skipped: true, msg: 'remote module does not support check mode' }));
    }
  }

  str(name: string, options: TextOptions = {}): string | null {
    const found = this.find(name, options);
    if (found === undefined) return options.default ?? null;
    const { key, value } = found;
    const text = value === null ? '' : dotNetText(value);
    const { choices } = options;
    if (choices !== undefined && !choices.some((choice) => choice.toLowerCase() === text.toLowerCase())) {
      failJson(`Get-AnsibleParam: Argument ${key} needs to be one of ${choices.join(',')} but was ${text}.`);
    }
    return value === null ? null : text;
  }

  path(name: string, options: TextOptions = {}): string | null {
    const text = this.str(name, options);
    if (text === null) return null;
    const path = this.call.expand(text);
    // Test-Path -IsValid: these are not allowed in a path of the file system.
    // eslint-disable-next-line no-control-regex
    if (/["<>|*?\u0000-\u001f]/.test(path.replace(/^\\\\\?\\/, ''))) {
      failJson(`Get-AnsibleParam: Parameter '${name}' has an invalid path '${path}' specified.`);
    }
    return path;
  }

  bool(name: string, fallback: boolean): boolean {
    const value = this.find(name, {})?.value ?? null;
    if (value === null) return fallback;
    return ['yes', 'on', '1', 'true'].includes(dotNetText(value).toLowerCase());
  }

  /** As it was given, where the module names no type. */
  raw(name: string, options: Pick<TextOptions, 'required' | 'aliases'> = {}): unknown {
    return this.find(name, options)?.value ?? null;
  }

  list(name: string, options: Pick<TextOptions, 'required' | 'aliases'> = {}): unknown[] | null {
    const value = this.find(name, options)?.value ?? null;
    if (value === null) return null;
    if (Array.isArray(value)) return value as unknown[];
    if (typeof value === 'string') return value.split(',').map((item) => item.trim());
    if (dotNetType(value) === 'System.Int32') return [value];
    return failJson(`Get-AnsibleParam: Parameter '${name}' is not a YAML list.`);
  }

  private find(name: string, options: TextOptions): { key: string; value: unknown } | undefined {
    for (const wanted of [name, ...(options.aliases ?? [])]) {
      const key = Object.keys(this.call.arguments).find(
        (given) => given.toLowerCase() === wanted.toLowerCase(),
      );
      if (key !== undefined) return { key, value: this.call.arguments[key] ?? null };
    }
    if (options.required === true) failJson(`Get-AnsibleParam: Missing required argument: ${name}`);
    return undefined;
  }
}
