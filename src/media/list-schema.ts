// What `media list --json` prints, and its schema.
import { z } from 'zod';

const listedFile = z.strictObject({
  path: z.string().describe('Path on the media disc, and below the folder media/ of the workspace.'),
  title: z.string(),
  state: z
    .enum(['present', 'missing', 'wrong-hash', 'placeholder'])
    .describe(
      'wrong-hash: what lies there is another file, or cannot be read. placeholder: what lies there was made by lyncimg for a rehearsal.',
    ),
  problem: z.string().nullable().describe('Why it is not present, for people.'),
  location: z.string().nullable().describe('Absolute path of what lies there; null where nothing is known.'),
  sizeBytes: z
    .int()
    .nonnegative()
    .nullable()
    .describe('Of the file, or as its publisher has it; null if not known.'),
  sha256: z
    .string()
    .nullable()
    .describe('As it should be; null where nobody says, so that its name alone speaks for it.'),
  published: z.string().nullable().describe('Where its publisher had it.'),
  url: z.string().nullable().describe('Where media fetch downloads it.'),
  licence: z.string().nullable(),
  roles: z.array(z.string()).describe('The roles asked for that need it.'),
});
export type ListedFile = z.infer<typeof listedFile>;

export const mediaListSchema = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('MediaList'),
    os: z.string(),
    complete: z.boolean().describe('Every file is present: the exit code is 0 then, else 1.'),
    files: z.array(listedFile).describe('In order of path.'),
  })
  .meta({ title: 'What lyncimg media list --json prints' });
export type MediaList = z.infer<typeof mediaListSchema>;

/** As checked in at `schemas/media-list.schema.json`. */
export function mediaListJsonSchema(): unknown {
  return z.toJSONSchema(mediaListSchema);
}
