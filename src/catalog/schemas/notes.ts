// catalog/notes.yaml.
import { z } from 'zod';
import { apiVersion, noteId, sourceId, text } from './words.js';

/** Pitfalls and conflicts between sources, which requirements, packages and roles name by id. */
export const notesFileSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Notes'),
  pitfalls: z.record(
    noteId,
    z.strictObject({
      what: text.meta({ description: 'What is seen when it happens.' }),
      code: text.optional().meta({ description: 'The error or event number that people search for.' }),
      prevent: text.optional().meta({ description: 'What keeps it away.' }),
      source: z.array(sourceId).min(1),
    }),
  ),
  conflicts: z.record(
    noteId,
    z.strictObject({
      subject: text,
      says: z.array(z.strictObject({ claim: text, source: z.array(sourceId).min(1) })).min(2),
      take: text.meta({ description: 'What this catalogue follows.' }),
    }),
  ),
});
