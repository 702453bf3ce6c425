// Every single change to an answer file: each a file of its own, with one thing wrong.
import { components } from './model/reference.js';
import { passes } from './model/rules.js';
import { readUnattend, writeUnattend, type UnattendNode } from './model/unattend.js';

/** What was done to one element. */
export type Change =
  | 'pass'
  | 'component'
  | 'attribute-gone'
  | 'attribute-changed'
  | 'gone'
  | 'renamed'
  | 'twice'
  | 'swapped'
  | 'lifted'
  | 'number'
  | 'emptied'
  | 'flipped'
  | 'text';

export interface Mutant {
  change: Change;
  /** Of the element, e.g. `settings[windowsPE]/component[Microsoft-Windows-Setup]/UserData/AcceptEula`. */
  at: string;
  to: string;
  file: string;
}

/** Where an element stands: the indexes of its ancestors and itself among their siblings. */
type Path = readonly number[];

export function mutantsOf(text: string, changes: readonly Change[]): Mutant[] {
  const root = readUnattend(text);
  const list: Mutant[] = [];
  const add = (change: Change, path: Path, to: string, apply: Apply): void => {
    if (!changes.includes(change)) return;
    list.push({ change, at: nameOf(root, path), to, file: changed(root, path, apply) });
  };
  for (const path of pathsOf(root)) {
    const node = at(root, path);
    for (const value of otherNames(node)) {
      const key = node.name === 'settings' ? 'pass' : 'name';
      add(key === 'pass' ? 'pass' : 'component', path, value, (own) => (own.attributes[key] = value));
    }
    for (const [key, value] of Object.entries(node.attributes)) {
      add('attribute-gone', path, key, (own) => Reflect.deleteProperty(own.attributes, key));
      add('attribute-changed', path, key, (own) => (own.attributes[key] = `${value}x`));
    }
    add('renamed', path, `${node.name}s`, (own) => (own.name += 's'));
    if (node.children.length === 0) changesOfValue(node, path, add);
    else add('text', path, 'x', (own) => (own.text = 'x'));
    if (path.length > 0) changesOfPlace(root, path, add);
  }
  return list;
}

type Apply = (
  own: UnattendNode,
  siblings: UnattendNode[],
  index: number,
  above: UnattendNode[] | null,
) => unknown;
type Add = (change: Change, path: Path, to: string, apply: Apply) => void;

function changesOfValue(node: UnattendNode, path: Path, add: Add): void {
  add('emptied', path, '', (own) => (own.text = ''));
  if (node.text === 'true' || node.text === 'false') {
    const other = node.text === 'true' ? 'false' : 'true';
    add('flipped', path, other, (own) => (own.text = other));
  }
  if (!/^(Order|PartitionID|DiskID)$/.test(node.name)) return;
  for (const other of ['0', '1', '2', '3', '4', '5', '-1', 'x'].filter((text) => text !== node.text)) {
    add('number', path, other, (own) => (own.text = other));
  }
}

function changesOfPlace(root: UnattendNode, path: Path, add: Add): void {
  const siblings = at(root, path.slice(0, -1)).children;
  add('gone', path, '', (_, list, index) => list.splice(index, 1));
  add('twice', path, '', (own, list, index) => list.splice(index, 0, structuredClone(own)));
  const next = siblings[path.at(-1)! + 1];
  if (next !== undefined) {
    add('swapped', path, next.name, (own, list, index) => list.splice(index, 2, list[index + 1]!, own));
  }
  if (path.length > 1) {
    add('lifted', path, 'its parent', (own, list, index, above) => {
      list.splice(index, 1);
      above?.push(own);
    });
  }
}

function otherNames({ name, attributes }: UnattendNode): string[] {
  if (name === 'settings') return [...passes, 'firstLogon'].filter((pass) => pass !== attributes['pass']);
  if (name !== 'component') return [];
  return [...Object.keys(components), 'Microsoft-Windows-Nothing'].filter(
    (other) => other !== attributes['name'],
  );
}

function pathsOf(node: UnattendNode, path: Path = []): Path[] {
  return [path, ...node.children.flatMap((child, index) => pathsOf(child, [...path, index]))];
}

function at(root: UnattendNode, path: Path): UnattendNode {
  return path.reduce((node, index) => node.children[index]!, root);
}

function changed(root: UnattendNode, path: Path, apply: Apply): string {
  const copy = structuredClone(root);
  const parent = path.length === 0 ? null : at(copy, path.slice(0, -1));
  const above = path.length < 2 ? null : at(copy, path.slice(0, -2)).children;
  apply(at(copy, path), parent?.children ?? [], path.at(-1) ?? 0, above);
  return writeUnattend(copy);
}

function nameOf(root: UnattendNode, path: Path): string {
  const names = path.map((_, index) => {
    const { name, attributes } = at(root, path.slice(0, index + 1));
    const label = attributes['pass'] ?? attributes['name'];
    return label === undefined ? name : `${name}[${label}]`;
  });
  return names.join('/');
}
