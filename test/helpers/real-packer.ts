// Packers for templates to be held against: that of the PATH, and that of LYNCIMG_PACKER where one is set.
import { execa } from 'execa';
import type { Platform } from '../../src/platforms/index.js';
import { compareVersions } from '../../src/tools/index.js';

export interface RealPacker {
  file: string;
  version: string;
}

export async function realPackers(): Promise<RealPacker[]> {
  const own = process.env['LYNCIMG_PACKER'];
  return Promise.all(['packer', ...(own === undefined || own === '' ? [] : [own])].map(versionOf));
}

async function versionOf(file: string): Promise<RealPacker> {
  const { stdout } = await execa(file, ['--version'], { env: { CHECKPOINT_DISABLE: '1' } });
  return { file, version: /(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? stdout };
}

/** Whether the platform says that this Packer can express such a layer. */
export function canExpress({ version }: RealPacker, platform: Platform, layer: 'first' | 'next'): boolean {
  const needed = platform.packerAtLeast(layer);
  return needed === null || compareVersions(version, needed.version) >= 0;
}

/** Nothing of the user's reaches it but what finds programs and plugins: a template must be valid before anything is set. */
export async function runPacker(
  { file }: RealPacker,
  args: string[],
  cwd: string,
): Promise<{ exitCode: number | undefined; output: string }> {
  const plugins = process.env['PACKER_PLUGIN_PATH'];
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', HOME: cwd },
    ...(plugins !== undefined && { PACKER_PLUGIN_PATH: plugins }),
  };
  const { exitCode, all } = await execa(file, args, { cwd, env, extendEnv: false, reject: false, all: true });
  return { exitCode, output: all };
}

/** Two at a time, with what each finds. */
export async function eachOfTwo<T>(
  items: readonly T[],
  check: (item: T, index: number) => Promise<string[]>,
): Promise<string[]> {
  const left = items.entries();
  const found: string[] = [];
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) found.push(...(await check(item, index)));
  };
  await Promise.all([worker(), worker()]);
  return found;
}
