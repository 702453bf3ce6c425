import { expect } from 'chai';
import { describe, it } from 'mocha';
import { plainBaking, type Workspace } from '../../src/catalog/index.js';
import { stateFolder } from '../../src/cli/index.js';

const workspace: Workspace = {
  file: '/shop/lyncimg.yaml',
  folder: '/shop',
  roles: [],
  options: {},
  items: [],
  netfx3Source: null,
  baking: plainBaking,
  platformSettings: {},
  output: '/shop/state',
};

function chosen(flag: string | undefined, home: string | undefined, of: Workspace | null): string {
  return stateFolder({ flag, env: { LYNCIMG_HOME: home }, workspace: of, folder: '/here' });
}

describe('stateFolder', () => {
  it('goes by --output, then LYNCIMG_HOME, then lyncimg.yaml, then this folder', () => {
    expect(chosen('out', '/big', workspace)).to.equal('/here/out');
    expect(chosen(undefined, '/big', workspace)).to.equal('/big');
    expect(chosen(undefined, undefined, workspace)).to.equal('/shop/state');
    expect(chosen(undefined, undefined, null)).to.equal('/here/.lyncimg');
  });

  it('takes an empty LYNCIMG_HOME for none', () => {
    expect(chosen(undefined, '', null)).to.equal('/here/.lyncimg');
  });
});
