// Every parser stands whatever comes: it is read or refused in the parser's own way. Some thousand inputs each, the same
// in every run; `npm run fuzz` makes as many as one likes.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { inputOf, tryInput } from './target.js';
import { targets } from './targets.js';

const inputs = 2000;
const seed = 1;

describe('parsers of what others wrote', () => {
  for (const [name, make] of Object.entries(targets)) {
    it(`${name}: ${inputs} inputs`, async () => {
      const target = await make();
      for (const input of target.seeds) {
        expect(await tryInput(target, input), `a good input: ${input.toString('latin1')}`).to.equal(null);
      }
      for (let index = 0; index < inputs; index++) {
        const input = inputOf(target, { name, seed, index });
        const what = await tryInput(target, input);
        if (what !== null) {
          expect.fail(
            `npm run fuzz -- --seed ${seed} --only ${index} ${name}\n${input.toString('hex')}\n${what}`,
          );
        }
      }
    });
  }

  it('gives the same inputs again, and not the same one twice', async () => {
    const target = await targets['soap']!();
    const list = (from: number): string[] =>
      Array.from({ length: 50 }, (_, index) =>
        inputOf(target, { name: 'soap', seed: from, index }).toString('hex'),
      );
    expect(list(1)).to.deep.equal(list(1));
    expect(list(1)).to.not.deep.equal(list(2));
    expect(new Set(list(1)).size).to.be.above(45);
  });
});
