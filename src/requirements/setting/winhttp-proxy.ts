// The machine's own HTTP proxy, which services such as Windows Update use; browsers have another one for each user.
import { z } from 'zod';
import type { RegistryQuery } from '../facts.js';
import { sameText } from '../rows.js';
import type { Setting } from './setting.js';

const query: RegistryQuery = {
  kind: 'registry',
  hive: 'HKLM',
  key: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections',
  value: { name: 'WinHttpSettings', type: 'binary' },
};

export const winhttpProxy: Setting<string> = {
  name: 'winhttpProxy',
  id: 'winhttp-proxy',
  schema: z
    .string()
    .regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'A proxy is host:port.')
    .meta({ description: "The machine's own HTTP proxy, host:port." }),
  title: (proxy) => `WinHTTP proxy ${proxy}`,
  tasks: (proxy, comments) => [
    {
      name: `Set the WinHTTP proxy ${proxy}`,
      comments,
      module: 'community.windows.win_http_proxy',
      args: { proxy },
    },
  ],
  facts: () => [query],

  judge(proxy, facts) {
    const expected = `proxy ${proxy}`;
    const answer = facts.registry(query);
    if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
    const found = answer.value;
    const data = found.exists && 'data' in found ? found.data : undefined;
    // Windows writes the value when a proxy is set for the first time.
    const current = found.exists ? proxyOf(data) : null;
    if (current === undefined)
      return { verdict: 'unknown', expected, cause: 'WinHttpSettings has a layout that is not known' };
    if (current !== null && sameText(current, proxy)) return { verdict: 'pass', expected, actual: expected };
    const actual = current === null ? 'no proxy' : `proxy ${current}`;
    return { verdict: 'fail', expected, actual, fix: `netsh winhttp set proxy ${proxy}` };
  },
};

/**
 * Null: a direct connection. Little-endian: version (24, later 40), a word without meaning, flags (1 direct, 2 a
 * proxy), length, proxy in ASCII, and the same of what goes past it (Microsoft documents none of it; public tools that
 * read and write it agree, medium).
 */
function proxyOf(hex: string | string[] | undefined): string | null | undefined {
  if (typeof hex !== 'string' || !/^([0-9a-f]{2}){16,}$/i.test(hex)) return undefined;
  const bytes = Buffer.from(hex, 'hex');
  const end = 16 + bytes.readUInt32LE(12);
  if (![0x18, 0x28].includes(bytes.readUInt32LE(0)) || end > bytes.length) return undefined;
  const named = (bytes.readUInt32LE(8) & 2) !== 0;
  const proxy = bytes.toString('latin1', 16, end);
  if (!named) return null;
  return /^[\x21-\x7e]+$/.test(proxy) ? proxy : undefined;
}
