import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import PlatformsList from '../../../src/commands/platforms/list.js';
import { platformNames, platformSheetSchemas, type PlatformList } from '../../../src/platforms/index.js';
import { runCommandClass } from '../../helpers/run-command.js';
import { workingFolder } from '../../helpers/working-folder.js';

describe('lyncimg platforms list', () => {
  workingFolder();

  it('lists every platform with its builders, and whether it bakes', async () => {
    const { stdout, exit, stderr } = await runCommandClass(PlatformsList, []);
    expect(exit, stderr).to.equal(0);
    for (const name of platformNames) expect(stdout).to.match(new RegExp(`^${name} `, 'm'));
    expect(stdout)
      .to.match(/^qemu +yes +qemu +qemu /m)
      .and.match(/^azure +no +azure-arm +- /m)
      .and.match(/^existing +no +- +- /m);
  });

  it('prints a document of the published schema', async () => {
    const { stdout } = await runCommandClass(PlatformsList, ['--json']);
    const document = JSON.parse(stdout) as PlatformList;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(
      platformSheetSchemas().get('platform-list.schema.json') ?? false,
    );
    expect(validate(document), JSON.stringify(validate.errors)).to.equal(true);
    expect(document.platforms.map(({ name }) => name)).to.deep.equal([...platformNames]);
  });
});
