const reasons: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nobody listens there'],
  ['ETIMEDOUT', 'no answer at that address'],
  ['EHOSTUNREACH', 'there is no way to that address'],
  ['ENETUNREACH', 'there is no way to that network'],
  ['ENOTFOUND', 'the name is not known'],
  ['EAI_AGAIN', 'the name cannot be looked up now'],
  ['ECONNRESET', 'the connection was broken off'],
  ['EPIPE', 'the connection was broken off'],
]);

/** What a code of Node's socket errors means to a person; undefined for another code. */
export function networkReason(code: unknown): string | undefined {
  return typeof code === 'string' ? reasons.get(code) : undefined;
}
