// Settings against their rules: known to the system and allowed in the pass, with the right attributes, once each or
// numbered, of the right form, none missing, in order.
import type { Problem, Purpose } from './machine.js';
import type { Pass, SettingRule } from './rules.js';
import type { UnattendNode } from './unattend.js';

interface Place {
  pass: Pass;
  purpose: Purpose;
  at: string;
}

export function settingProblems(
  parent: UnattendNode,
  rules: Readonly<Record<string, SettingRule>>,
  place: Place,
): Problem[] {
  const { pass, purpose } = place;
  const list: Problem[] = [];
  const add = (rule: Problem['rule'], name: string, says: string): number =>
    list.push({ rule, at: `${place.at}/${name}`, says });
  if (parent.text !== '' || parent.children.length === 0)
    add('value', '', 'settings are expected here, and no text');

  let last = -1;
  for (const node of parent.children) {
    const rule = Object.hasOwn(rules, node.name) ? rules[node.name]! : null;
    if (rule === null || rule.systems?.includes(purpose.system) === false) {
      add('unknown', node.name, `no setting of ${purpose.system}`);
      continue;
    }
    const index = Object.keys(rules).indexOf(node.name);
    if (index < last) add('order', node.name, 'it stands elsewhere');
    last = index;
    list.push(...problemsOf(node, rule, place));
  }
  for (const [name, rule] of Object.entries(rules)) {
    const here = parent.children.filter((node) => node.name === name);
    if (here.length > 1 && rule.list === undefined) add('duplicate', name, 'it stands there twice');
    if (rule.list !== undefined) list.push(...numberProblems(here, `${place.at}/${name}`));
    const isExpected =
      rule.passes?.includes(pass) !== false && rule.systems?.includes(purpose.system) !== false;
    if (here.length === 0 && isExpected && rule.needed?.(purpose, pass) === true)
      add('missing', name, 'it is missing');
  }
  return list;
}

function problemsOf(node: UnattendNode, rule: SettingRule, place: Place): Problem[] {
  const { pass, purpose } = place;
  const at = `${place.at}/${node.name}`;
  const list: Problem[] = [];
  if (rule.passes?.includes(pass) === false) list.push({ rule: 'pass', at, says: `not in ${pass}` });
  const why = rule.barred?.(purpose) ?? null;
  if (why !== null) list.push({ rule: 'value', at, says: why });
  if (!hasAttributes(node, rule)) list.push({ rule: 'attribute', at, says: JSON.stringify(node.attributes) });
  if (rule.children !== undefined)
    return [...list, ...settingProblems(node, rule.children, { ...place, at })];
  if (node.children.length > 0 || rule.value?.(node.text, purpose) !== true) {
    list.push({ rule: 'value', at, says: JSON.stringify(node.text) });
  }
  return list;
}

function hasAttributes({ attributes }: UnattendNode, { list }: SettingRule): boolean {
  const { 'wcm:action': action, 'wcm:keyValue': keyValue, ...rest } = attributes;
  if (Object.keys(rest).length > 0) return false;
  if (list === undefined) return action === undefined && keyValue === undefined;
  return action === 'add' && (list === 'key' ? (keyValue ?? '') !== '' : keyValue === undefined);
}

/** By Order, or by wcm:keyValue, items count from 1 without a gap; an item of another kind must be the only one. */
function numberProblems(items: readonly UnattendNode[], at: string): Problem[] {
  const numbers = items.map(
    ({ attributes, children }) =>
      attributes['wcm:keyValue'] ?? children.find(({ name }) => name === 'Order')?.text ?? '1',
  );
  const wanted = items.map((_, index) => String(index + 1));
  const sorted = numbers.toSorted((a, b) => Number(a) - Number(b));
  if (sorted.join() !== wanted.join()) return [{ rule: 'number', at, says: numbers.join() }];
  return numbers.join() === wanted.join() ? [] : [{ rule: 'order', at, says: numbers.join() }];
}
