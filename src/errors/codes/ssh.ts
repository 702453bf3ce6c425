// The codes of the room `ssh`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

export const sshCodes = {
  /** `--jump` is no address of a bastion. */
  E_SSH_ADDRESS: code<{ text: string; reason: string }>({
    title: 'an address of a bastion that cannot be read',
    message: ({ text, reason }) => `'${text}' is not the address of an SSH bastion: ${reason}.`,
    hint: () => 'Write USER@HOST, USER@HOST:PORT, or an IPv6 address in brackets: admin@[fd00::15]:22.',
    exit: 2,
  }),
  /** A file of known hosts is there and cannot be used. */
  E_SSH_KNOWN_HOSTS: code<{ file: string; reason: string }>({
    title: 'a known_hosts file that cannot be used',
    message: ({ file, reason }) => `The host keys in ${file} cannot be read: ${reason}.`,
    hint: () => 'Without it a host key that was revoked or changed could pass; nothing was connected to.',
    exit: 2,
  }),
  /** There is no SSH connection to the bastion: no name, no route, nobody listens, no SSH, no answer in time. */
  E_SSH_CONNECT: code<{ bastion: string; reason: string }>({
    title: 'a bastion cannot be reached',
    message: ({ bastion, reason }) => `No SSH connection to the bastion ${bastion}: ${reason}.`,
    hint: ({ bastion }) =>
      `Check the address and the port; 'ssh -v ${sshArguments(bastion)}' tells what ssh itself finds.`,
    exit: 3,
  }),
  /** The bastion's host key is not the known one. Nothing of the user was sent. */
  E_SSH_HOST_KEY: code<{
    /** As known_hosts names it. */
    bastion: string;
    verdict: 'unknown' | 'changed' | 'revoked';
    keyType: string;
    fingerprint: string;
    /** `file:line` of the line that disagrees. */
    entry: string | null;
    otherTypes: readonly string[];
    hasAuthority: boolean;
    forget: string;
    add: string;
  }>({
    title: "a bastion's host key is not trusted",
    message: ({ bastion, verdict, keyType, fingerprint, entry, otherTypes, hasAuthority }) =>
      [
        `The host key of the bastion ${bastion} is ${hostKeyWords[verdict]}${entry === null ? '' : ` (${entry})`}. Nothing was sent.`,
        `It shows a key of type ${keyType} with the fingerprint ${fingerprint}.`,
        ...(otherTypes.length > 0 ? [`Known of it are keys of other types: ${otherTypes.join(', ')}.`] : []),
        ...(hasAuthority
          ? [
              'A @cert-authority is known for it, but lyncimg reads no host certificates: it needs the plain key.',
            ]
          : []),
      ].join('\n'),
    hint: ({ verdict, forget, add }) => {
      if (verdict === 'revoked') return 'Do not connect to it: whoever holds this key may read what is sent.';
      const compare = `${add}   (adds the key and prints its fingerprint: compare the fingerprint)`;
      if (verdict === 'unknown') {
        return [
          `Ask whoever runs the bastion for the fingerprint of its key. If it is the one above: ${compare}`,
        ];
      }
      return [
        'Somebody may stand between here and the bastion. Ask whoever runs it whether its key was changed.',
        `If so: ${forget}`,
        `Then: ${compare}`,
      ];
    },
    exit: 3,
  }),
  /** The bastion took no key and no password of the user. */
  E_SSH_AUTH: code<{
    bastion: string;
    user: string;
    tried: readonly string[];
    unusable: readonly string[];
    offers: readonly string[];
    /** What the bastion said as it ended the connection; null where nothing was left to try. */
    ended: string | null;
  }>({
    title: 'a bastion refuses the user',
    message: ({ bastion, user, tried, unusable, offers, ended }) =>
      [
        `The bastion ${bastion} does not let ${user} in${ended === null ? '' : `: ${ended}`}. It offers: ${list(offers)}.`,
        `Tried: ${list(tried)}.`,
        ...unusable.map((what) => `Not tried: ${what}.`),
      ].join('\n'),
    hint: ({ tried, offers }) =>
      tried.length === 0 && offers.length > 0 && offers.every((offer) => offer === 'keyboard-interactive')
        ? 'It asks at a keyboard only, which a program should not guess answers for: let it take a key.'
        : 'Add a key to the agent (ssh-add), set LYNCIMG_SSH_PASSPHRASE for a key that is locked, or LYNCIMG_SSH_PASSWORD for a password.',
    exit: 3,
  }),
  /** The bastion is there, but does not connect to a host behind it. */
  E_SSH_CHANNEL: code<{ bastion: string; host: string; reason: string }>({
    title: 'a host behind a bastion cannot be reached',
    message: ({ bastion, host, reason }) =>
      `No connection to ${host} through the bastion ${bastion}: ${reason}.`,
    hint: () =>
      'The name and the port are looked up by the bastion, not here. Its sshd must allow it: AllowTcpForwarding, PermitOpen.',
    exit: 3,
  }),
  /** The connection to the bastion ended while hosts behind it were being asked. */
  E_SSH_LOST: code<{ bastion: string; reason: string }>({
    title: 'the bastion was lost',
    message: ({ bastion, reason }) => `The connection to the bastion ${bastion} ended: ${reason}.`,
    hint: () => 'Everything that went through it ended with it. Run the command again.',
    exit: 3,
  }),
};

const hostKeyWords = {
  unknown: 'not known',
  changed: 'another one than is known',
  revoked: 'revoked',
} as const;

function list(items: readonly string[]): string {
  return items.length === 0 ? 'nothing' : items.join(', ');
}

/** `user@host:22` as ssh takes it. */
function sshArguments(bastion: string): string {
  const [, host = bastion, port] = /^(.*?@(?:\[[^\]]+\]|[^:]+)):(\d+)$/.exec(bastion) ?? [];
  return port === undefined ? host : `-p ${port} ${host.replace(/\[([^\]]+)\]$/, '$1')}`;
}
