import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PlatformsShow from '../../../src/commands/platforms/show.js';
import { platformNames, platformSheetSchemas, type PlatformSheet } from '../../../src/platforms/index.js';
import { runCommandClass } from '../../helpers/run-command.js';
import { workingFolder } from '../../helpers/working-folder.js';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(
  platformSheetSchemas().get('platform-sheet.schema.json') ?? false,
);

const run = (...args: string[]) => runCommandClass(PlatformsShow, args);

async function documentOf(platform: string): Promise<PlatformSheet> {
  const { stdout, stderr, exit } = await run(platform, '--json');
  expect(exit, stderr).to.equal(0);
  const document = JSON.parse(stdout) as PlatformSheet;
  expect(validate(document), JSON.stringify(validate.errors)).to.equal(true);
  return document;
}

describe('lyncimg platforms show', () => {
  const folder = workingFolder();

  const workspace = (text: string): Promise<void> =>
    writeFile(join(folder.path, 'lyncimg.yaml'), `apiVersion: lyncimg/v1\nkind: Workspace\n${text}`);

  it('shows what a platform needs, outside a workspace too', async () => {
    const { stdout } = await run('vsphere');
    expect(stdout)
      .to.contain('vsphere-iso')
      .and.contain('LYNCIMG_VSPHERE_PASSWORD')
      .and.match(/^ {2}windowsIso +NOT SET, needed$/m);
  });

  it('prints a document of the published schema', async () => {
    const { name, systems } = await documentOf('qemu');
    expect(name).to.equal('qemu');
    expect(systems.map(({ os }) => os).sort()).to.deep.equal(['2008r2', '2012', '2012r2']);
  });

  it('shows settings as lyncimg.yaml has them, and the limits of the machine that it asks for', async () => {
    await workspace(`platforms:
  vsphere: { server: vc.contoso.com, cluster: c1 }
`);
    const { settings, systems } = await documentOf('vsphere');
    expect(settings.find(({ key }) => key === 'server')?.set).to.equal('vc.contoso.com');
    expect(systems.flatMap(({ problems }) => problems.map(({ code }) => code))).to.include(
      'E_PLATFORM_LIMIT',
    );

    await workspace(`network: { range: 10.1.2.0/24 }
platforms:
  vsphere: { server: vc.contoso.com, cluster: c1 }
`);
    const { systems: fine } = await documentOf('vsphere');
    expect(fine.flatMap(({ problems }) => problems)).to.deep.equal([]);
  });

  it('tells of a firmware that one Windows cannot have, and shows the rest', async () => {
    await workspace('machine: { firmware: uefi }\n');
    const { systems } = await documentOf('qemu');
    const of = (os: string) => systems.find((one) => one.os === os)?.problems.map(({ code }) => code);
    expect(of('2008r2')).to.deep.equal(['E_PLATFORM_LIMIT']);
    expect(of('2012r2')).to.deep.equal([]);
  });

  it('refuses settings that the platform does not know, at their place', async () => {
    await workspace('platforms:\n  vsphere: { servr: x }\n');
    const { exit, stderr } = await run('vsphere');
    expect(exit).to.equal(2);
    expect(stderr).to.contain('lyncimg.yaml:4').and.to.contain('servr');
  });

  it('names the known platforms for an unknown one', async () => {
    const { exit, stderr } = await run('xen');
    expect(exit).to.equal(2);
    expect(stderr).to.contain('E_PLATFORM_UNKNOWN');
    for (const name of platformNames) expect(stderr).to.contain(name);
  });
});
