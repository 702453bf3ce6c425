import { expect } from 'chai';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { z } from 'zod';
import type { Boot } from '../../src/doctor/boot-sector.js';
import {
  acceleratorOf,
  checkGuestsOf,
  judgeEmulator,
  judgeKvm,
  type WantedAccelerator,
} from '../../src/doctor/check-kvm.js';
import type { Inspected } from '../../src/doctor/inspect-tools.js';
import { scriptTool } from '../helpers/fake-tool.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { inShort, placeOf, toolOf } from './kit.js';

const qemuTool = {
  command: 'qemu-system-x86_64',
  what: 'runs the machine',
  install: 'apt-get install qemu-system-x86',
};
const withAccelerator = z.strictObject({ accelerator: z.enum(['kvm', 'tcg']).optional() });

describe('the accelerator that is wanted', () => {
  const cases: [string, ReturnType<typeof placeOf> | null, WantedAccelerator | null][] = [
    ['any where no platform is named', null, 'any'],
    ['none where the platform has no QEMU', placeOf(), null],
    ['any where the platform does not say', placeOf({ tools: [qemuTool] }), 'any'],
    ['kvm', placeOf({ tools: [qemuTool], settings: withAccelerator }, { accelerator: 'kvm' }), 'kvm'],
    ['another', placeOf({ tools: [qemuTool], settings: withAccelerator }, { accelerator: 'tcg' }), 'other'],
    ['any where it is not set', placeOf({ tools: [qemuTool], settings: withAccelerator }), 'any'],
  ];
  for (const [name, place, wanted] of cases) {
    it(`is ${name}`, () => {
      expect(acceleratorOf(place)).to.equal(wanted);
    });
  }
});

describe('software emulation', () => {
  const qemu = { path: '/usr/bin/qemu-system-x86_64', version: '7.2.22' };
  const judge = (tcg: Boot, platform: string | null = 'qemu') => judgeEmulator({ qemu, tcg, platform });

  it('is proved by a guest that booted', () => {
    const { level, what } = judge({ state: 'booted', ms: 110 });

    expect(level).to.equal('ok');
    expect(what).to.contain('7.2.22').and.contain('0.1 s');
  });

  it('that fails is a problem of a platform that needs it, and else a warning', () => {
    const failed: Boot = { state: 'failed', why: "could not load PC BIOS 'bios-256k.bin'" };

    expect(judge(failed)).to.include({ level: 'problem' });
    expect(judge(failed).detail).to.contain('bios-256k.bin');
    expect(judge(failed).fix.join()).to.contain('apt-get install --reinstall');
    expect(judge(failed, null)).to.include({ level: 'warning' });
  });

  it('that hangs is a problem only where it was given time enough', () => {
    expect(judge({ state: 'late', ms: 1500 })).to.include({ level: 'unknown' });
    expect(judge({ state: 'late', ms: 5000 })).to.include({ level: 'problem' });
    expect(judge({ state: 'late', ms: 5000 }, null)).to.include({ level: 'warning' });
  });
});

