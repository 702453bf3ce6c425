// Whether guests run here: under software emulation, which shows that QEMU itself is whole, and under KVM.
import { childEnvironment, type FoundTool } from '../tools/index.js';
import { bootUnder, type Accelerator, type Boot } from './boot-sector.js';
import type { Finding, Level } from './doctor-schema.js';
import { found } from './finding.js';
import { inspect, type Inspected } from './inspect-tools.js';
import { qemuCommand, settingOf } from './check-platform-tools.js';
import type { BakePlace } from './wanted.js';

/** `other`: the settings say another one, such as tcg. `any`: nobody says which. */
export type WantedAccelerator = 'kvm' | 'other' | 'any';

/** Null where the platform's guests are not QEMU's. */
export function acceleratorOf(place: BakePlace | null): WantedAccelerator | null {
  if (place === null) return 'any';
  if (!place.platform.tools.some(({ command }) => command === qemuCommand)) return null;
  const said = settingOf(place, 'accelerator');
  if (said === undefined) return 'any';
  return said === 'kvm' ? 'kvm' : 'other';
}

export interface GuestsQuestion {
  place: BakePlace | null;
  /** The platform's tools, by command. */
  inspected: ReadonlyMap<string, Inspected>;
  env: NodeJS.ProcessEnv;
  /** For QEMU's word on itself, and for emulation. */
  answerMs: number;
  /** For KVM, one after the other until one of them tells; none: it is not tried. */
  kvmMs: (wanted: WantedAccelerator) => readonly number[];
}

/** Takes no longer than the limits and a moment. */
export async function checkGuestsOf(question: GuestsQuestion): Promise<Finding[]> {
  const { place, inspected, env, answerMs, kvmMs } = question;
  const wanted = acceleratorOf(place);
  if (wanted === null) return [];
  const { tool: qemu } = inspected.get(qemuCommand) ?? (await inspect(qemuCommand, env, answerMs));
  // Where a platform wants it, that it is missing is told as its tool.
  if (qemu === null) return place === null ? [withoutQemu()] : [];
  const options = { qemu: qemu.path, env: childEnvironment({ from: env }).env };
  const platform = place?.platform.name ?? null;
  const boot = async (accelerator: Accelerator, limitMs: number): Promise<Boot> =>
    bootUnder(accelerator, { ...options, limitMs });
  let findings: Finding[] = [];
  for (const limitMs of kvmMs(wanted)) {
    // At the same time: what a busy machine does to one it does to the other.
    const [tcg, kvm] = await Promise.all([boot('tcg', Math.max(answerMs, limitMs)), boot('kvm', limitMs)]);
    const judged = judgeKvm({ tcg, kvm, wanted, platform });
    findings = [judgeEmulator({ qemu, tcg, platform }), judged];
    if (judged.level !== 'unknown') break;
  }
  if (findings.length > 0) return findings;
  return [judgeEmulator({ qemu, tcg: await boot('tcg', answerMs), platform })];
}

function withoutQemu(): Finding {
  return found('emulator', 'unknown', 'QEMU is not here, so no guest was booted.', {
    detail: 'Only the platform qemu needs it.',
    fix: ['apt-get install qemu-system-x86 qemu-utils'],
  });
}

/** A guest of one sector that is not through by then is not going to be. */
const surelyMs = 5000;

export interface EmulatorFacts {
  qemu: Pick<FoundTool, 'path' | 'version'>;
  tcg: Boot;
  /** Null: no platform is asked for, and only some need QEMU. */
  platform: string | null;
}

/**
 * With KVM there would be no need of emulation, but a QEMU that cannot run 512 bytes by itself is broken in its firmware
 * or its machine, which both need.
 */
