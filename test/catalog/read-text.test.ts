import { expect } from 'chai';
import { describe, it } from 'mocha';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limitBytes, readText } from '../../src/catalog/read-text.js';
import { orThrow } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lines } from './kit.js';

describe('reading a text file', () => {
  const folder = temporaryFolder();

  it('gives Unix line ends and no byte order mark', async () => {
    const path = join(folder.path, 'a.yaml');
    await writeFile(path, '\uFEFFa: 1\r\nb: ü\r\n');
    expect(orThrow(await readText(path, 'a.yaml'))).to.deep.equal({ file: 'a.yaml', text: 'a: 1\nb: ü\n' });
  });

  it('refuses what is larger than any role', async () => {
    const path = join(folder.path, 'a.yaml');
    await writeFile(path, 'x'.repeat(limitBytes + 1));
    expect(lines(await readText(path, 'a.yaml'))).to.deep.equal(['E_FILE_TOO_LARGE a.yaml']);
    await writeFile(path, 'x'.repeat(limitBytes));
    expect(lines(await readText(path, 'a.yaml'))).to.deep.equal([]);
  });

  it('does not believe the size that an endless file gives', async () => {
    expect(lines(await readText('/dev/zero', 'zero'))).to.deep.equal(['E_FILE_TOO_LARGE zero']);
  });

  it('names a folder and a missing file for what they are', async () => {
    for (const path of [folder.path, join(folder.path, 'none')])
      expect(lines(await readText(path, 'x'))).to.deep.equal(['E_FILE_UNREADABLE x']);
  });
});
