import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureOutput } from '@oclif/test';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import TwinSeal from '../../../src/commands/twin/seal.js';
import { freshState } from '../../../src/twin/fresh-state.js';
import { readState, writeState } from '../../../src/twin/index.js';

describe('lyncimg twin seal', () => {
  let folder: string;
  let input: string;
  let output: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-seal-'));
    input = join(folder, 'state.json');
    output = join(folder, 'sealed.json');
    await writeState(input, freshState({ os: '2012r2', now: new Date() }));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = (from: string): ReturnType<typeof captureOutput> =>
    captureOutput(() => TwinSeal.run(['--input', from, '--output', output, '--json'], import.meta.url));

  it('writes a sealed copy and leaves the input as it is', async () => {
    const before = await readFile(input);
    const { stdout } = await run(input);

    expect(JSON.parse(stdout)).to.deep.equal({ input, output, access: 'sealed' });
    expect((await readState(output)).access).to.equal('sealed');
    expect((await readFile(input)).equals(before)).to.equal(true);
  });

  it('refuses what is sealed or missing, and writes nothing', async () => {
    await run(input);
    await rm(input);
    const sealed = output;
    output = join(folder, 'again.json');
    const twice = await run(sealed);
    const missing = await run(input);

    expect(twice.stdout).to.contain('E_TWIN_SEAL');
    expect(twice.error?.oclif?.exit).to.equal(2);
    expect(missing.stdout).to.contain('E_TWIN_STATE_MISSING');
    expect(await stat(output).catch(() => null)).to.equal(null);
  });
});
