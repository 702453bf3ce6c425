// The text of media.lock.yaml as what it says, or every problem with its place.
import { parseDocument } from 'yaml';
import { fail, ok, problems, type Checked } from '../errors/index.js';
import { nestsDeeper } from '../util/index.js';
import { discKey } from './disc-path.js';
import { contentProblems, placeOf, textProblem } from './lock-problems.js';
import { lockSchema } from './lock-schema.js';
import type { LockEntry } from './types.js';

export const lockName = 'media.lock.yaml';

/** lyncimg writes four levels, and no brackets. */
const depthLimit = 20;

/** By path on the disc. */
export function parseLock(text: string): Checked<Map<string, LockEntry>> {
  const source = { file: lockName, text };
  if (nestsDeeper(text, depthLimit))
    return problems([textProblem(source, { message: 'it is nested too deeply', pos: [0, 1] })]);
  // A list as a key would be a warning on stderr; as a path on the disc it is told of here.
  const document = parseDocument(text, { prettyErrors: false, strict: true, logLevel: 'error' });
  const mistakes = [...document.errors, ...document.warnings];
  if (mistakes.length > 0) return problems(mistakes.slice(0, 20).map((one) => textProblem(source, one)));
  let content: unknown;
  try {
    // lyncimg writes no aliases, so there is none to unfold.
    content = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    const { message } = error as Error;
    return problems([textProblem(source, { message, pos: [0, 1] })]);
  }
  const parsed = lockSchema.safeParse(content);
  if (!parsed.success) return problems(contentProblems(source, document, parsed.error.issues));
  const files = new Map(Object.entries(parsed.data.files));
  const twice = namedTwice([...files.keys()]);
  if (twice.length === 0) return ok(files);
  return problems(
    twice.map((name) => {
      const facts = { path: name, message: 'stands twice: Windows does not tell case apart' };
      return fail('E_MEDIA_LOCK', facts, { where: placeOf(source, document, ['files', name]) });
    }),
  );
}

function namedTwice(names: readonly string[]): string[] {
  const keys = names.map(discKey);
  return names.filter((name, index) => keys.indexOf(discKey(name)) !== index);
}
