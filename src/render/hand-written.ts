// The Ansible content that people wrote (playbooks/ of the package): read once, copied into every rendered folder.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../util/index.js';
import { bootScript } from './first-boot/index.js';

/** Path below `playbooks/` -> text. */
export type HandWritten = Record<string, string>;

const callback = 'callback_plugins/lyncimg_events.py';

export const handWrittenPaths = [
  'ansible.cfg',
  callback,
  'files/unkey.ps1',
  'prepare.yml',
  'unkey.yml',
] as const;

export async function readHandWritten(packageRoot: string): Promise<HandWritten> {
  const entries = handWrittenPaths.map(
    async (path) => [path, await readFile(join(packageRoot, 'playbooks', path), 'utf8')] as const,
  );
  // boot.cmd goes to the guest on the answer disc as well, so that first boot has it from the same place.
  return { ...Object.fromEntries(await Promise.all(entries)), 'files/boot.cmd': bootScript };
}

/** Raised when what render writes around the kinds' tasks changes what a layer becomes. */
const renderFormat = '1';

/** Of what lyncimg puts into every layer, for PlanEnvironment. The callback plugin only reports: it is left out. */
export function contentDigest(handWritten: HandWritten): string {
  const files = Object.fromEntries(Object.entries(handWritten).filter(([path]) => path !== callback));
  return digestOf({ renderFormat, files });
}
