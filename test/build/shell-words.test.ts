import { expect } from 'chai';
import { describe, it } from 'mocha';
import { execFileSync } from 'node:child_process';
import { shellWords } from '../../src/build/shell-words.js';

describe('a command as shell words', () => {
  it('is left as it reads where nothing needs a quote', () => {
    expect(shellWords(['/usr/bin/node', 'bin/run.js', '--import=tsx'])).to.equal(
      '/usr/bin/node bin/run.js --import=tsx',
    );
  });

  it("comes back word by word from the template's own way of reading it", () => {
    const words = ['/opt/my tools/node', "it's", '$HOME `id` "x"', '', 'a\nb', '*'];
    const script = 'eval "set -- $LYNCIMG_COMMAND"; for word in "$@"; do printf "%s\\0" "$word"; done';
    const out = execFileSync('/bin/sh', ['-c', script], {
      env: { PATH: '/usr/bin:/bin', LYNCIMG_COMMAND: shellWords(words) },
    });
    expect(out.toString('utf8').split('\0').slice(0, -1)).to.deep.equal(words);
  });
});
