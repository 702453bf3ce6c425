// The codes of the room `tools` and of the host that lyncimg runs on. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

/** A program of the right name that was not taken, and why. */
export interface PassedOver {
  path: string;
  why: string;
}

export const toolsCodes = {
  /** A program that lyncimg works with is not on the PATH. */
  E_TOOL_MISSING: code<{ tool: string; install: string }>({
    title: 'a tool is not installed',
    message: ({ tool }) => `${tool} was not found in any folder of PATH.`,
    hint: ({ install }) => install,
    exit: 3,
  }),
  /** There are programs of that name on the PATH, and none of them is the one wanted (cracklib has a `packer`). */
  E_TOOL_WRONG: code<{ tool: string; passedOver: PassedOver[]; install: string }>({
    title: 'another program has the name of a tool',
    message: ({ tool, passedOver }) =>
      [
        `No program named ${tool} on the PATH is the one that lyncimg needs.`,
        ...passedOver.map(({ path, why }) => `${path}: ${why}`),
      ].join('\n'),
    hint: ({ install }) => [install, 'Or put the folder of the right one into PATH.'],
    exit: 3,
  }),
  /** Ansible is there, but the Python that it runs on cannot load pywinrm, its connection to Windows. */
  E_TOOL_PYWINRM: code<{ ansible: string; python: string; why: string; install: string }>({
    title: 'Ansible has no pywinrm',
    message: ({ ansible, python, why }) =>
      `${ansible} runs on ${python}, which cannot load pywinrm (${why}). Without it Ansible cannot speak to Windows.`,
    hint: ({ install }) => install,
    exit: 3,
  }),
  /** A program could not be started at all. */
  E_TOOL_START: code<{ file: string; why: string }>({
    title: 'a tool could not be started',
    message: ({ file, why }) => `${file} could not be started: ${why}.`,
    exit: 3,
  }),
  /** The disk, or this user's share of it, is full. */
  E_DISK_FULL: code<{ path: string; quota: boolean }>({
    title: 'the disk is full',
    message: ({ path, quota }) =>
      quota
        ? `The disk quota is used up: ${path} could not be written.`
        : `No space is left to write ${path}.`,
    hint: () =>
      'Make room there, or point LYNCIMG_HOME to a folder on another disk, and run the command again.',
    exit: 3,
  }),
  /** A file or folder may not be read or written by this user, or has no place to be in. */
  E_FILE_ACCESS: code<{ path: string; reason: string }>({
    title: 'a file may not be read or written',
    message: ({ path, reason }) =>
      reason === 'EROFS'
        ? `${path} lies on a read-only file system.`
        : reason === 'ENOTDIR'
          ? `${path} cannot be a folder: a file is in its way.`
          : reason === 'ENOENT'
            ? `${path} is not there, or the folder that it is to lie in is not.`
            : `Access to ${path} was refused (${reason}).`,
    hint: ({ reason }) =>
      reason === 'ENOENT'
        ? 'Make that folder, or correct what names it (TMPDIR, LYNCIMG_HOME, --output).'
        : 'Check its owner and mode, or point TMPDIR, LYNCIMG_HOME or --output to a folder of your own.',
    exit: 3,
  }),
};
