// What `apply` can be told: which machine, what it is to be, and what may be done to it.
import { Flags } from '@oclif/core';
import { isIP } from 'node:net';
import { fail } from '../errors/index.js';
import { connectionFlags } from './connection-flags.js';
import { parseHostAddress } from './host-address.js';

const { scheme, 'password-file': passwordFile, 'ca-file': caFile, fingerprint } = connectionFlags;

export const applyFlags = {
  host: Flags.string({
    required: true,
    multiple: true,
    description: 'The machine: HOST, HOST:PORT or [IPv6]:PORT.',
    helpValue: 'HOST[:PORT]',
  }),
  role: Flags.string({
    required: true,
    multiple: true,
    description: 'What it is to be, several with commas for one machine.',
    helpValue: 'NAME',
  }),
  os: Flags.string({ description: 'Which Windows it must run; without it it says so itself.' }),
  option: Flags.string({ multiple: true, description: 'An option of the role.', helpValue: 'NAME=VALUE' }),
  yes: Flags.boolean({ description: 'Install what is listed without asking.' }),
  reboot: Flags.boolean({
    description:
      'Restart the machine where Windows asks for it; without it the first such restart is the end.',
  }),
  'serve-address': Flags.string({
    description: 'Where the machine fetches files from: an address of this host that it reaches.',
    helpValue: 'ADDR[:PORT]',
  }),
  output: Flags.string({
    description: "Folder of the run's log; by default LYNCIMG_HOME, then lyncimg.yaml's.",
    helpValue: 'DIR',
  }),
  scheme,
  auth: Flags.option({ options: ['ntlm', 'basic'] as const })({
    helpGroup: 'CONNECTION',
    default: 'ntlm',
    description: 'How lyncimg and Ansible sign in; basic only over https.',
  }),
  user: Flags.string({
    helpGroup: 'CONNECTION',
    required: true,
    description: "An administrator of the machine: 'DOMAIN\\user', user@domain, or a local user.",
  }),
  'password-file': passwordFile,
  'ca-file': caFile,
  fingerprint,
  'host-timeout': connectionFlags['host-timeout'],
};

export interface OneMachine {
  host: string;
  role: string;
  serveAt: { address: string; port: number } | null;
}

interface CheckedFlags {
  host: string[];
  role: string[];
  scheme: 'https' | 'http';
  auth: 'ntlm' | 'basic';
  fingerprint: string[] | undefined;
  'serve-address': string | undefined;
}

/** Throws E_USAGE for what does not go together, E_HOST_ADDRESS for an address that is none. */
export function readOneMachine(flags: CheckedFlags): OneMachine {
  const [host, ...otherHosts] = flags.host;
  const [role, ...otherRoles] = flags.role;
  if (host === undefined || role === undefined) throw wrongUse('--host and --role are needed.');
  if (otherHosts.length > 0)
    throw wrongUse(
      'apply changes one machine at a time.',
      'For several: for host in FE01 FE02; do lyncimg apply --host "$host" …; done',
    );
  if (otherRoles.length > 0)
    throw wrongUse(
      'apply makes one machine of one role.',
      `A machine that holds several: --role ${flags.role.join(',')}.`,
    );
  if (flags.fingerprint !== undefined)
    throw wrongUse(
      'apply cannot trust a certificate by its fingerprint: Ansible knows no such way.',
      'Name the authority that signed it, or a self-signed certificate itself, with --ca-file.',
    );
  if (flags.scheme === 'http' && flags.auth === 'basic')
    throw wrongUse('--auth basic sends the password as it is: it goes with --scheme https only.');
  const at = flags['serve-address'];
  return { host, role, serveAt: at === undefined ? null : serveAddress(at) };
}

function serveAddress(text: string): { address: string; port: number } {
  // Without a port of its own it is any that is free.
  const { host: address, port } = parseHostAddress(text, 0);
  if (isIP(address) === 0)
    throw wrongUse(`--serve-address takes an IP address of this host, not '${address}'.`);
  return { address, port };
}

function wrongUse(message: string, hint?: string): Error {
  return fail('E_USAGE', { message, ...(hint !== undefined && { hint }) });
}
