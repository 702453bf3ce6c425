// Errors of sockets and of ssh2, told by what they mean.
import { fail, type LyncimgError } from '../errors/index.js';
import { networkReason } from '../util/index.js';
import type { HostKeyJudgement } from './host-key.js';
import { knownHostsName, type JumpAddress } from './jump.js';

/** Why a connection did not come about, or ended. */
export function connectionReason(error: Error): string {
  const known = networkReason((error as { code?: unknown }).code);
  if (known !== undefined) return known;
  if (error.message === 'Keepalive timeout') return 'it does not answer any more';
  if (error.message === 'Connection lost before handshake')
    return 'it closed the connection and spoke no SSH';
  return ownWords(error.message);
}

/** What a bastion says may be anything: one line of it, without control characters, and not much. */
export function ownWords(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Surrogate}\s]+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** RFC 4254, section 5.1. */
const channelReasons: ReadonlyMap<number, string> = new Map([
  [1, 'the bastion does not allow it (administratively prohibited)'],
  [2, 'the bastion cannot connect to it'],
  [3, 'the bastion knows no such forwarding'],
  [4, 'the bastion has no more room for connections'],
]);

/** A channel that the bastion refused to open; null where the error is not a refusal but the bastion's end. */
export function channelRefusal(error: Error, bastion: string, host: string): LyncimgError | null {
  const { reason } = error as { reason?: unknown };
  if (reason === undefined) return null;
  const known = typeof reason === 'number' ? channelReasons.get(reason) : undefined;
  const said = ownWords(error.message.replace(/^\(SSH\) Channel open failure: /, ''));
  const words = known === undefined ? said : `${known}${said === '' ? '' : `: ${said}`}`;
  return fail('E_SSH_CHANNEL', { bastion, host, reason: words }, { where: { host } });
}

/** The refusal of a host key, with the commands that would make it known. */
export function hostKeyRefusal(
  { verdict, type, fingerprint, entry, otherTypes, hasAuthority }: HostKeyJudgement,
  { address, file }: { address: JumpAddress; file: string },
): LyncimgError {
  const { host, port } = address;
  const name = knownHostsName(host, port);
  return fail(
    'E_SSH_HOST_KEY',
    {
      bastion: name,
      verdict: verdict === 'known' ? 'unknown' : verdict,
      keyType: type,
      fingerprint,
      entry: entry === null ? null : `${entry.file}:${entry.line}`,
      otherTypes,
      hasAuthority,
      forget: `ssh-keygen -R ${shellWord(name)} -f ${shellWord(entry?.file ?? file)}`,
      add: `ssh-keyscan -p ${port} -t ${scanType(type)} ${shellWord(host)} | tee -a ${shellWord(file)} | ssh-keygen -lf -`,
    },
    { where: { host: name } },
  );
}

/** The name by which ssh-keyscan knows a type of key. */
function scanType(type: string): string {
  if (type === 'ssh-ed25519') return 'ed25519';
  return type.startsWith('ecdsa-') ? 'ecdsa' : 'rsa';
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
