// catalog/sources.yaml.
import { z } from 'zod';
import { apiVersion, sourcesById } from './words.js';

export const sourcesFileSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Sources'),
  sources: sourcesById,
});
