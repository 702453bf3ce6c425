// What Windows media is: what was read of an ISO, before anybody wants anything of it.
import { z } from 'zod';
import { windowsImageSchema } from '../wim/image.js';

const unknown = z.literal('unknown');

export const installImageSchema = z.strictObject({
  path: z.string().describe('On the disc, such as sources/install.wim.'),
  kind: z.enum(['wim', 'esd', 'swm']).describe('esd: compressed as a whole. swm: split into parts.'),
  sizeBytes: z.int().nonnegative().describe('Of the first part where it is split.'),
  parts: z.int().positive(),
  missingParts: z.array(z.string()).describe('Paths of parts that are not on the disc; at most twenty.'),
});

export const windowsMediaSchema = z.strictObject({
  label: z.string().describe('Of the UDF volume.'),
  sizeBytes: z.int().nonnegative().describe('Of the ISO.'),
  spanBytes: z
    .int()
    .nonnegative()
    .describe('What its partitions span: more than sizeBytes where the ISO is cut short.'),
  installImage: installImageSchema.nullable().describe('What Windows Setup would install from.'),
  images: z.array(windowsImageSchema).describe('In order of index.'),
  evaluation: z
    .union([z.boolean(), unknown])
    .describe('Evaluation media, at whose Setup no product key may be given.'),
  volumeLicence: z.union([z.boolean(), unknown]).describe('Volume licence media.'),
  sxs: z.boolean().describe('The payload of .NET Framework 3.5 lies in sources/sxs.'),
});
export type WindowsMedia = z.infer<typeof windowsMediaSchema>;
export type InstallImage = z.infer<typeof installImageSchema>;

/** An edition, as the catalogue has it. */
export interface WantedEdition {
  id: string;
  title: string;
  /** EditionID of volume and of evaluation media. */
  editionIds: readonly string[];
  imageName: string;
}

/** An operating system, as the catalogue has it. */
export interface WantedSystem {
  id: string;
  title: string;
  /** Such as 6.3.9600. */
  version: string;
  /** The lowest that Lync is supported on. */
  servicePack: number;
  editions: readonly WantedEdition[];
}

/** Which product key the answer file would hold: the public one of KMS clients, the user's own, or none. */
export const keyPolicies = ['kms', 'own', 'none'] as const;
export type KeyPolicy = (typeof keyPolicies)[number];

export interface WantedWindows {
  os: WantedSystem;
  /** Id of the catalogue. */
  edition: string;
  /** Null: nobody has said, and nothing is judged of it. */
  key: KeyPolicy | null;
  /** The payload of .NET Framework 3.5 comes from elsewhere than this disc, so that it may lack it. */
  netfx3Elsewhere?: boolean;
}
