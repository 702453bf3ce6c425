// The codes of the command line itself. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const cliCodes = {
  /** Something that lyncimg did not foresee: a defect of ours. The message of the cause is kept. */
  E_INTERNAL: code<{ message: string }>({
    title: 'a defect of lyncimg',
    message: ({ message }) => `lyncimg met something it did not foresee: ${message}`,
    hint: () => 'Run the same command with --verbose and report what it prints.',
    exit: 70,
  }),
  /** SIGINT (Ctrl-C). */
  E_INTERRUPTED: code<{ state: string }>({
    title: 'interrupted',
    message: ({ state }) => `Interrupted. ${state}`,
    exit: 130,
  }),
  /** SIGTERM, or SIGHUP: the terminal was closed. */
  E_TERMINATED: code<{ state: string }>({
    title: 'terminated',
    message: ({ state }) => `Terminated. ${state}`,
    exit: 143,
  }),
  /** What a command prints on stdout cannot be written (a full disk behind `>`). A reader that has gone is none. */
  E_OUTPUT_STREAM: code<{ reason: string }>({
    title: 'the results cannot be written to stdout',
    message: ({ reason }) => `The results of the command cannot be written to stdout: ${reason}.`,
    hint: () => 'Send stdout to another place. What was complete is kept.',
    exit: 3,
  }),
  /** A flag, argument or combination that the command cannot take. */
  E_USAGE: code<{ message: string; hint?: string }>({
    title: 'wrong use of a command',
    message: ({ message }) => message,
    hint: ({ hint }) => hint ?? [],
    exit: 2,
  }),
  /** `init` writes nothing over what is there. */
  E_INIT_EXISTS: code<{ folder: string; files: string[] }>({
    title: 'files of a workspace are there already',
    message: ({ folder, files }) => `${folder} has ${files.join(', ')} already; nothing was written.`,
    hint: () =>
      'Start in another folder, or move them away; lyncimg init --schemas writes the schemas of this version again.',
    exit: 2,
  }),
};
