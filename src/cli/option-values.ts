// `--option name=value`, given as often as needed. What the value means is the role's to say.
import type { OptionValues } from '../catalog/index.js';
import { fail } from '../errors/index.js';

export function parseOptionValues(given: readonly string[]): OptionValues {
  const values: OptionValues = {};
  for (const text of given) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw fail('E_USAGE', { message: `--option takes name=value, not '${text}'.` });
    if (Object.hasOwn(values, name)) throw fail('E_USAGE', { message: `--option ${name} is given twice.` });
    values[name] = value;
  }
  return values;
}
