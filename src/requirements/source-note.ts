// What stands beside a task of a playbook: the document that asks for it, on one line.
import type { Requirement, Source } from './kind.js';

/** `Title, Microsoft, 2016-12-08`; a document that is nobody's who should know says so. */
export function sourceNote(source: Source): string {
  const parts = [source.title, source.publisher].map((text) => text.replaceAll(/\s+/g, ' '));
  if (source.date !== 'unknown') parts.push(source.date);
  if (source.confidence === 'community' || source.confidence === 'unverified') parts.push(source.confidence);
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
