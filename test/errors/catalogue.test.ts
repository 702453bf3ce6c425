import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../src/errors/index.js';

const tests = join(import.meta.dirname, '..');
const texts = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('catalogue.test.ts'))
  .map((name) => readFileSync(join(tests, name), 'utf8'))
  .join('\n');

describe('the catalogue of codes', () => {
  it('spells every code E_AREA_FACT', () => {
    for (const name of Object.keys(catalogue)) expect(name).to.match(/^E(_[A-Z0-9]+)+$/);
  });

  it('has a test that provokes each of them', () => {
    const untested = Object.keys(catalogue).filter((name) => !texts.includes(name));

    expect(untested).to.deep.equal([]);
  });

  it('words no message as an exclamation and repeats no code in it', () => {
    for (const [name, entry] of Object.entries(catalogue)) {
      const text = entry.message.toString();
      expect(text, name)
        .not.to.include('Error:')
        .and.not.to.match(/!['"`]/);
    }
  });
});
