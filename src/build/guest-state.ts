// What the guest's state file says when the guest is at rest. Only these few fields concern the build; the rest is
// the twin's own.
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ToolEnded } from '../tools/index.js';
import { howItEnded } from './guest.js';

const restingState = z.object({
  rehearsal: z.literal(true),
  access: z.enum(['keyed', 'unkeyed', 'sealed']),
  power: z.object({ on: z.boolean(), offBy: z.enum(['guest', 'host']).nullable() }),
});
export type RestingState = z.infer<typeof restingState>;

/** Null where there is no such file, or another one. */
export async function readRestingState(file: string): Promise<RestingState | null> {
  try {
    const parsed = restingState.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const anyState = z.looseObject({ power: z.looseObject({}) });

/**
 * The parent's state for a new guest to start from. Who switched the parent off is left out: while the guest has
 * written nothing, the file must not look like that of a guest that is done.
 */
export async function copyForGuest(from: string, to: string): Promise<void> {
  const { power, ...rest } = anyState.parse(JSON.parse(await readFile(from, 'utf8')));
  await writeFile(to, `${JSON.stringify({ ...rest, power: { ...power, offBy: null } })}\n`, { mode: 0o600 });
}

/**
 * Null when the guest ended as a layer must: its process ended well, un-keyed, and switched off by itself. Else what
 * is wrong. The process is asked first: one that was killed has written nothing, whatever the file says.
 */
export async function whyNotComplete(
  ended: Pick<ToolEnded, 'exitCode' | 'signal'>,
  stateFile: string,
): Promise<string | null> {
  if (ended.exitCode !== 0) return `the guest's process failed (${howItEnded(ended)})`;
  const state = await readRestingState(stateFile);
  if (state === null) return 'the guest left no state that can be read';
  if (state.power.on) return 'the guest was not shut down';
  if (state.power.offBy !== 'guest') return 'the guest did not switch itself off';
  if (state.access !== 'unkeyed') return 'the guest was not un-keyed';
  return null;
}
