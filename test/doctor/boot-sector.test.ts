import { expect } from 'chai';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { bootSector, bootUnder, type Boot } from '../../src/doctor/boot-sector.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { isRunning } from '../helpers/processes.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

describe('a guest of one sector', () => {
  const folder = temporaryFolder();
  const boot = async (script: string, limitMs = 5000): Promise<Boot> => {
    const qemu = await scriptTool(folder.path, 'qemu-system-x86_64', script);
    return bootUnder('kvm', { qemu, env: { PATH: '/usr/bin:/bin' }, limitMs });
  };
  const read = (name: string): Promise<string> => readFile(join(folder.path, name), 'latin1');

  it('is 512 bytes that a BIOS takes for a boot sector', () => {
    const sector = bootSector();

    expect(sector).to.have.length(512);
    expect([...sector.subarray(510)]).to.deep.equal([0x55, 0xaa]);
    // mov al, 0x2a; out 0xf4, al; hlt; jmp to the hlt
    expect([...sector.subarray(0, 7)]).to.deep.equal([0xb0, 0x2a, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd]);
  });

  it('has booted where QEMU ends with what the guest wrote to its exit port', async () => {
    const disk = `for word; do case "$word" in file=*) file=\${word#file=}; cp "\${file%%,*}" "${folder.path}/disk";; esac; done`;

    const outcome = await boot(`echo "$@" > "${folder.path}/args"; ${disk}; exit 85`);

    expect(outcome).to.have.property('state', 'booted');
    expect(await read('disk')).to.equal(bootSector().toString('latin1'));
    expect(await read('args'))
      .to.contain('-accel kvm')
      .and.contain('isa-debug-exit,iobase=0xf4,iosize=1')
      .and.contain('-no-user-config')
      .and.contain('-display none');
  });

  it('has not where QEMU ends by itself, and its last line says why', async () => {
    const outcome = await boot(
      'echo "warning: old" >&2; echo "failed to initialize kvm: Permission denied" >&2; exit 1',
    );

    expect(outcome).to.deep.equal({ state: 'failed', why: 'failed to initialize kvm: Permission denied' });
  });

  it('has not where QEMU says nothing or cannot be started', async () => {
    expect(await boot('exit 0')).to.deep.equal({ state: 'failed', why: 'it ended with exit code 0' });
    const gone = await bootUnder('tcg', { qemu: '/nowhere/qemu', env: {}, limitMs: 1000 });
    expect(gone).to.have.property('state', 'failed');
  });

  it('that hangs is ended at the limit with all that belongs to it', async () => {
    const outcome = await boot(
      `trap '' INT TERM; sleep 60 & echo "$$ $!" > "${folder.path}/pids"; wait; wait`,
      700,
    );

    expect(outcome).to.deep.equal({ state: 'late', ms: 700 });
    const pids = (await read('pids')).trim().split(' ').map(Number);
    expect(pids).to.have.length(2);
    expect(pids.filter(isRunning)).to.deep.equal([]);
  });

  it('leaves no file', async () => {
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder.path;
    try {
      await boot('exit 85');
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }

    expect(await readdir(folder.path)).to.deep.equal(['qemu-system-x86_64']);
  });
});