export function judgeEmulator({ qemu: { path, version }, tcg, platform }: EmulatorFacts): Finding {
  const name = `QEMU ${version} (${path})`;
  const bad: Level = platform === null ? 'warning' : 'problem';
  switch (tcg.state) {
    case 'booted': {
      const what = `${name} boots a guest under software emulation, in ${seconds(tcg.ms)}.`;
      return found('emulator', 'ok', what);
    }
    case 'late': {
      const what = `${name} had not booted one sector under software emulation after ${seconds(tcg.ms)}.`;
      const detail = 'That takes a tenth of a second: this machine is very busy, or QEMU hangs.';
      return found('emulator', tcg.ms < surelyMs ? 'unknown' : bad, what, { detail });
    }
    case 'failed':
      return found('emulator', bad, `${name} cannot boot a guest under software emulation.`, {
        detail: `It says: ${tcg.why}.`,
        fix: ['apt-get install --reinstall qemu-system-x86 qemu-system-data seabios'],
      });
  }
}

/** Slower than this many times what emulation takes, and than this at all, KVM does work and is of no use. */
const slow = { factor: 10, ms: 2000 };

export interface KvmFacts {
  tcg: Boot;
  kvm: Boot;
  wanted: WantedAccelerator;
  platform: string | null;
}

export function judgeKvm({ tcg, kvm, wanted, platform }: KvmFacts): Finding {
  if (kvm.state === 'booted' && !isSlow(kvm, tcg))
    return found('kvm', 'ok', `KVM runs guests: one sector booted in ${seconds(kvm.ms)}.`);
  if (kvm.state === 'late' && isBusy(kvm, tcg))
    return found('kvm', 'unknown', `Whether KVM runs guests could not be told within ${seconds(kvm.ms)}.`, {
      detail: 'Even emulation, which takes a tenth of a second, was not quick: this machine is very busy.',
    });
  const level: Level = wanted === 'kvm' ? 'problem' : wanted === 'any' ? 'warning' : 'ok';
  const matters =
    wanted === 'other' ? 'It is not asked for here.' : 'Without it a bake of Windows takes many hours.';
  const detail = `${reasonOf(kvm, tcg)} ${matters}`;
  if (wanted === 'other') return found('kvm', level, 'KVM cannot be used.', { detail });
  return found('kvm', level, 'KVM cannot be used.', {
    detail,
    fix: [
      ...waysToKvm(kvm),
      `Or bake without it, slowly: accelerator: tcg under platforms: ${platform ?? 'qemu'}: in lyncimg.yaml.`,
    ],
  });
}

/** Time says something about KVM only where emulation, at the same moment, needed far less than KVM was given. */
function isBusy(kvm: { ms: number }, tcg: Boot): boolean {
  return tcg.state === 'late' || (tcg.state === 'booted' && kvm.ms < 3 * tcg.ms);
}

function isSlow(kvm: { ms: number }, tcg: Boot): boolean {
  return tcg.state === 'booted' && kvm.ms > slow.factor * tcg.ms && kvm.ms > slow.ms;
}

function reasonOf(kvm: Boot, tcg: Boot): string {
  if (kvm.state === 'failed') return `QEMU says: ${kvm.why}.`;
  const emulated = tcg.state === 'booted' ? `, which emulation boots in ${seconds(tcg.ms)}` : '';
  return kvm.state === 'late'
    ? `One sector${emulated}, had not booted under it after ${seconds(kvm.ms)}.`
    : `One sector${emulated}, needed ${seconds(kvm.ms)} under it.`;
}

function waysToKvm(kvm: Boot): string[] {
  if (kvm.state !== 'failed')
    return [
      'This is most likely a virtual machine whose host has no working nested virtualisation: switch it on there (of KVM: kvm_intel nested=1, and cpu host-passthrough), or bake on real hardware.',
    ];
  if (/permission denied/i.test(kvm.why)) return ['sudo usermod -aG kvm "$USER", then log in anew.'];
  return [
    'sudo modprobe kvm_intel || sudo modprobe kvm_amd',
    "Switch virtualisation on in the machine's firmware, or nested virtualisation at the host of this virtual machine.",
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
