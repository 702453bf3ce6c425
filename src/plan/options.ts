// What a role's options are set to: the values given, checked, over the role's own defaults.
import type { OptionModel, OptionValues, RoleModel } from '../catalog/index.js';
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import { nearest } from '../util/index.js';

/** Every option of the role with its value. Text is taken for a boolean (`--option name=true`); all problems at once. */
export function resolveOptions(role: RoleModel, given: OptionValues): Checked<OptionValues> {
  const known = Object.keys(role.options).sort();
  const found: LyncimgError[] = [];
  const values: OptionValues = {};
  for (const name of known) values[name] = optionOf(role, name).default;

  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(role.options, name)) {
      found.push(
        fail('E_OPTION_UNKNOWN', { role: role.name, option: name, near: nearest(name, known), known }),
      );
      continue;
    }
    const read = readValue(optionOf(role, name), value);
    if (read === undefined) {
      const message = `it takes ${expectedOf(optionOf(role, name))}, not "${String(value)}".`;
      found.push(fail('E_OPTION_INVALID', { option: name, message }));
    } else values[name] = read;
  }
  return found.length > 0 ? problems(found) : ok(values);
}

function optionOf(role: RoleModel, name: string): OptionModel {
  const option = role.options[name];
  if (option === undefined) throw new Error(`option ${name} of ${role.name} vanished`);
  return option;
}

function readValue(option: OptionModel, value: string | boolean): string | boolean | undefined {
  if (option.type === 'boolean') {
    if (typeof value === 'boolean') return value;
    const word = value.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    return undefined;
  }
  // YAML reads `on` and `true` as booleans: no word of ours.
  if (typeof value === 'boolean') return undefined;
  if (option.type === 'enum') return option.values.includes(value) ? value : undefined;
  return value;
}

function expectedOf(option: OptionModel): string {
  if (option.type === 'boolean') return 'true or false';
  return option.type === 'enum' ? `one of ${option.values.join(', ')}` : 'text';
}
