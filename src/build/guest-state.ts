// What the guest's state file says when the guest is at rest. Only these few fields concern the build; the rest is
// the twin's own.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

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

/** Null when the guest ended as a layer must: un-keyed, and switched off by itself. Else what is wrong. */
export function whyNotComplete(state: RestingState | null): string | null {
  if (state === null) return 'the guest left no state that can be read';
  if (state.power.on) return 'the guest was not shut down';
  if (state.power.offBy !== 'guest') return 'the guest did not switch itself off';
  if (state.access !== 'unkeyed') return 'the guest was not un-keyed';
  return null;
}
