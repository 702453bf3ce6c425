// Which hosts are asked: those of --host and those of --hosts-file, each once, in the order given.
import { readFile, stat } from 'node:fs/promises';
import { fail, LyncimgError, ProblemsError } from '../errors/index.js';
import type { HostAddress } from '../verify/index.js';
import { parseHostAddress } from './host-address.js';

export interface HostListOptions {
  /** As typed, one for each --host. */
  hosts: readonly string[];
  file: string | undefined;
  /** For those that name none. */
  defaultPort: number;
}

// Twenty thousand long names; whoever has more has several files.
const longestBytes = 5 * 1024 * 1024;
const longestLine = 300;
const mostProblems = 20;

/** Throws E_HOST_ADDRESS, E_HOSTS_FILE, and of a file every wrong line at once (at most twenty). */
export async function readHosts({ hosts, file, defaultPort }: HostListOptions): Promise<HostAddress[]> {
  const typed = hosts.map((text) => parseHostAddress(text, defaultPort));
  const listed = file === undefined ? [] : hostsFromText(await readText(file), { file, defaultPort });
  // Names of hosts have no case: FE01 and fe01 are one machine, and one try of the password.
  const byName = new Map<string, HostAddress>();
  for (const address of [...typed, ...listed]) {
    const name = `${address.host.toLowerCase().replace(/\.$/, '')} ${address.port}`;
    if (!byName.has(name)) byName.set(name, address);
  }
  return [...byName.values()];
}

/** The text of a hosts file; `file` is the name under which the user knows it. */
export function hostsFromText(
  text: string,
  { file, defaultPort }: { file: string; defaultPort: number },
): HostAddress[] {
  const found: LyncimgError[] = [];
  const addresses: HostAddress[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const address = line.replace(/#.*$/s, '').trim();
    const at = start + line.indexOf(address);
    start += line.length + 1;
    if (address === '') continue;
    try {
      if (address.length > longestLine) throw tooLong(address);
      addresses.push(parseHostAddress(address, defaultPort));
    } catch (error) {
      if (!(error instanceof LyncimgError)) throw error;
      const { text: written, reason } = error.facts as { text: string; reason: string };
      const where = { source: { file, text }, start: at, end: at + written.length };
      found.push(fail('E_HOST_ADDRESS', { text: written, reason }, { where }));
    }
    if (found.length === mostProblems) break;
  }
  if (found.length > 0) throw new ProblemsError(found);
  if (addresses.length === 0) throw fail('E_HOSTS_FILE', { reason: 'it names no host' }, { where: { file } });
  return addresses;
}

function tooLong(address: string): LyncimgError {
  const text = `${address.slice(0, 40)}…`;
  return fail('E_HOST_ADDRESS', { text, reason: 'it is longer than any name' });
}

async function readText(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > longestBytes) throw new Error(`it is larger than ${longestBytes} bytes`);
    const bytes = await readFile(file);
    // Notepad begins a UTF-8 file with a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not UTF-8' : (error as Error).message;
    throw fail('E_HOSTS_FILE', { reason }, { where: { file }, cause: error });
  }
}
