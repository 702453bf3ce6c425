// The codes of the room `verify` and of the command that starts it. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const verifyCodes = {
  /**
   * The machine runs another Windows than the one that the role was planned for. Nothing was judged: the question
   * does not fit the machine, which is wrong use and says nothing of the machine's worth.
   */
  E_VERIFY_OS: code<{ expected: string; found: string }>({
    title: 'a machine of another operating system',
    message: ({ expected, found }) => `The checks are those for ${expected}, but the machine runs ${found}.`,
    hint: () => 'Name the machine that was meant, or the operating system that it runs with --os.',
    exit: 2,
  }),
  /** No --os was given and the host does not tell a version that the catalogue knows. */
  E_VERIFY_OS_UNKNOWN: code<{ found: string | null; known: string[] }>({
    title: 'an operating system that the catalogue does not know',
    message: ({ found }) =>
      found === null
        ? 'The machine does not tell which Windows it runs.'
        : `The machine runs Windows ${found}, which the catalogue does not know.`,
    hint: ({ known }) => `Give --os with one of ${known.join(', ')}, if that is what it runs.`,
    exit: 2,
  }),
  /** A file that should hold the report of a verification does not. */
  E_VERIFY_REPORT: code<{ reason: string }>({
    title: 'not a report of lyncimg verify',
    message: ({ reason }) => `This is not a report of lyncimg verify: ${reason}`,
    exit: 3,
  }),
  /** No password by environment or file, and nobody at a terminal to ask. */
  E_PASSWORD_MISSING: code<{ user: string }>({
    title: 'no password',
    message: ({ user }) => `There is no password for ${user}, and no terminal to ask for it.`,
    hint: () => 'Set LYNCIMG_PASSWORD, or name a file that holds the password with --password-file.',
    exit: 2,
  }),
  /** The file given with --password-file cannot serve. */
  E_PASSWORD_FILE: code<{ reason: string }>({
    title: 'a password file that cannot be used',
    message: ({ reason }) => `The password file cannot be used: ${reason}.`,
    hint: () => 'It holds the password on one line, in UTF-8, and nothing else.',
    exit: 2,
  }),
  /** A host address that is none. */
  E_HOST_ADDRESS: code<{ text: string; reason: string }>({
    title: 'a host address that cannot be read',
    message: ({ text, reason }) => `'${text}' is not the address of a host: ${reason}.`,
    hint: () => 'Write HOST, HOST:PORT, or an IPv6 address in brackets: [fd00::15]:5986.',
    exit: 2,
  }),
  /** --layer names a layer that the plan has not got. */
  E_VERIFY_LAYER: code<{ layer: string; names: string[]; near: string[] }>({
    title: 'a layer that the plan does not have',
    message: ({ layer }) => `The plan has no layer '${layer}'.`,
    hint: ({ names, near }) =>
      near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Its layers are ${names.join(', ')}.`,
    exit: 2,
  }),
  /** The file given with --ca-file cannot serve. */
  E_CA_FILE: code<{ reason: string }>({
    title: 'a file of authorities that cannot be read',
    message: ({ reason }) => `The file with the certificate authorities cannot be read: ${reason}.`,
    hint: () => "It holds the certificate that signed the host's one, in PEM form (BEGIN CERTIFICATE).",
    exit: 2,
  }),
  /** A file that --output, --junit or --facts names cannot be written. */
  E_VERIFY_OUTPUT: code<{ reason: string }>({
    title: 'a report file that cannot be written',
    message: ({ reason }) => `The report cannot be written there: ${reason}.`,
    hint: () => 'Name a file in a folder that exists and that you may write to.',
    exit: 2,
  }),
};
