// Playbooks as YAML. Ansible reads YAML 1.1, where yes, no, 1:30 and 012 are not text: such texts are quoted.
import { Document, isCollection, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import type { AnsibleTask, Commented, TaskValue } from '../requirements/index.js';
import { literal } from './jinja.js';
import { oneLine, plainName } from './text.js';

/** A play, or an import of a playbook, with its keys in the order of the object. */
export interface PlaybookEntry {
  comments: string[];
  keys: Record<string, TaskValue>;
  /** Stand under `tasks`, after the keys. */
  tasks?: AnsibleTask[];
  /** Run whatever becomes of `tasks`, which then are one block of this name. */
  always?: { block: string; tasks: AnsibleTask[] };
}

/** The whole file. `head` stands above the first entry, `tail` after the last one, each a comment. */
export function writePlaybook(
  entries: readonly PlaybookEntry[],
  { head, tail }: { head: string[]; tail: string[] },
): string {
  const list = new YAMLSeq<Node>();
  for (const [index, entry] of entries.entries()) {
    const node = entryNode(entry);
    node.spaceBefore = index > 0;
    list.add(node);
  }
  const document = new Document(undefined, { compat: 'yaml-1.1' });
  document.contents = list;
  const body = document.toString({
    lineWidth: 0,
    directives: false,
    singleQuote: null,
    flowCollectionPadding: false,
  });
  const lines = [...head.map(commentLine), '---', body.trimEnd()];
  if (tail.length > 0) lines.push('', ...tail.map(commentLine));
  return `${lines.join('\n')}\n`;
}

function entryNode({ comments, keys, tasks, always }: PlaybookEntry): YAMLMap {
  const map = mapOf(Object.entries(keys).map(([key, value]) => [key, valueNode(value, 'literal')]));
  if (tasks !== undefined)
    map.add(new Pair(new Scalar('tasks'), always === undefined ? taskList(tasks) : blockList(tasks, always)));
  return commented(map, comments);
}

function blockList(tasks: AnsibleTask[], always: NonNullable<PlaybookEntry['always']>): YAMLSeq<Node> {
  const list = new YAMLSeq<Node>();
  list.add(
    mapOf([
      ['name', new Scalar(plainName(always.block))],
      ['block', taskList(tasks)],
      ['always', taskList(always.tasks)],
    ]),
  );
  return list;
}

function taskList(tasks: AnsibleTask[]): YAMLSeq<Node> {
  const list = new YAMLSeq<Node>();
  for (const [index, task] of tasks.entries()) {
    const node = taskNode(task);
    node.spaceBefore = index > 0;
    list.add(node);
  }
  return list;
}

function taskNode(task: AnsibleTask): YAMLMap {
  const { name, comments, module, args, register, when, keywords } = task;
  const entries: [string, Node][] = [
    ['name', new Scalar(plainName(name))],
    [module, valueNode(args, 'literal')],
  ];
  // Written by the kinds themselves: expressions, not data of a role.
  const own: Record<string, TaskValue | undefined> = { register, when, ...keywords };
  for (const [key, value] of Object.entries(own)) {
    if (value !== undefined) entries.push([key, valueNode(value, 'template')]);
  }
  return commented(mapOf(entries), comments);
}

/** `literal`: data that must not be expanded. `template`: our own text, in which expressions are meant. */
function valueNode(value: TaskValue, as: 'literal' | 'template'): Node {
  if (Array.isArray(value)) {
    const list = new YAMLSeq<Node>();
    for (const item of value) list.add(valueNode(item, as));
    return list;
  }
  if (value === null || typeof value !== 'object') return scalarNode(value, as);
  if (isCommented(value)) {
    const scalar = scalarNode(value.value, as);
    scalar.comment = ` ${oneLine(value.comment)}`;
    return scalar;
  }
  return mapOf(Object.entries(value).map(([key, item]) => [key, valueNode(item, as)]));
}

function isCommented(value: object): value is Commented {
  return 'comment' in value && 'value' in value;
}

function scalarNode(value: string | number | boolean | null, as: 'literal' | 'template'): Scalar {
  if (typeof value !== 'string' || as === 'template') return new Scalar(value);
  const { text, unsafe } = literal(value);
  const scalar = new Scalar(text);
  // Double quotes show every control character as an escape, so nothing hides in the file.
  if (unsafe || /\p{Cc}/u.test(text)) scalar.type = 'QUOTE_DOUBLE';
  if (unsafe) scalar.tag = '!unsafe';
  return scalar;
}

function mapOf(entries: [string, Node][]): YAMLMap {
  const map = new YAMLMap();
  for (const [key, value] of entries) {
    // An empty collection has no lines of its own.
    if (isCollection(value) && value.items.length === 0) value.flow = true;
    map.add(new Pair(new Scalar(key), value));
  }
  return map;
}

function commented(map: YAMLMap, comments: string[]): YAMLMap {
  if (comments.length > 0) map.commentBefore = comments.map((line) => ` ${oneLine(line)}`).join('\n');
  return map;
}

function commentLine(line: string): string {
  return `# ${oneLine(line)}`.trimEnd();
}
