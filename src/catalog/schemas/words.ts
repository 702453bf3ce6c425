// The words that files of the catalogue and the workspace share: names, ids, sources, notes.
import { z } from 'zod';

export const apiVersion = z.literal('lyncimg/v1');
export const text = z.string().min(1, 'must be text.');

export const roleName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A role is named with small letters, digits and hyphens, 64 at most.')
  .meta({ examples: ['branch-office'] });

/** What one machine is: a role, or several with commas between them. */
export const machineName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}(, ?[a-z0-9][a-z0-9-]{0,63})*$/,
    'A machine is a role, or several with commas between them.',
  )
  .meta({ examples: ['front-end', 'standard-edition,persistent-chat'] });

export const optionName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,63}$/, 'An option is named with letters and digits, a small letter first.')
  .meta({ examples: ['archiving'] });

/** Checked against the ids that there are by parseOsId, so that the message can name the nearest. */
export const osName = z.union([z.string(), z.number()]).meta({
  description: '2008r2, 2012 or 2012r2, in any case.',
  examples: ['2012r2'],
});

export const sourceSchema = z.strictObject({
  title: text,
  publisher: text.meta({ description: 'Who wrote it, e.g. Microsoft.', examples: ['Microsoft'] }),
  page: text.meta({
    description: 'Where it can be read today: a path in a public repository, or an address.',
  }),
  date: z
    .string()
    .regex(/^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$/, 'A date is 2016-12-08, 2016-12, 2016 or unknown.')
    .meta({ description: 'Of the page as it was read; unknown where it shows none.' }),
  confidence: z.enum(['microsoft', 'community', 'unverified', 'own']).meta({
    description:
      'Whose document it is; own is a decision of this workspace. A need that is unverified and not met is a warning.',
  }),
});

export const sourceId = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'A source id has letters, digits, hyphen and dot.')
  .meta({ examples: ['MS-ADDSW'] });
export const sourcesById = z.record(sourceId, sourceSchema);

export const noteId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A note is named with small letters, digits and hyphens.')
  .meta({ examples: ['net35-source'] });

export const commonNotes = {
  notes: z.array(text).optional().meta({ description: 'What is worth knowing, a sentence each.' }),
  pitfalls: z.array(noteId).optional().meta({ description: 'Ids of catalog/notes.yaml.' }),
  conflicts: z
    .array(noteId)
    .optional()
    .meta({ description: 'Ids of catalog/notes.yaml: sources that differ.' }),
};
