// WinHTTP's proxy of the machine, where netsh keeps it: a binary value of the registry. Layout: 0x18, 0, flags (1 direct,
// 3 proxy), then proxy and bypass list, each as length and ASCII, all numbers 32 bits little-endian (by observation in
// public scripts, medium).
import type { Machine } from './machine.js';

const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';
const valueName = 'WinHttpSettings';
const direct = 1;
const viaProxy = 3;

export interface WinHttpProxy {
  server: string;
  /** With semicolons between; '' for none. */
  bypass: string;
}

/** Null: no proxy, or a value that says nothing. */
export function readWinHttpProxy(machine: Machine): WinHttpProxy | null {
  const value = machine.registryValue(key, valueName);
  const bytes = value?.type === 'binary' ? Buffer.from(value.data, 'hex') : Buffer.alloc(0);
  if (bytes.length < 16 || bytes.readUInt32LE(8) !== viaProxy) return null;
  const server = counted(bytes, 12);
  return { server, bypass: counted(bytes, 16 + server.length) };
}

export function writeWinHttpProxy(machine: Machine, proxy: WinHttpProxy | null): void {
  const { server, bypass } = proxy ?? { server: '', bypass: '' };
  const bytes = Buffer.concat([
    numbers(0x18, 0, proxy === null ? direct : viaProxy, server.length),
    Buffer.from(server, 'latin1'),
    numbers(bypass.length),
    Buffer.from(bypass, 'latin1'),
  ]);
  machine.setRegistryValue(key, valueName, { type: 'binary', data: bytes.toString('hex') });
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}

/** A length and as many characters; '' where the bytes end before. */
function counted(bytes: Buffer, at: number): string {
  if (bytes.length < at + 4) return '';
  return bytes.toString('latin1', at + 4, at + 4 + bytes.readUInt32LE(at));
}
