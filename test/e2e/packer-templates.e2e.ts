// What real Packer makes of a template beyond finding it valid: what it starts QEMU with, on disks of the real qemu-img,
// and the address that it hands to Ansible and the gate.
import { expect } from 'chai';
import { execa } from 'execa';
import { beforeEach, describe, it } from 'mocha';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layer, Plan } from '../../src/plan/index.js';
import { platformOf, settingsOf, type Platform } from '../../src/platforms/index.js';
import { renderTemplate } from '../../src/render/template.js';
import { startAnsibleTwin } from '../helpers/ansible-twin.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { machineOf } from '../platforms/asked-of.js';

const layers = [
  { name: 'windows-base', parent: null },
  { name: 'front-end', parent: 'windows-base' },
] as unknown as Layer[];
const plan = { role: 'front-end', os: { id: '2012r2', title: 'Windows Server 2012 R2' }, layers } as Plan;

describe('real Packer with a template', () => {
  const folder = temporaryFolder();

  beforeEach(async () => {
    await mkdir(join(folder.path, 'bin'));
    await mkdir(join(folder.path, 'layer'));
  });

  async function program(name: string, text: string): Promise<void> {
    const path = join(folder.path, 'bin', name);
    await writeFile(path, `#!/bin/sh\n${text}\n`);
    await chmod(path, 0o755);
  }

  async function build(platform: Platform, env: Record<string, string>, index = 0): Promise<string> {
    const machine = machineOf({ guestTools: false, diskGb: 20, memoryMb: 512 });
    const settings = settingsOf(platform, platform.name === 'qemu' ? { accelerator: 'tcg' } : {});
    const text = renderTemplate({ plan, layer: layers[index]!, platform, machine, settings });
    await writeFile(join(folder.path, 'layer/lyncimg.pkr.hcl'), text);
    const { all } = await execa('packer', ['build', '-color=false', 'layer'], {
      cwd: folder.path,
      env: {
        PATH: `${join(folder.path, 'bin')}:${process.env['PATH'] ?? ''}`,
        HOME: folder.path,
        TMPDIR: folder.path,
        CHECKPOINT_DISABLE: '1',
        ...env,
      },
      ...{ extendEnv: false, reject: false, all: true },
    });
    return all;
  }

  describe('of the platform qemu', () => {
    /** Real QEMU gets what Packer gives to this one, for a second and without running the processor. */
    const recordingQemu = (real: string, at: string): string =>
      [
        `case $1 in -version) exec ${real} "$@" ;; esac`,
        `printf '%s\\n' "$@" > ${at}/argv`,
        `qemu-img info --output=json "$LYNCIMG_OUTPUT/disk.qcow2" > ${at}/info.json`,
        `timeout 1 ${real} "$@" -S > ${at}/qemu.log 2>&1`,
        'exit 9',
      ].join('\n');

    let discs: Record<string, string> = {};
    beforeEach(async function () {
      const found = await execa('sh', ['-c', 'command -v qemu-system-x86_64 && command -v qemu-img'], {
        reject: false,
      });
      // A check of QEMU's own opinion needs QEMU.
      if (found.exitCode !== 0) return this.skip();
      await program('qemu-system-x86_64', recordingQemu(found.stdout.split('\n')[0] ?? '', folder.path));
      await mkdir(join(folder.path, 'a,b'));
      discs = {};
      for (const [name, path] of [
        ['LYNCIMG_WINDOWS_ISO', 'windows.iso'],
        ['LYNCIMG_MEDIA_DISC', 'media.iso'],
        ['LYNCIMG_ANSWER_DISC', 'a,b/answer.iso'],
      ] as const) {
        discs[name] = join(folder.path, path);
        await writeFile(discs[name], Buffer.alloc(64 * 1024));
      }
      return undefined;
    });

    async function started(index: number, env: Record<string, string> = {}) {
      const output = await build(
        platformOf('qemu'),
        {
          ...discs,
          ...{ LYNCIMG_PORT: '25986', LYNCIMG_MACHINE: 'lyncimg-test' },
          ...{ LYNCIMG_OUTPUT: join(folder.path, 'output'), ...env },
        },
        index,
      );
      const argv = (await readFile(join(folder.path, 'argv'), 'utf8')).trimEnd().split('\n');
      const of = (name: string) => argv.flatMap((one, at) => (one === name ? [argv[at + 1] ?? ''] : []));
      return {
        output,
        of,
        disk: JSON.parse(await readFile(join(folder.path, 'info.json'), 'utf8')) as Record<string, unknown>,
        qemu: await readFile(join(folder.path, 'qemu.log'), 'utf8'),
      };
    }

    const disc = (path: string, index: number): string =>
      `file=${join(folder.path, path)},if=ide,index=${String(index)},media=cdrom,format=raw,readonly=on`;
    const disk = (): string =>
      `file=${folder.path}/output/disk.qcow2,if=ide,index=0,format=qcow2,cache=writeback,discard=ignore`;

    it('attaches every drive once, at the place that QEMU has for it', async () => {
      const { of, qemu, disk: info, output } = await started(0);

      expect(of('-drive'), output).to.deep.equal([
        disk(),
        disc('windows.iso', 1),
        disc('media.iso', 2),
        disc('a,,b/answer.iso', 3),
      ]);
      expect(of('-boot')).to.deep.equal(['once=d']);
      expect(info).to.include({ format: 'qcow2', 'virtual-size': 20 * 1024 ** 3 });
      // Ended by the clock: QEMU had nothing to say against it.
      expect(qemu.replaceAll(/^.*terminating on signal 15.*\n/gm, '')).to.equal('');
    });

    it('starts the next layer from the disk below, in the size that it has', async () => {
      const below = join(folder.path, 'below.qcow2');
      await execa('qemu-img', ['create', '-q', '-f', 'qcow2', below, '20G']);
      const { of, qemu, disk: info, output } = await started(1, { LYNCIMG_PARENT: below });

      expect(of('-drive'), output).to.deep.equal([disk(), disc('media.iso', 2), disc('a,,b/answer.iso', 3)]);
      expect(of('-boot')).to.deep.equal(['c']);
      expect(info).to.include({
        'full-backing-filename': below,
        'backing-filename-format': 'qcow2',
        'virtual-size': 20 * 1024 ** 3,
      });
      expect(qemu.replaceAll(/^.*terminating on signal 15.*\n/gm, '')).to.equal('');
    });

    it('names what is missing where nothing is set', async () => {
      const output = await build(platformOf('qemu'), {});

      expect(output).to.contain('set-LYNCIMG_WINDOWS_ISO.iso');
    });

    it('opens the port on loopback alone, and keeps the network card of the builder', async () => {
      const { of } = await started(0);

      expect(of('-netdev')).to.deep.equal(['user,id=user.0,hostfwd=tcp:127.0.0.1:25986-:5986']);
      expect(of('-device')).to.deep.equal(['e1000,netdev=user.0']);
      expect(of('-vnc').join()).to.match(/^127\.0\.0\.1:/);
      expect(of('-name')).to.deep.equal(['lyncimg-test']);
      expect(of('-serial')).to.deep.equal([`file:${folder.path}/serial.log`]);
    });
  });

  it('hands the address that only it knows to Ansible and the gate', async () => {
    const twin = await startAnsibleTwin({ folder: folder.path, media: null });
    try {
      const { port, caFile } = twin.ready;
      const at = join(folder.path, 'told');
      await program('ansible-playbook', `echo "ansible $1 $LYNCIMG_HOST:$LYNCIMG_PORT" >> ${at}`);
      await program('gate', `echo "gate $1 $2 $3 $LYNCIMG_PASSWORD" >> ${at}`);
      const output = await build(unknownAddress(port), {
        LYNCIMG_COMMAND: 'gate',
        LYNCIMG_GUEST_PASSWORD: twin.password,
        LYNCIMG_CA_FILE: caFile,
        SSL_CERT_FILE: caFile,
        NO_PROXY: '127.0.0.1',
      });

      expect(await readFile(at, 'utf8'), output).to.equal(
        [
          'ansible playbook.yml 127.0.0.1:5986',
          `gate verify --host 127.0.0.1:5986 ${twin.password}`,
          '',
        ].join('\n'),
      );
      expect(output).not.to.contain(twin.password);
    } finally {
      await twin.close();
    }
  });
});

/** A platform that finds the address by itself, as Hyper-V and VMware do; here it is always the twin's. */
function unknownAddress(port: number): Platform {
  const twin = platformOf('twin');
  return {
    ...twin,
    address: 'in-box',
    unkeyBy: 'shutdown-command',
    source: (request) => {
      const { builder, body } = twin.source(request);
      return {
        builder,
        body: body.map((item) => {
          if (!('attribute' in item)) return item;
          if (item.attribute === 'winrm_host') return { ...item, value: '127.0.0.1' };
          return item.attribute === 'winrm_port' ? { ...item, value: port } : item;
        }),
      };
    },
  };
}
