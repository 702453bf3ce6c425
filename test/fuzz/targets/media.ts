// media.lock.yaml, which comes from whoever pushed last.
import { formatWhere } from '../../../src/errors/index.js';
import { parseLock } from '../../../src/media/parse-lock.js';
import type { Target } from '../target.js';

const entry = [
  '    location: ../kb.msu',
  '    sizeBytes: 12',
  `    sha256: ${'ab'.repeat(32)}`,
  '    origin: https://example.net/kb.msu',
  '    addedAt: 2026-11-23T10:00:00.000Z',
].join('\n');

export function mediaLock(): Target {
  const text = `# Which files\napiVersion: lyncimg/v1\nkind: MediaLock\nfiles:\n  "a/b.msu":\n${entry}\n`;
  return {
    seeds: [Buffer.from(text)],
    words: ['[', '{', '- ', '? ', '&a ', '*a', '!!str ', '<<: ', '---\n', '\t', "'", '__proto__'].map(
      (word) => Buffer.from(word),
    ),
    isRefusal: () => false,
    run: (input) => {
      // The time that YAML takes grows faster than its size, which the reader of the file limits.
      const parsed = parseLock(input.subarray(0, 1024).toString());
      if (parsed.ok) return;
      if (parsed.problems.length === 0) throw new Error('refused without a reason');
      for (const { code, where } of parsed.problems) {
        if (code !== 'E_MEDIA_LOCK' || where === undefined) throw new Error(`${code} without a place`);
        formatWhere(where);
      }
    },
  };
}
