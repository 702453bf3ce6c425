import { expect } from 'chai';
import { describe, it } from 'mocha';
import { inspectTools } from '../../src/doctor/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('the tools of a build', () => {
  const folder = temporaryFolder();

  it('are found with what a plan needs of them', async () => {
    const python = await scriptTool(folder.path, 'python', 'exit 0');
    await scriptTool(folder.path, 'packer', 'echo 1.6.6');
    const version = `echo "ansible-playbook [core 2.16.3]"; echo "  python version = 3.11 (${python})"`;
    await scriptTool(folder.path, 'ansible-playbook', version);

    const tools = await inspectTools({ PATH: folder.path });

    expect(tools.packer?.version).to.equal('1.6.6');
    expect(tools.ansible?.version).to.equal('2.16.3');
    expect(tools.problems).to.deep.equal([]);
    expect(tools.warnings.map((warning) => warning.code)).to.deep.equal(['ansible-untested']);
    expect(tools.forPlan).to.deep.equal({ packer: '1.6', ansible: '2.16' });
  });

  it('that are not there are all named at once', async () => {
    await scriptTool(folder.path, 'packer', 'echo 0 0');

    const tools = await inspectTools({ PATH: folder.path });

    expect(tools.problems.map((problem) => problem.code)).to.deep.equal(['E_TOOL_WRONG', 'E_TOOL_MISSING']);
    expect(tools.forPlan).to.deep.equal({ packer: 'absent', ansible: 'absent' });
  });

  it('hold the Packer that LYNCIMG_PACKER names, and a plan is made for that one', async () => {
    await scriptTool(folder.path, 'packer', 'echo 1.6.6');
    const LYNCIMG_PACKER = await scriptTool(folder.path, 'packer-new', 'echo Packer v1.14.2');

    const tools = await inspectTools({ PATH: folder.path, LYNCIMG_PACKER });

    expect(tools.packer).to.include({ path: LYNCIMG_PACKER, version: '1.14.2' });
    expect(tools.forPlan.packer).to.equal('1.14');
  });

  it('are no data where LYNCIMG_PACKER names none: nothing is planned for another', async () => {
    await scriptTool(folder.path, 'packer', 'echo 1.6.6');

    const error = await inspectTools({ PATH: folder.path, LYNCIMG_PACKER: 'packer-gone' }).catch(
      (caught: unknown) => caught,
    );

    expect(error).to.have.property('code', 'E_TOOL_CHOICE');
    expect(error).to.have.property('exitCode', 2);
  });
});
