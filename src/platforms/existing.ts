// Machines that run already, on whatever they run on: the playbooks are applied to them, and nothing is baked. There is no
// Packer in it, so no template either: a template would end with un-keying, which takes password and listener from a
// machine and switches it off.
import { z } from 'zod';
import { fail } from '../errors/index.js';
import type { Platform } from './platform.js';

const noBake = {
  reason: 'it stands for machines that run already, which have their owner and their password',
  instead:
    'lyncimg apply installs what a role needs on such a machine, lyncimg verify says what is missing; lyncimg platforms list shows where images are baked.',
};

export const existing: Platform = {
  name: 'existing',
  summary: 'Machines that run already: what a role needs is installed on them, no image is made.',
  rehearsal: false,
  layering: 'none',
  noBake,
  discs: 'download',
  address: 'given',
  guestTools: null,
  certificate: 'owner',
  mediaDrive: 'C:\\ProgramData\\lyncimg\\media',
  sxsPath: (os) => `C:\\ProgramData\\lyncimg\\media\\sources\\${os}\\sxs`,
  settings: z.strictObject({}),
  examples: {},
  secrets: [],
  tools: [],
  packerAtLeast: () => null,
  plugins: () => [],
  firmwares: () => ['bios', 'uefi'],
  limits: () => [],
  // Nothing un-keys such a machine: this only keeps a last provisioner away.
  unkeyBy: 'shutdown-command',
  keeps: { as: 'nothing', layer: 'nothing', image: 'nothing' },
  proof: 'Applied to the twin with real Ansible over WinRM.',
  startByHand: () => 'The machine runs already: lyncimg apply says what it needs.',
  source: () => {
    throw fail('E_PLATFORM_NO_BAKE', { platform: 'existing', ...noBake });
  },
};
