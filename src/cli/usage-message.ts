// What oclif says of wrong use, without its frame: a heading that says nothing, and a hint that is ours to give.

/** The complaint itself, in one paragraph a line. */
export function usageMessage(message: string): string {
  return message
    .replace(/\n?See more help with --help\s*$/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/^(Parsing --\S+) *\n\s*/, '$1: ')
    .trim();
}
