// The codes of the room `verify` and of the command that starts it. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const verifyCodes = {
  /** The host was not done within --host-timeout: what it had answered is judged, the rest is unknown. */
  E_VERIFY_HOST_TIMEOUT: code<{ host: string; seconds: number }>({
    title: 'a host that took too long',
    message: ({ host, seconds }) => `${host} was not done within the ${seconds} s that each host is given.`,
    hint: () =>
      'Give it longer with --host-timeout; the first questions to a host that has just started take long.',
    exit: 3,
  }),
  /** The whole run was not done within --timeout: hosts that were not asked, and questions not answered, are unknown. */
  E_VERIFY_RUN_TIMEOUT: code<{ seconds: number }>({
    title: 'a run that took too long',
    message: ({ seconds }) => `The run was not done within its ${seconds} s.`,
    hint: () => 'Give it longer with --timeout, or ask more hosts at the same time with --concurrency.',
    exit: 3,
  }),
  /** A host was not asked, because another one had refused the credential: each further try could lock the account. */
  E_VERIFY_NOT_ASKED: code<{ host: string; refusal: string }>({
    title: 'a host that was not asked',
    message: ({ host, refusal }) =>
      `${host} was not asked, because the credential was refused before: ${refusal}`,
    hint: () => 'Correct the user or the password; hosts with another account need a run of their own.',
    exit: 3,
  }),
  /** A file given with --from does not hold the facts of hosts. */
  E_VERIFY_FACTS: code<{ reason: string }>({
    title: 'not facts of lyncimg verify',
    message: ({ reason }) => `These are not facts of a host: ${reason}.`,
    hint: () => 'It is a file that verify --save-facts wrote: JSON lines, one host a line.',
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
  /** The file given with --hosts-file cannot serve. */
  E_HOSTS_FILE: code<{ reason: string }>({
    title: 'a file of hosts that cannot be used',
    message: ({ reason }) => `The file with the hosts cannot be used: ${reason}.`,
    hint: () => 'It holds one host a line (HOST, HOST:PORT or [IPv6]:PORT); # begins a comment.',
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
  /** A file that --output, --junit or --save-facts names cannot be written. */
  E_VERIFY_OUTPUT: code<{ reason: string }>({
    title: 'a report file that cannot be written',
    message: ({ reason }) => `The report cannot be written there: ${reason}.`,
    hint: () => 'Name a file in a folder that exists and that you may write to.',
    exit: 2,
  }),
};
