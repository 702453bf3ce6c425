// media check: media against what is asked for, or against all that Lync is supported on. Pure.
import { z } from 'zod';
import { findingCodes, judgeMedia, requireEdition } from './judge.js';
import { standing } from './match.js';
import {
  keyPolicies,
  windowsMediaSchema,
  type KeyPolicy,
  type WantedSystem,
  type WindowsMedia,
} from './model.js';

const findingSchema = z.strictObject({
  code: z.enum(findingCodes),
  severity: z.enum(['error', 'warning']).describe('A warning speaks against nothing that is known for sure.'),
  reason: z.string().describe('For people.'),
  found: z.array(z.string()).describe('The images on the disc, in words.'),
});

const judgedSchema = z.strictObject({
  os: z.string(),
  edition: z.string(),
  title: z.string().describe('Of the edition, such as Windows Server 2012 R2 Standard.'),
  fits: z.boolean(),
  image: z
    .strictObject({ index: z.int().positive(), name: z.string() })
    .nullable()
    .describe('What to install; null where it does not fit.'),
  findings: z.array(findingSchema),
});
export type JudgedEdition = z.infer<typeof judgedSchema>;

export const mediaCheckSchema = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('WindowsMediaCheck'),
    file: z.string().describe('As it was asked for.'),
    asked: z.strictObject({
      os: z.string().nullable().describe('Null: any that Lync is supported on.'),
      edition: z.string().nullable().describe('Null: any of them.'),
      key: z.enum(keyPolicies).nullable().describe('Null: not judged.'),
    }),
    fits: z.boolean().describe('At least one edition asked for fits: the exit code is 0 then, else 1.'),
    judged: z
      .array(judgedSchema)
      .describe('What was asked for; without os the editions of those systems that are on it.'),
    media: windowsMediaSchema,
  })
  .meta({ title: 'What lyncimg media check --json prints' });
export type MediaCheck = z.infer<typeof mediaCheckSchema>;

/** As checked in at `schemas/media-check.schema.json`. */
export function mediaCheckJsonSchema(): unknown {
  return z.toJSONSchema(mediaCheckSchema);
}

export interface AskedOfMedia {
  /** Null: every system of `systems` that the disc has an image of. */
  os: WantedSystem | null;
  /** Only with an operating system. Null: every edition. */
  edition: string | null;
  key: KeyPolicy | null;
}

/** Throws E_WINDOWS_EDITION_UNKNOWN. */
export function checkMedia(
  file: string,
  media: WindowsMedia,
  { systems, os, edition, key }: AskedOfMedia & { systems: readonly WantedSystem[] },
): MediaCheck {
  const wanted = os === null ? systems.filter((system) => isOn(media, system)) : [os];
  const judged = wanted.flatMap((system) => {
    const editions = edition === null ? system.editions : [requireEdition(system, edition)];
    return editions.map(({ id, title }) => ({
      ...{ os: system.id, edition: id, title },
      ...judgeMedia(media, { os: system, edition: id, key }),
    }));
  });
  const fits = judged.some((one) => one.fits);
  const asked = { os: os?.id ?? null, edition: edition?.toLowerCase() ?? null, key };
  return { apiVersion: 'lyncimg/v1', kind: 'WindowsMediaCheck', file, asked, fits, judged, media };
}

function isOn({ images }: WindowsMedia, system: WantedSystem): boolean {
  return images.some((image) => standing(image, system) !== 'other');
}
