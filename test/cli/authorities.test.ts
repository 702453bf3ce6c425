import { expect } from 'chai';
import { describe, it } from 'mocha';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAuthorities } from '../../src/cli/authorities.js';

describe('readAuthorities', () => {
  it('says which file cannot be read, and why', async () => {
    const file = join(tmpdir(), 'lyncimg-no-such-folder', 'ca.crt');
    const error: unknown = await readAuthorities(file).catch((reason: unknown) => reason);

    expect(error).to.include({ code: 'E_CA_FILE', exitCode: 2 });
    expect(error).to.have.deep.property('where', { file });
  });
});
