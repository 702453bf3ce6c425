// doctor with real tools: Debian's Packer, Ansible and QEMU; and with a QEMU that hangs, of which nothing may be left.
import { expect } from 'chai';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { bootUnder } from '../../src/doctor/boot-sector.js';
import { preflight, type DoctorReport, type Finding } from '../../src/doctor/index.js';
import { inspectTools } from '../../src/doctor/inspect-tools.js';
import { platformOf, settingsOf } from '../../src/platforms/index.js';
import { findTool } from '../../src/tools/index.js';
import { processStat } from '../../src/util/index.js';
import { machineOf, os2012r2, wantedOf } from '../doctor/kit.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { startLyncimg, type LyncimgProcess } from '../helpers/lyncimg-process.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** What runs with that text in its environment: a folder of the test's own, as HOME or in PATH, reaches every child. */
function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          pid !== process.pid &&
          readFileSync(`/proc/${pid}/environ`, 'latin1').includes(text) &&
          processStat(pid)?.zombie === false
        );
      } catch {
        return false; // it ended meanwhile
      }
    });
}

describe('doctor with real tools', () => {
  const folder = temporaryFolder();
  const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: folder.path });

  it('boots a guest in the real QEMU, and leaves none', async () => {
    const { path: qemu } = await findTool('qemu-system-x86_64', environment());
    const options = { qemu, env: environment(), limitMs: 20_000 };

    expect(await bootUnder('tcg', options)).to.have.property('state', 'booted');
    // KVM may work here or not: whichever it is, it comes to an end.
    const kvm = await bootUnder('kvm', { ...options, limitMs: 1500 });
    expect(kvm.state).to.be.oneOf(['booted', 'late', 'failed']);
    expect(processesWith(folder.path)).to.deep.equal([]);
  });

  it('finds the tools of Debian able to rehearse', async () => {
    await mkdir(join(folder.path, 'home'));
    await writeFile(
      join(folder.path, 'lyncimg.yaml'),
      'apiVersion: lyncimg/v1\nkind: Workspace\nplatform: twin\nos: 2012r2\nroles: [front-end]\n',
    );

    const { code, report } = await ended(start(['doctor', '--json']));

    expect(code, JSON.stringify(report, null, 1)).to.equal(0);
    const level = (check: Finding['check']): string | undefined =>
      report.findings.find((finding) => finding.check === check)?.level;
    for (const check of [
      'packer',
      'ansible',
      'ansible-collections',
      'ports',
      'state-folder',
      'disk-space',
    ] as const)
      expect(level(check), check).to.equal('ok');
    expect(level('ansible-ntlm')).to.be.oneOf(['ok', 'warning']);
    // In HOME Ansible makes a folder of its own, whatever it is asked.
    expect((await readdir(folder.path)).sort()).to.deep.equal(['home', 'lyncimg.yaml']);
  });

  it('looks before a build at the same, without booting what is not asked for', async () => {
    const platform = platformOf('qemu');
    const env = environment();

    const findings = await preflight({
      ...wantedOf({ env, systems: [os2012r2], machine: machineOf(), stateFolder: folder.path }),
      place: { platform, settings: settingsOf(platform, { accelerator: 'tcg' }) },
      tools: await inspectTools(env),
    });

    const checks = findings.map(({ check }) => check);
    expect(checks).to.include.members([
      'packer',
      'ansible',
      'platform-tools',
      'disc-tools',
      'emulator',
      'ports',
    ]);
    expect(checks).not.to.include('kvm');
    const emulator = findings.find(({ check }) => check === 'emulator');
    // A machine that is very busy may take longer than a build waits for it.
    expect(emulator?.level).to.be.oneOf(['ok', 'unknown']);
    expect(processesWith(folder.path)).to.deep.equal([]);
  });

  describe('and a QEMU that hangs', () => {
    /** It says who it is; asked to boot, it starts a child and heeds no signal. */
    const hanging = async (): Promise<string> => {
      const bin = join(folder.path, 'bin');
      await mkdir(bin);
      await scriptTool(
        bin,
        'qemu-system-x86_64',
        `[ "$1" = --version ] && echo "QEMU emulator version 9.9.9" && exit 0\ntrap '' INT TERM\nsleep 120 & touch "${folder.path}/hangs"\nwait; wait; sleep 120`,
      );
      return `${bin}:${process.env['PATH'] ?? ''}`;
    };

    it('says so in its time, and leaves nothing of it', async () => {
      const PATH = await hanging();

      const { code, report } = await ended(
        start(['doctor', '--platform', 'qemu', '--os', '2012r2', '--json'], PATH),
      );

      expect(code).to.equal(3);
      const emulator = report.findings.find(({ check }) => check === 'emulator');
      expect(emulator).to.include({ level: 'problem' });
      expect(emulator?.what).to.contain('9.9.9').and.contain('5.0 s');
      expect(report.findings.find(({ check }) => check === 'kvm')).to.include({ level: 'unknown' });
      expect(processesWith(folder.path)).to.deep.equal([]);
    });

    it('leaves nothing of it when it is interrupted either', async () => {
      const lyncimg = start(['doctor', '--platform', 'qemu', '--os', '2012r2'], await hanging());
      await hung(lyncimg);
      lyncimg.kill('SIGINT');

      const { code, stderr } = await lyncimg.ended;

      expect(code).to.equal(130);
      expect(stderr).to.contain('E_INTERRUPTED');
      expect(processesWith(folder.path)).to.deep.equal([]);
    });
  });

  /** Once its QEMU hangs; a busy machine may take its time until then. */
  async function hung(lyncimg: LyncimgProcess): Promise<void> {
    const gone = lyncimg.ended.then(() => true);
    while (!(await readdir(folder.path)).includes('hangs')) {
      if (await Promise.race([gone, delay(50, false)]))
        throw new Error('it ended before its QEMU was started');
    }
  }

  function start(args: string[], PATH = process.env['PATH'] ?? ''): LyncimgProcess {
    const home = join(folder.path, '.lyncimg');
    return startLyncimg(args, { cwd: folder.path, home, env: { PATH, HOME: join(folder.path, 'home') } });
  }

  async function ended(lyncimg: LyncimgProcess): Promise<{ code: number | null; report: DoctorReport }> {
    const { code, stdout } = await lyncimg.ended;
    return { code, report: JSON.parse(stdout) as DoctorReport };
  }
});