describe('KVM', () => {
  const judge = (kvm: Boot, tcg: Boot, wanted: WantedAccelerator = 'kvm') =>
    judgeKvm({ kvm, tcg, wanted, platform: 'qemu' });
  const quick: Boot = { state: 'booted', ms: 100 };

  it('is proved by a guest that booted', () => {
    expect(judge({ state: 'booted', ms: 300 }, quick)).to.include({ level: 'ok', check: 'kvm' });
  });

  it('under which a guest hangs cannot be used, whatever /dev/kvm says', () => {
    const hung = judge({ state: 'late', ms: 1500 }, quick);

    expect(hung).to.include({ level: 'problem', what: 'KVM cannot be used.' });
    expect(hung.detail).to.contain('0.1 s').and.contain('1.5 s').and.contain('hours');
    expect(hung.fix.join('\n')).to.contain('nested').and.contain('accelerator: tcg under platforms: qemu:');
  });

  it('that is far slower than emulation is of no use either', () => {
    expect(judge({ state: 'booted', ms: 4000 }, quick)).to.include({ level: 'problem' });
    // A machine that is busy for a moment.
    expect(judge({ state: 'booted', ms: 1900 }, quick)).to.include({ level: 'ok' });
  });

  it('is unknown on a machine that is too busy to tell', () => {
    expect(judge({ state: 'late', ms: 1500 }, { state: 'late', ms: 1500 })).to.include({ level: 'unknown' });
    expect(judge({ state: 'late', ms: 1500 }, { state: 'booted', ms: 900 })).to.include({ level: 'unknown' });
  });

  it('that QEMU cannot open is told with what QEMU says and what mends that', () => {
    const refused = judge(
      { state: 'failed', why: 'Could not access KVM kernel module: Permission denied' },
      quick,
    );
    expect(refused.detail).to.contain('Permission denied');
    expect(refused.fix.join('\n')).to.contain('usermod -aG kvm');

    const absent = judge({ state: 'failed', why: 'Could not access KVM kernel module: No such file' }, quick);
    expect(absent.fix.join('\n')).to.contain('modprobe kvm_intel');
  });

  it('is a problem only where it is asked for', () => {
    const hung: Boot = { state: 'late', ms: 5000 };

    expect(judge(hung, quick, 'any')).to.include({ level: 'warning' });
    expect(judge(hung, quick, 'other')).to.include({ level: 'ok' });
    expect(judge(hung, quick, 'other').detail).to.contain('not asked for');
  });
});

describe('looking whether guests run', () => {
  const folder = temporaryFolder();
  const look = async (
    script: string | null,
    {
      place = null,
      kvmMs = [5000],
      answerMs = 5000,
    }: { place?: ReturnType<typeof placeOf> | null; kvmMs?: number[]; answerMs?: number } = {},
  ) => {
    const inspected = new Map<string, Inspected>();
    if (script !== null) {
      const path = await scriptTool(folder.path, 'qemu-system-x86_64', script);
      inspected.set('qemu-system-x86_64', {
        tool: toolOf({ name: 'qemu-system-x86_64', path }),
        problem: null,
      });
    }
    return checkGuestsOf({
      place,
      inspected,
      env: { PATH: folder.path },
      answerMs,
      kvmMs: () => kvmMs,
    });
  };
  const onlyEmulation = 'case "$*" in *"-accel kvm"*) echo "no such accelerator" >&2; exit 1;; esac; exit 85';

  it('tells both results', async () => {
    expect(inShort(await look(onlyEmulation))).to.deep.equal(['emulator ok', 'kvm warning']);
    expect(inShort(await look('exit 85'))).to.deep.equal(['emulator ok', 'kvm ok']);
  });

  it('tries again, for longer, what a busy machine left unknown', async () => {
    // The first guests of both kinds take their time.
    const slowAtFirst = `[ -e "${folder.path}/$2" ] && exit 85\n: > "${folder.path}/$2"; exec /bin/sleep 60`;

    expect(inShort(await look(slowAtFirst, { kvmMs: [1000], answerMs: 1000 }))).to.deep.equal([
      'emulator unknown',
      'kvm unknown',
    ]);
    await rm(join(folder.path, 'kvm'));
    await rm(join(folder.path, 'tcg'));
    expect(inShort(await look(slowAtFirst, { kvmMs: [1000, 5000], answerMs: 1000 }))).to.deep.equal([
      'emulator ok',
      'kvm ok',
    ]);
  });

  it('does not try what is not to be tried', async () => {
    expect(inShort(await look(onlyEmulation, { kvmMs: [] }))).to.deep.equal(['emulator ok']);
  });

  it('says that nothing was booted where QEMU is not here and nobody asks for it', async () => {
    const [finding] = await look(null);

    expect(finding).to.include({ check: 'emulator', level: 'unknown' });
    expect(finding?.fix).to.deep.equal(['apt-get install qemu-system-x86 qemu-utils']);
  });

  it('asks nothing for a platform without QEMU', async () => {
    expect(await look('exit 85', { place: placeOf() })).to.deep.equal([]);
  });
});
