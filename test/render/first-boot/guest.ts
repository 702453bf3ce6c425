// A guest between Windows Setup and Ansible: what first boot's commands find and change there, from the facts about
// Windows Server 2008 R2 to 2012 R2. It breaks off (`unsound`) as soon as something is open that must not be yet.
import type { OsId } from '../../../src/requirements/index.js';
import type { Surroundings } from './cmd.js';
import { runBatch } from './cmd.js';
import { programs } from './programs.js';

export interface Disc {
  label: string;
  letter: string | null;
  volume: string;
  /** Path with backslashes and without a drive, lower case -> text. */
  files: Map<string, string>;
}

export interface Guest {
  os: OsId;
  /** On C:, lower case -> text. */
  files: Map<string, string>;
  folders: Set<string>;
  discs: Disc[];
  /** `key\value`, lower case -> data. */
  registry: Map<string, string>;
  /** What Schannel read when Windows started. */
  tls12: boolean;
  pendingRestart: boolean;
  installed: string[];
  winrm: { start: string; running: boolean };
  listeners: { transport: string; hostname: string; thumbprint: string }[];
  /** A policy puts its listener back. */
  policyListener: boolean;
  basic: boolean;
  allowUnencrypted: boolean;
  shellMemory: number;
  /** In LocalMachine\My, by thumbprint. */
  certificates: { thumbprint: string; commonName: string }[];
  /** What server.pfx on the answer disc holds. */
  pfx: { password: string; thumbprint: string; commonName: string };
  rules: { name: string; form: string }[];
  account: { name: string; password: string; active: boolean };
  tasks: Map<string, string>;
  card: { index: number; address: string | null; mask: string; gateway: string; dns: string[] };
  /** How many more looks until the card is connected, and the discs are there. */
  cardIn: number;
  discsIn: number;
  /** Null: there is no such port. */
  serial: string[] | null;
  waits: number;
  restarts: number;
  /** What ran, in order. */
  history: string[];
}

export function newGuest(os: OsId, more: Partial<Guest> = {}): Guest {
  return {
    os,
    files: new Map(),
    folders: new Set(),
    discs: [],
    registry: new Map(),
    tls12: os !== '2008r2',
    ...{ pendingRestart: false, installed: [], winrm: { start: 'delayed-auto', running: os !== '2008r2' } },
    listeners: os === '2008r2' ? [] : [{ transport: 'HTTP', hostname: '', thumbprint: '' }],
    ...{
      policyListener: false,
      basic: false,
      allowUnencrypted: false,
      shellMemory: os === '2008r2' ? 150 : 1024,
    },
    ...{ certificates: [], pfx: { password: '', thumbprint: '', commonName: '' }, rules: [] },
    account: { name: 'Administrator', password: 'of-setup', active: true },
    tasks: new Map(),
    card: { index: 12, address: null, mask: '', gateway: '', dns: [] },
    ...{ cardIn: 0, discsIn: 0, serial: [], waits: 0, restarts: 0, history: [] },
    ...more,
  };
}

export const schannelServer =
  'hklm\\system\\currentcontrolset\\control\\securityproviders\\schannel\\protocols\\tls 1.2\\server';

/** Windows starts: tasks of this trigger run, and what waited for a restart is there. */
export function start(guest: Guest): void {
  guest.pendingRestart = false;
  // What was on when the test began stays on.
  const key = (name: string): string | undefined => guest.registry.get(`${schannelServer}\\${name}`);
  if (guest.os === '2008r2') guest.tls12 ||= key('enabled') === '1' && key('disabledbydefault') === '0';
  guest.winrm.running = guest.winrm.start !== 'demand';
  checkSound(guest);
  bootTask(guest);
}

/** As the task scheduler starts it. */
export function bootTask(guest: Guest): number {
  const command = guest.tasks.get('\\lyncimg\\boot');
  if (command === undefined) return 0;
  const script = /^cmd\.exe \/d \/c (\S+)$/.exec(command)?.[1];
  if (script === undefined) throw new Error(`a task that the model does not know: ${command}`);
  const before = guest.restarts;
  const code = runBatch(surroundings(guest), script);
  // Windows is going down; what the script still did, it did before.
  if (guest.restarts > before) {
    if (guest.restarts > 20) throw new Error('it restarts for ever');
    start(guest);
  }
  return code;
}

/** What may not be at any moment, whatever comes after. */
export function checkSound(guest: Guest): void {
  const unsound = (what: string): never => {
    throw new Error(`unsound: ${what}`);
  };
  const https = guest.listeners.find(({ transport }) => transport === 'HTTPS');
  if (https !== undefined && !guest.tls12) unsound('a listener without TLS 1.2');
  if (guest.basic && guest.listeners.some(({ transport }) => transport === 'HTTP'))
    unsound('Basic over HTTP');
  if (guest.basic && guest.allowUnencrypted) unsound('Basic without encryption');
  if (guest.rules.some(({ form }) => form.includes('localport=5986'))) {
    if (https === undefined) unsound('the firewall is open before the listener is there');
    if (!guest.basic) unsound('the firewall is open before anybody can log on');
  }
}

export const ruleName = 'lyncimg WinRM over HTTPS';

export function surroundings(guest: Guest): Surroundings {
  return {
    read: (path) => fileAt(guest, path),
    write: (path, text, append) => {
      const at = path.toLowerCase();
      if (at === 'com1') {
        if (guest.serial !== null && text !== '') guest.serial.push(text);
        return guest.serial !== null;
      }
      if (!at.startsWith('c:\\') || !guest.folders.has(at.slice(0, at.lastIndexOf('\\')))) return false;
      guest.files.set(at, (append ? (guest.files.get(at) ?? '') : '') + text);
      return true;
    },
    exists: (path) =>
      fileAt(guest, path) !== undefined ||
      guest.folders.has(path.toLowerCase()) ||
      (/^[A-Z]:\\$/i.test(path) && discAt(guest, path) !== undefined),
    remove: (pattern) => {
      const [head = '', tail] = pattern.toLowerCase().split('*');
      for (const path of [...guest.files.keys()]) {
        if (tail === undefined ? path === head : path.startsWith(head) && path.endsWith(tail)) {
          guest.files.delete(path);
        }
      }
    },
    makeFolder: (path) => guest.folders.add(path.toLowerCase()),
    run: (name, call) => {
      const run = programs.get(name.replace(/\.exe$/, '').replace(/^.:.*\\/, ''));
      if (run === undefined) return undefined;
      guest.history.push(`${name} ${call.args}`);
      const result = run(guest, call.args, call.stdin, name);
      checkSound(guest);
      return result;
    },
  };
}

export function discAt(guest: Guest, path: string): Disc | undefined {
  if (guest.discsIn > 0) return undefined;
  return guest.discs.find(({ letter }) => letter !== null && path.toUpperCase().startsWith(letter));
}

function fileAt(guest: Guest, path: string): string | undefined {
  const at = path.toLowerCase();
  return guest.files.get(at) ?? discAt(guest, path)?.files.get(at.slice(3));
}
