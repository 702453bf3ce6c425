// The codes of the room `twin`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const twinCodes = {
  /** `--os` names an operating system that the twin does not model. */
  E_TWIN_OS: code<{ os: string; known: string[] }>({
    title: 'the twin does not model this operating system',
    message: ({ os }) => `The twin does not model the operating system "${os}".`,
    hint: ({ known }) => `Modelled: ${known.join(', ')}.`,
    exit: 2,
  }),
  /** Where no state is, the machine is new, and nothing says which Windows it is. */
  E_TWIN_OS_MISSING: code<{ file: string; known: string[] }>({
    title: 'nothing says which Windows the new machine is',
    message: ({ file }) =>
      `There is no state file ${file}, so the machine would be new, and --os is not given.`,
    hint: ({ file, known }) => [
      `For a new machine: lyncimg twin start --os ${known.at(-1) ?? ''} --state ${file}`,
      'For one that was saved: check the path.',
    ],
    exit: 2,
  }),
  /** The state belongs to another operating system than `--os` says. */
  E_TWIN_OTHER_OS: code<{ file: string; os: string; found: string }>({
    title: 'the state is of another operating system',
    message: ({ file, os, found }) => `${file} is the state of a ${found} machine, not of ${os}.`,
    hint: ({ found }) => `Start it with --os ${found}, or give another file to --state.`,
    exit: 2,
  }),
  /** `--before-first-boot` asks for what this machine never was, or is no more. */
  E_TWIN_BEFORE_FIRST_BOOT: code<{ reason: string }>({
    title: 'no machine is to be had as Setup leaves it',
    message: ({ reason }) => `--before-first-boot does not fit: ${reason}.`,
    hint: () => 'It is for a new machine: lyncimg twin start --os 2008r2 --before-first-boot',
    exit: 2,
  }),
  /** The state file is not there. */
  E_TWIN_STATE_MISSING: code<{ file: string }>({
    title: 'there is no such state file',
    message: ({ file }) => `There is no state file ${file}.`,
    hint: () => 'Check the path.',
    exit: 2,
  }),
  /** The state file is not one, or was changed by hand into one that no machine could have. */
  E_TWIN_STATE_FILE: code<{ file: string; reason: string }>({
    title: 'the state file cannot be used',
    message: ({ file, reason }) => `${file} is no state of a machine at rest: ${reason}.`,
    hint: () => 'Give a state.json that a twin or the image store wrote.',
    exit: 2,
  }),
  /** The state cannot be written there; what stood there before is as it was. */
  E_TWIN_STATE_WRITE: code<{ file: string; reason: string }>({
    title: 'the state could not be saved',
    message: ({ file, reason }) => `The state of the machine cannot be written to ${file}: ${reason}.`,
    hint: () => 'A file that was there is as it was before. Make room, or check who may write there.',
    exit: 3,
  }),
  /** The answer folder lacks a file, or a file in it is wrong. */
  E_TWIN_ANSWER: code<{ folder: string; reason: string }>({
    title: 'the answer disc cannot be used',
    message: ({ folder, reason }) => `The folder ${folder} is no answer disc: ${reason}.`,
    hint: () =>
      'An answer disc holds answer.json (label LYNCIMG, format 1), ca.crt, server.crt and server.key.',
    exit: 2,
  }),
  /** The file given with --client-ca cannot serve. */
  E_TWIN_CLIENT_CA: code<{ reason: string }>({
    title: 'an authority of client certificates that cannot be used',
    message: ({ reason }) => `The authority of client certificates cannot be used: ${reason}.`,
    hint: () => 'It is the certificate that signed those of the clients, in PEM form (BEGIN CERTIFICATE).',
    exit: 2,
  }),
  /** An answer disc without a password, or a password that a Windows account could not have. */
  E_TWIN_PASSWORD: code<{ reason: string }>({
    title: 'the administrator has no usable password',
    message: ({ reason }) => `The administrator of the twin has no usable password: ${reason}.`,
    hint: () => 'Put the password in the environment variable LYNCIMG_TWIN_PASSWORD.',
    exit: 2,
  }),
  /** A sealed state has no boot task: an answer disc does nothing there, and no listener would ever open. */
  E_TWIN_SEALED: code<{ file: string }>({
    title: 'a sealed state takes no answer disc',
    message: ({ file }) =>
      `${file} is sealed: it has no boot task that would take the key of an answer disc, so no listener would open.`,
    hint: () =>
      'Start it without --answer: it then gets a key of its own, as a person sets up WinRM on a new machine.',
    exit: 2,
  }),
  /** A port that was asked for is in use, or needs rights that this user does not have. */
  E_TWIN_PORT: code<{ port: number; flag: string; reason: string }>({
    title: 'a port of the twin cannot be opened',
    message: ({ port, reason }) => `The twin cannot listen on port ${port} of 127.0.0.1: ${reason}.`,
    hint: ({ flag }) => `Give another port, or ${flag} 0 for any free one.`,
    exit: 3,
  }),
  /** The media folder is not there or is no folder. */
  E_TWIN_MEDIA: code<{ folder: string }>({
    title: 'the media folder cannot be used',
    message: ({ folder }) => `The media folder ${folder} is not there or is no folder.`,
    hint: () => 'Give the folder that becomes drive E: to --media.',
    exit: 2,
  }),
  /** The file of `--trace` cannot be opened. */
  E_TWIN_TRACE: code<{ file: string; reason: string }>({
    title: 'the trace cannot be written',
    message: ({ file, reason }) => `The trace cannot be written to ${file}: ${reason}.`,
    hint: () => 'Give another file to --trace, or leave it out.',
    exit: 2,
  }),
  /** `--as` names a file that describes no machine. */
  E_TWIN_DEPLOYMENT: code<{ file: string; reason: string }>({
    title: 'the description of the machine is wrong',
    message: ({ file, reason }) => `${file} does not describe a machine: ${reason}.`,
    hint: () => 'docs/fidelity.md lists the keys of such a file (A machine of your own).',
    exit: 2,
  }),
  /** The state cannot be sealed as it is; nothing was written. */
  E_TWIN_SEAL: code<{ reason: string }>({
    title: 'the state cannot be sealed',
    message: ({ reason }) => `The state cannot be sealed: ${reason}.`,
    hint: () => 'Seal the un-keyed state of a layer, as a build leaves it.',
    exit: 2,
  }),
};
