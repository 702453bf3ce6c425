// The environment of Packer and of everything that it starts: names by which the rendered template, the inventory and
// the gate find the guest (they are the same when a person runs the folder by hand), and what the run keeps to itself.
import { dirname, join } from 'node:path';
import { childEnvironment, type ChildEnvironment } from '../tools/index.js';
import { shellWords } from './shell-words.js';

/** Where the guest is and as whom it is reached. */
export interface GuestPlace {
  /** Null where Packer alone will know it: the template then hands it on. */
  address: string | null;
  port: number;
  user: string;
}

export interface PackerEnvironmentOptions {
  from: NodeJS.ProcessEnv;
  /** `LYNCIMG_RUN=<id>`. */
  marker: string;
  guest: GuestPlace;
  password: string;
  caFile: string;
  /** The system's roots and the build's CA. */
  trustBundle: string;
  selfCommand: string[];
  reports: string;
  temporary: string;
  ansibleConfig: string;
  /** Absolute path of the ansible-playbook that was found: another one may stand before it on the PATH. */
  ansible: string;
  /** What else the template takes from the environment. */
  values?: Readonly<Record<string, string>>;
}

export function packerEnvironment(options: PackerEnvironmentOptions): ChildEnvironment {
  const { guest, temporary } = options;
  const own = {
    PATH: pathOf(dirname(options.ansible), options.from['PATH'] ?? ''),
    ...(guest.address !== null && { LYNCIMG_HOST: guest.address }),
    LYNCIMG_PORT: String(guest.port),
    LYNCIMG_USER: guest.user,
    LYNCIMG_GUEST_PASSWORD: options.password,
    LYNCIMG_CA_FILE: options.caFile,
    LYNCIMG_COMMAND: shellWords(options.selfCommand),
    LYNCIMG_REPORTS: options.reports,
    SSL_CERT_FILE: options.trustBundle,
    // Said here too: a world-writable working folder makes Ansible ignore the ansible.cfg in it without a word.
    ANSIBLE_CONFIG: options.ansibleConfig,
    // Not ANSIBLE_HOME: the user's collections lie there.
    ANSIBLE_LOCAL_TEMP: join(temporary, 'ansible'),
    // Python would write compiled plugins into the rendered folder.
    PYTHONDONTWRITEBYTECODE: '1',
    PACKER_CACHE_DIR: join(temporary, 'packer-cache'),
    TMPDIR: temporary,
    ...options.values,
    ...markerVariable(options.marker),
  };
  const direct = [...(guest.address === null ? [] : [guest.address]), 'localhost'];
  return childEnvironment({ from: options.from, direct, set: own });
}

/** An empty part of a PATH is the working folder, which here is one of rendered files: no program is looked for in it. */
function pathOf(first: string, rest: string): string {
  return [first, ...rest.split(':')].filter((part) => part !== '').join(':');
}

export interface SelfEnvironmentOptions {
  from: NodeJS.ProcessEnv;
  marker: string;
  temporary: string;
  set?: Record<string, string>;
}

/** Of our own children: the twin and sealing. */
export function selfEnvironment({
  from,
  marker,
  temporary,
  set = {},
}: SelfEnvironmentOptions): Record<string, string> {
  return childEnvironment({ from, set: { TMPDIR: temporary, ...markerVariable(marker), ...set } }).env;
}

function markerVariable(marker: string): Record<string, string> {
  const at = marker.indexOf('=');
  return { [marker.slice(0, at)]: marker.slice(at + 1) };
}
