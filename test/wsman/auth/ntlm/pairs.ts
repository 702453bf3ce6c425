import fc from 'fast-check';

/** Attribute lists of any content. */
export const anyPairs = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 0xffff }),
    value: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 8 },
);
