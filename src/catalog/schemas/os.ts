// catalog/os/*.yaml.
import { z } from 'zod';
import { commonNotes, apiVersion, osName, sourceId, sourceSchema, text } from './words.js';

export const osFileSchema = z.strictObject({
  apiVersion,
  kind: z.literal('OperatingSystem'),
  id: osName,
  title: text,
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'A version is three numbers, e.g. 6.3.9600.')
    .meta({ description: 'Win32_OperatingSystem.Version.' }),
  powershell: z
    .string()
    .regex(/^\d+\.\d+$/, 'A version of PowerShell is two numbers, e.g. 4.0.')
    .meta({ description: 'As shipped.' }),
  servicePack: z.int().min(0).default(0).meta({ description: 'The lowest that Lync is supported on.' }),
  dotnet: z.strictObject({ version: text, release: z.int().positive() }).nullable().meta({
    description: '.NET Framework 4.x as shipped, with its Release number; null where there is none.',
  }),
  editions: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z]+$/),
        title: text,
        editionIds: z.array(text).min(1).meta({ description: "The registry's EditionID." }),
        skus: z.array(z.int().positive()).min(1).meta({ description: 'OperatingSystemSKU.' }),
        imageName: text.meta({ description: 'What /IMAGE/NAME of an answer file matches.' }),
        kmsClientKey: z
          .string()
          .regex(/^([A-Z0-9]{5}-){4}[A-Z0-9]{5}$/, 'A setup key is five groups of five.')
          .meta({ description: 'Public KMS client setup key.' }),
      }),
    )
    .min(1)
    .meta({ description: 'Editions that Lync is supported on.' }),
  guestIds: z.strictObject({ virtualbox: text, vmware: text, vsphere: text }),
  virtioFolder: text,
  generation2: z.boolean().meta({ description: "Boots as a guest of Hyper-V's generation 2." }),
  support: z
    .strictObject({ mainstream: z.iso.date(), extended: z.iso.date(), paid: z.iso.date() })
    .meta({ description: "Last days of Microsoft's support." }),
  unsupported: z.array(z.strictObject({ what: text, source: sourceId })),
  ...commonNotes,
  features: z.strictObject({
    file: z
      .string()
      .regex(/^features\/[\w-]+\.json$/, 'The list of features lies in features/.')
      .meta({ description: 'Relative to catalog/.' }),
    source: sourceSchema,
  }),
});
