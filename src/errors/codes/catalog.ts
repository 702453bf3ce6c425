// The codes of the room `catalog`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

/** `Did you mean a, b?`, else the whole list where it is short enough to help. */
function suggest(near: readonly string[], known: readonly string[] = []): string[] {
  if (near.length > 0) return [`Did you mean ${near.join(', ')}?`];
  return known.length > 0 && known.length <= 30 ? [`Known: ${known.join(', ')}.`] : [];
}

export const catalogCodes = {
  /** A file of the catalogue or the workspace cannot be read: it is missing, no file, or not UTF-8 text. */
  E_FILE_UNREADABLE: code<{ file: string; reason: string; hint?: string }>({
    title: 'a file cannot be read',
    message: ({ file, reason }) => `${file} cannot be read: ${reason}.`,
    hint: ({ hint }) => hint ?? 'Check its path and its permissions.',
    exit: 2,
  }),
  /** A file is larger than any honest role or workspace file. It was not parsed. */
  E_FILE_TOO_LARGE: code<{ file: string; sizeBytes: number; limitBytes: number }>({
    title: 'a file is too large',
    message: ({ file, sizeBytes, limitBytes }) =>
      `${file} has ${sizeBytes} bytes; such a file may have ${limitBytes} at most.`,
    hint: () =>
      'Check that it is the file meant; a long role can be split into two, one extending the other.',
    exit: 2,
  }),
  /** The file is no YAML, or YAML of a sort that lyncimg does not take: several documents, tags of its own. */
  E_YAML_SYNTAX: code<{ message: string }>({
    title: 'wrong YAML',
    message: ({ message }) => `This is no YAML that lyncimg reads: ${message}.`,
    hint: () => 'Mind the indentation; text that holds one of : # { } [ ] & * ! goes in quotes.',
    exit: 2,
  }),
  /** YAML does not allow tabs as indentation. */
  E_YAML_TAB: code<Record<string, never>>({
    title: 'a tab as indentation',
    message: () => 'The line is indented with a tab, which YAML does not allow.',
    hint: () => 'Indent with spaces.',
    exit: 2,
  }),
  /** The same key stands twice in one mapping; which of them counts would depend on the reader. */
  E_YAML_DUPLICATE_KEY: code<{ key: string }>({
    title: 'a key stands twice',
    message: ({ key }) => `The key ${key} stands twice in the same mapping.`,
    hint: () => 'Keep one of them.',
    exit: 2,
  }),
  /** Anchors and aliases that unfold into more than any role needs: a small file must not fill the memory. */
  E_YAML_ALIASES: code<{ limit: number }>({
    title: 'too many aliases',
    message: ({ limit }) => `The aliases of this file unfold into too much; ${limit} are allowed.`,
    hint: () => 'Write the values out.',
    exit: 2,
  }),
  /** A key that is not known at this place. */
  E_KEY_UNKNOWN: code<{ key: string; near: string[]; known: string[] }>({
    title: 'an unknown key',
    message: ({ key }) => `The key ${key} is not known here.`,
    hint: ({ near, known }) => suggest(near, known),
    exit: 2,
  }),
  /** A value that its place cannot take, or one that is missing. */
  E_VALUE_INVALID: code<{ path: string; message: string; hint: string }>({
    title: 'a wrong value',
    message: ({ path, message }) => (path === '' ? message : `${path}: ${message}`),
    hint: ({ hint }) => hint,
    exit: 2,
  }),
  /** An operating system that lyncimg does not know at all. */
  E_OS_UNKNOWN: code<{ os: string; near: string[]; known: string[] }>({
    title: 'an unknown operating system',
    message: ({ os }) => `There is no operating system ${os}.`,
    hint: ({ near, known }) => suggest(near, known),
    exit: 2,
  }),
  /** A role that neither the catalogue nor the workspace has. */
  E_ROLE_UNKNOWN: code<{ role: string; near: string[]; known?: string[] }>({
    title: 'an unknown role',
    message: ({ role }) => `There is no role ${role}.`,
    hint: ({ near, known }) => suggest(near, known),
    exit: 2,
  }),
  /** Two files define a role of the same name; a role of the catalogue cannot be replaced, only extended. */
  E_ROLE_DUPLICATE: code<{ role: string }>({
    title: 'a role is defined twice',
    message: ({ role }) => `The role ${role} is defined twice.`,
    hint: ({ role }) => `Give one of them a name of its own; to add to the other, write extends: ${role}.`,
    exit: 2,
  }),
  /** Roles that extend each other in a ring. */
  E_ROLE_CYCLE: code<{ chain: string[] }>({
    title: 'roles extend each other in a ring',
    message: ({ chain }) => `Roles extend each other in a ring: ${chain.join(' -> ')}.`,
    hint: () => 'Take one extends away.',
    exit: 2,
  }),
  /** A role supports an operating system that the role it extends does not. */
  E_ROLE_OS_PARENT: code<{ role: string; parent: string; os: string; supported: string[] }>({
    title: 'the parent role does not support the operating system',
    message: ({ role, parent, os }) => `${role} supports ${os}, but ${parent}, which it extends, does not.`,
    hint: ({ parent, supported }) => `${parent} supports ${supported.join(', ')}.`,
    exit: 2,
  }),
  /** A requirement of a kind that there is not. */
  E_KIND_UNKNOWN: code<{ kind: string; near: string[]; known: string[] }>({
    title: 'an unknown kind of requirement',
    message: ({ kind }) => `There is no kind of requirement ${kind}.`,
    hint: ({ near, known }) => suggest(near, known),
    exit: 2,
  }),
  /** A requirement that names no kind, or more than one. */
  E_KIND_COUNT: code<{ kinds: string[]; known: string[] }>({
    title: 'a requirement is of exactly one kind',
    message: ({ kinds }) =>
      kinds.length === 0
        ? 'This requirement names no kind.'
        : `This requirement names ${kinds.length} kinds: ${kinds.join(', ')}.`,
    hint: ({ kinds, known }) =>
      kinds.length === 0
        ? `A requirement is a list item with one of ${known.join(', ')}.`
        : 'Write a list item for each.',
    exit: 2,
  }),
  /** A feature that the operating system does not have. */
  E_FEATURE_UNKNOWN: code<{ message: string; os: string; hint?: string }>({
    title: 'an unknown Windows feature',
    message: ({ message }) => message,
    hint: ({ hint, os }) =>
      hint ?? `Where another Windows has it, say so with when: { os: … }, without ${os}.`,
    exit: 2,
  }),
  /** A requirement that reads well and cannot be meant on this operating system. */
  E_REQUIREMENT_INVALID: code<{ message: string; hint?: string }>({
    title: 'a requirement that cannot be met',
    message: ({ message }) => message,
    hint: ({ hint }) => hint ?? 'Change it, or leave systems out with when: { os: … }.',
    exit: 2,
  }),
  /** A requirement that no role asks for. */
  E_REQUIREMENT_UNKNOWN: code<{ requirement: string; near: string[] }>({
    title: 'an unknown requirement',
    message: ({ requirement, near }) =>
      near.some((id) => id.toLowerCase().endsWith(`/${requirement.toLowerCase()}`))
        ? `${requirement} is the name of several requirements.`
        : `No role asks for a requirement ${requirement}.`,
    hint: ({ near }) => [
      ...suggest(near),
      'lyncimg roles show ROLE --os OS lists the requirements of a role with their ids.',
    ],
    exit: 2,
  }),
  /** Two requirements want different things of the same thing. */
  E_REQUIREMENT_CONFLICT: code<{ id: string; title: string; other: string; role: string }>({
    title: 'two requirements contradict each other',
    message: ({ title, other, role }) => `${title} contradicts ${other} of the role ${role}.`,
    hint: () => 'Keep one of them, or tell them apart by when.',
    exit: 2,
  }),
  /** A requirement does not say which document it comes from. */
  E_SOURCE_MISSING: code<Record<string, never>>({
    title: 'a requirement without a source',
    message: () => 'This requirement does not say where it comes from.',
    hint: () =>
      'Add source: with the id of a document, or with its title, page, date and confidence (unverified if nobody wrote it down).',
    exit: 2,
  }),
  /** A source id that neither the catalogue nor the role's own `sources` has. */
  E_SOURCE_UNKNOWN: code<{ source: string; near: string[] }>({
    title: 'an unknown source',
    message: ({ source }) => `There is no source ${source}.`,
    hint: ({ near }) => [...suggest(near), 'Documents of a role of your own go under its sources:.'],
    exit: 2,
  }),
  /** A pitfall or a conflict that catalog/notes.yaml does not have. */
  E_NOTE_UNKNOWN: code<{ note: string; kind: 'pitfalls' | 'conflicts'; near: string[] }>({
    title: 'an unknown note',
    message: ({ note, kind }) => `There is no entry ${note} under ${kind}.`,
    hint: ({ near }) => [...suggest(near), 'They stand in catalog/notes.yaml; say it in words under notes:.'],
    exit: 2,
  }),
  /** Two roles that no document lets share a machine. */
  E_ROLE_COLLOCATION: code<{ roles: [string, string]; allowed: string[]; source: string | null }>({
    title: 'roles that cannot share a machine',
    message: ({ roles: [a, b], source }) =>
      source === null
        ? `No document says that ${a} and ${b} may share a machine.`
        : `${a} and ${b} may not share a machine (${source}).`,
    hint: ({ roles: [a], allowed }) => [
      allowed.length === 0 ? `${a} stands alone.` : `${a} may share with ${allowed.join(', ')}.`,
      'For an image each, give --role once for each.',
    ],
    exit: 2,
  }),
  /** A workspace parameter that cannot be used, e.g. a certificate file that is none. */
  E_PARAMETER_INVALID: code<{ parameter: string; message: string }>({
    title: 'a wrong workspace parameter',
    message: ({ parameter, message }) => `Parameter ${parameter}: ${message}`,
    hint: ({ parameter }) => `Mend ${parameter} under parameters: of lyncimg.yaml, or take it out.`,
    exit: 2,
  }),
  /** An option that neither the role nor a parent declares. */
  E_OPTION_UNKNOWN: code<{ role: string; option: string; near: string[]; known: string[] }>({
    title: 'an unknown role option',
    message: ({ role, option }) => `The role ${role} has no option ${option}.`,
    hint: ({ near, known }) => suggest(near, known),
    exit: 2,
  }),
  /** A value that an option cannot have, or an option that a child role declares again as another one. */
  E_OPTION_INVALID: code<{ option: string; message: string; hint?: string }>({
    title: 'a wrong role option',
    message: ({ option, message }) => `Option ${option}: ${message}`,
    hint: ({ option, hint }) => hint ?? `Give ${option} such a value, or take it out.`,
    exit: 2,
  }),
};
