// Wireshark's reading of recorded bytes: the named fields, a row a packet.
import { execa } from 'execa';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toPcap } from './pcap.js';
import type { Piece } from './recording-relay.js';

export interface Reading {
  /** Where the capture goes. */
  folder: string;
  /** Wireshark's own language. */
  filter: string;
  /** With it Wireshark works out what the password proves. */
  password: string;
}

/** Values of a field that is there more than once are joined by a comma. */
export async function tshark<Field extends string>(
  pieces: readonly Piece[],
  fields: readonly Field[],
  { folder, filter, password }: Reading,
): Promise<Record<Field, string>[]> {
  const file = join(folder, 'witness.pcap');
  await writeFile(file, toPcap(pieces));
  const { stdout } = await execa(
    'tshark',
    [
      ...['-n', '-r', file, '-o', `ntlmssp.nt_password:${password}`, '-Y', filter],
      ...['-T', 'fields', '-E', 'separator=|', ...fields.flatMap((field) => ['-e', field])],
    ],
    {
      // Nothing of the user's: profiles change what is dissected.
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, TZ: 'UTC' },
      extendEnv: false,
      stdin: 'ignore',
      timeout: 60_000,
    },
  );
  const rows = stdout.split('\n').filter((line) => line !== '');
  return rows.map((row) => {
    const values = row.split('|');
    return Object.fromEntries(fields.map((field, index) => [field, values[index] ?? ''])) as Record<
      Field,
      string
    >;
  });
}
