import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformHere } from '../../src/doctor/index.js';
import { platformOf } from '../../src/platforms/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const proxmox = platformOf('proxmox');

describe('platformHere', () => {
  const folder = temporaryFolder();
  const look = () => platformHere(proxmox, { PATH: folder.path });

  it('finds Packer and the programs of the platform with their versions', async () => {
    const packer = await scriptTool(folder.path, 'packer', 'echo 1.6.6');
    const xorriso = await scriptTool(folder.path, 'xorriso', 'echo xorriso 1.5.4');
    const { packer: found, tools } = await look();

    expect(found).to.deep.equal({ path: packer, version: '1.6.6' });
    expect([...tools]).to.deep.equal([['xorriso', { path: xorriso, version: '1.5.4' }]]);
  });

  it('says whether the Packer found can express a layer', async () => {
    await scriptTool(folder.path, 'packer', 'echo 1.6.6');
    expect((await look()).canExpress('first')).to.equal(false);
    await scriptTool(folder.path, 'packer', 'echo Packer v1.14.0');
    expect((await look()).canExpress('first')).to.equal(true);
  });

  it('says nothing of a Packer that is not there', async () => {
    const { packer, canExpress, tools } = await look();
    expect(packer).to.equal(null);
    expect(canExpress('next')).to.equal(null);
    expect(tools.get('xorriso')).to.equal(null);
  });

  it('finds a program that does not say its version', async () => {
    const xorriso = await scriptTool(folder.path, 'xorriso', 'echo I am not telling');
    expect((await look()).tools.get('xorriso')).to.deep.equal({ path: xorriso, version: null });
  });
});
