// What media.lock.yaml may say. It is checked into version control and so comes from whoever pushed last.
import { z } from 'zod';
import { isDiscPath } from './disc-path.js';

const plain = z
  .string()
  .min(1, 'must not be empty')
  .max(4096, 'is too long')
  .regex(/^\P{Cc}*$/u, 'holds control characters');

const entry = z.strictObject({
  location: plain,
  sizeBytes: z.int('must be a whole number of bytes').nonnegative('must not be negative'),
  sha256: z.string('must be text').regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in lower-case hex'),
  origin: z.union([z.literal('added'), z.url({ protocol: /^https?$/ })], 'must be added, or an address'),
  addedAt: z.iso.datetime('is no moment such as 2026-11-23T10:00:00Z'),
});

export const lockSchema = z.strictObject({
  apiVersion: z.literal('lyncimg/v1', 'must be lyncimg/v1'),
  kind: z.literal('MediaLock', 'must be MediaLock'),
  files: z.record(z.string().refine(isDiscPath, 'is no path on the media disc'), entry),
});
