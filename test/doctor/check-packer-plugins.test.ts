import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkPackerPlugins } from '../../src/doctor/check-packer-plugins.js';
import type { Finding } from '../../src/doctor/index.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { placeOf, toolOf } from './kit.js';

const source = 'github.com/hashicorp/qemu';
const place = placeOf({ plugins: () => [{ name: 'qemu', source, version: '>= 1.1.0' }] });
const pathOf = (version: string): string =>
  `/home/u/.config/packer/plugins/${source}/packer-plugin-qemu_v${version}_x5.0_linux_amd64`;

describe('the plugins of Packer', () => {
  const folder = temporaryFolder();
  const check = async (
    script: string,
    { version = '1.16.0', env = {} }: { version?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<Finding[]> => {
    const path = await scriptTool(folder.path, 'packer', script);
    return checkPackerPlugins({
      packer: toolOf({ path, version }),
      place,
      env: { PATH: '/usr/bin:/bin', ...env },
      timeoutMs: 5000,
    });
  };
  const install = (): string => `${folder.path}/packer plugins install ${source} '>= 1.1.0'`;

  it('are found where Packer lists them', async () => {
    const [finding] = await check(`[ "$1 $2" = "plugins installed" ] && echo ${pathOf('1.1.4')}`);

    expect(finding).to.include({ level: 'ok', what: `Packer has the plugin ${source} 1.1.4.` });
  });

  it('that are missing are a problem with the command that installs them', async () => {
    const [finding] = await check(
      'echo /p/github.com/somebody/qemu/packer-plugin-qemu_v1.1.4_x5.0_linux_amd64',
    );

    expect(finding).to.include({ level: 'problem', what: `Packer has no plugin ${source}.` });
    expect(finding?.fix[0]).to.equal(install());
    expect(finding?.fix.join('\n')).to.contain('--path').and.contain('PACKER_PLUGIN_PATH');
  });

  it('of a version that will not do are a problem', async () => {
    const [finding] = await check(`echo ${pathOf('1.0.2')}`);

    expect(finding).to.include({ level: 'problem' });
    expect(finding?.what).to.contain('1.0.2').and.contain('>= 1.1.0');
  });

  it('that lie where only the user looks are found by PACKER_PLUGIN_PATH', async () => {
    const [finding] = await check('exit 0', { env: { XDG_CONFIG_HOME: '/cfg' } });

    expect(finding?.detail).to.contain('XDG_CONFIG_HOME');
    expect(finding?.fix[0]).to.equal('export PACKER_PLUGIN_PATH="$XDG_CONFIG_HOME/packer/plugins"');
  });

  it('are asked for with PACKER_PLUGIN_PATH, which may name one folder', async () => {
    const listed = await check(`[ "$PACKER_PLUGIN_PATH" = /plugins ] && echo ${pathOf('1.1.4')}`, {
      env: { PACKER_PLUGIN_PATH: '/plugins' },
    });
    expect(listed[0]).to.include({ level: 'ok' });

    const several = await check('exit 0', { env: { PACKER_PLUGIN_PATH: '/a:/b' } });
    expect(several[0]).to.include({ level: 'problem' });
    expect(several[0]?.fix).to.deep.equal(['export PACKER_PLUGIN_PATH=/a', 'export PACKER_PLUGIN_PATH=/b']);
  });

  it('are unknown where Packer gives no list', async () => {
    const [finding] = await check('echo "no such command" >&2; exit 127');

    expect(finding).to.include({ level: 'unknown', detail: 'no such command' });
    expect(finding?.fix).to.deep.equal([install()]);
  });

  it('are no matter of a Packer that brings its builders', async () => {
    const [finding] = await check('exit 1', { version: '1.6.6' });

    expect(finding).to.include({ level: 'ok', what: 'Packer 1.6.6 brings the builder itself.' });
  });

  it('are not asked for where there is no Packer, no platform, or none is needed', async () => {
    const nothing = { env: {}, timeoutMs: 1000 };
    expect(await checkPackerPlugins({ ...nothing, packer: null, place })).to.deep.equal([]);
    expect(await checkPackerPlugins({ ...nothing, packer: toolOf(), place: null })).to.deep.equal([]);
    expect(await checkPackerPlugins({ ...nothing, packer: toolOf(), place: placeOf() })).to.deep.equal([]);
  });
});
