// Boots something, since nothing else proves that guests can run: /dev/kvm may be there, open, and end nowhere.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileFailure, LyncimgError } from '../errors/index.js';
import { askTool } from '../tools/index.js';

export type Accelerator = 'kvm' | 'tcg';

export type Boot =
  | { state: 'booted'; ms: number }
  /** It was still on its way after that time, and was ended. */
  | { state: 'late'; ms: number }
  | { state: 'failed'; why: string };

/** What the guest writes to the port, and what QEMU makes of it: `(value << 1) | 1` (hw/misc/debugexit.c). */
const value = 0x2a;
const exitCode = (value << 1) | 1;
const port = 0xf4;

/**
 * 512 bytes that a BIOS loads and jumps to: `mov al, 0x2a; out 0xf4, al; hlt; jmp $-1`, and the signature at the end
 * by which it knows a boot sector.
 */
export function bootSector(): Buffer {
  const sector = Buffer.alloc(512);
  sector.set([0xb0, value, 0xe6, port, 0xf4, 0xeb, 0xfd]);
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

export interface BootOptions {
  /** Absolute path of qemu-system-x86_64. */
  qemu: string;
  /** The whole environment of the emulator. */
  env: Record<string, string>;
  limitMs: number;
}

/** Starts a guest of 16 MiB and one sector; nothing of it is left when this returns. */
export async function bootUnder(
  accelerator: Accelerator,
  { qemu, env, limitMs }: BootOptions,
): Promise<Boot> {
  const prefix = join(tmpdir(), 'lyncimg-boot-');
  const folder = await mkdtemp(prefix).catch((error: unknown) => {
    throw fileFailure(error, prefix);
  });
  try {
    const disk = join(folder, 'boot.img');
    await writeFile(disk, bootSector());
    const args = [
      ...['-accel', accelerator, '-machine', 'pc', '-m', '16'],
      // Nothing of the user's configuration, no display, no network card that would ask for an address.
      ...['-nodefaults', '-no-user-config', '-display', 'none'],
      ...['-device', `isa-debug-exit,iobase=0x${port.toString(16)},iosize=1`],
      ...['-drive', `file=${disk.replaceAll(',', ',,')},format=raw,if=floppy,readonly=on`],
    ];
    const start = performance.now();
    const answer = await askTool({ file: qemu, args, env, timeoutMs: limitMs });
    const ms = Math.round(performance.now() - start);
    if (answer.timedOut) return { state: 'late', ms: limitMs };
    if (answer.exitCode === exitCode) return { state: 'booted', ms };
    return { state: 'failed', why: complaint(answer) };
  } catch (error) {
    if (error instanceof LyncimgError && error.code === 'E_TOOL_START')
      return { state: 'failed', why: error.message };
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** QEMU says what it cannot do in its last line; the first ones may be warnings. */
function complaint({ stderr, exitCode: code }: { stderr: string; exitCode: number | null }): string {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return line === '' ? `it ended with exit code ${code ?? 'none'}` : line.slice(0, 200);
}
