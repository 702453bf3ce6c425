// What stands beside a task of a playbook: the document that asks for it, on one line.
import type { Requirement, Source } from './kind.js';

/** `Title, 2016-12-08`; what is not Microsoft's says so. */
export function sourceNote(source: Source): string {
  const parts = [source.title.replaceAll(/\s+/g, ' ')];
  if (source.date !== 'unknown') parts.push(source.date);
  if (source.confidence !== 'microsoft') parts.push(source.confidence);
  return parts.join(', ');
}

/** Title and page of one requirement, a line each, for the comments above its task. */
export function sourceLines(requirement: Requirement): string[] {
  return [
    requirement.title,
    `Source: ${sourceNote(requirement.source)}`,
    requirement.source.page.replaceAll(/\s+/g, ' '),
  ];
}
