// What may stand under platforms.qemu of lyncimg.yaml.
import { z } from 'zod';
import { pluginSettings } from './plugin.js';

const file = z.string().startsWith('/', 'The file is given by its absolute path.');

export const qemuSettings = z.strictObject({
  accelerator: z.enum(['kvm', 'tcg', 'hvf', 'whpx', 'xen', 'none']).default('kvm').meta({
    description: 'What runs the processor. tcg needs no hardware and is many times slower.',
  }),
  binary: z
    .string()
    .regex(/^[\w./+-]+$/)
    .default('qemu-system-x86_64')
    .meta({ description: 'The emulator, as a name on the PATH or by its path.' }),
  headless: z.boolean().default(true).meta({
    description: 'No window on this machine; the screen is to be seen over VNC on loopback either way.',
  }),
  cpu: z
    .string()
    .regex(/^[\w.,+=-]+$/)
    .optional()
    .meta({
      description: "Model of the processor (-cpu); QEMU's own default without it.",
      examples: ['host'],
    }),
  efiCode: file.default('/usr/share/OVMF/OVMF_CODE_4M.fd').meta({
    description:
      'UEFI firmware, for machine.firmware: uefi. The default is where Debian puts it (package ovmf).',
  }),
  efiVars: file.default('/usr/share/OVMF/OVMF_VARS_4M.fd').meta({
    description: 'The template of its variables, of the same build.',
  }),
  ...pluginSettings('github.com/hashicorp/qemu', '~> 1.0'),
});
