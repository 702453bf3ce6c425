// catalog/packages/*.yaml.
import { z } from 'zod';
import { detectionSchema } from '../../requirements/index.js';
import { commonNotes, apiVersion, noteId, osName, sourceId, sourceSchema, text } from './words.js';

/** The name without a folder: what is written is what a disc can hold. */
const fileName = z
  .string()
  .regex(
    /^[\w][\w.+ ()-]*\.([Mm][Ss][UuIi]|[Ee][Xx][Ee])$/,
    'The name of an .msu, .msi or .exe without a folder.',
  );

/** What is not an address at all is told of by z.url. */
function namesNobody(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password } = new URL(address);
  return username === '' && password === '';
}

export const packageFileSchema = z
  .strictObject({
    apiVersion,
    kind: z.literal('Package'),
    id: noteId,
    title: text,
    type: z.enum(['msu', 'msi', 'exe']),
    kb: z
      .string()
      .regex(/^KB\d{6,7}$/, 'A KB number is KB and six or seven digits.')
      .optional(),
    licence: text.optional().meta({ description: 'Who may have the file, and on what terms.' }),
    files: z
      .array(
        z.strictObject({
          os: z.array(osName).min(1),
          file: fileName,
          size: z.int().positive().optional().meta({ description: 'Bytes, where known.' }),
          sha256: z
            .string()
            .regex(/^[0-9A-Fa-f]{64}$/, 'SHA-256 is 64 hexadecimal digits.')
            .optional(),
          published: text.optional().meta({ description: 'Where its publisher had it, for people.' }),
          url: z
            .url({ protocol: /^https?$/ })
            .refine(namesNobody, 'An address holds no user name and no password.')
            .optional()
            .meta({ description: 'Where media fetch can download it.' }),
        }),
      )
      .min(1),
    arguments: z.array(text).optional().meta({ description: 'Of the installer, so that it asks nobody.' }),
    exitCodes: z
      .array(z.int().min(0))
      .optional()
      .meta({ description: 'That mean success, besides 0 and 3010 (a restart is needed).' }),
    requires: z
      .array(
        z
          .string()
          .regex(/^[a-zA-Z]+\/.+$/, 'A requirement is named by its id, e.g. feature/NET-Framework-Core.'),
      )
      .optional()
      .meta({ description: 'Ids of requirements that must hold before it.' }),
    supersededBy: z
      .array(z.string().regex(/^KB\d{6,7}$/))
      .optional()
      .meta({ description: 'Later hotfixes that hold this one: any of them will do.' }),
    detect: z.array(detectionSchema).optional().meta({ description: 'How it shows; any of them proves it.' }),
    source: z.union([sourceId, sourceSchema]),
    ...commonNotes,
  })
  .refine(({ type, kb }) => type !== 'msu' || kb !== undefined, {
    error: 'An .msu is known by its KB number.',
    path: ['kb'],
  })
  .refine(({ type, detect }) => type === 'msu' || (detect ?? []).length > 0, {
    error: 'A package says how it shows when it is installed.',
    path: ['detect'],
  });
