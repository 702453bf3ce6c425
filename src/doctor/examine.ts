// The two ways to ask: everything (doctor), and what a build wants to know before it starts.
import { tmpdir } from 'node:os';
import { fail, type LyncimgError } from '../errors/index.js';
import { checkAnsible } from './check-ansible.js';
import { checkClock } from './check-clock.js';
import { checkDiskSpace } from './check-disk-space.js';
import { checkEnvironment } from './check-environment.js';
import { checkStateFolder, checkTemporaryFolder } from './check-folders.js';
import { checkGuestsOf, type WantedAccelerator } from './check-kvm.js';
import { checkMedia } from './check-media.js';
import { checkPackerPlugins } from './check-packer-plugins.js';
import {
  checkDiscTools,
  checkFirmware,
  checkPlatformTools,
  inspectPlatformTools,
} from './check-platform-tools.js';
import { checkPlatform } from './check-platform.js';
import { checkPorts } from './check-ports.js';
import { checkTools } from './check-tools.js';
import { checkWindowsMedium } from './check-windows-medium.js';
import { checkNames, type DoctorReport, type Finding } from './doctor-schema.js';
import { foundError } from './finding.js';
import { lookForTools, type InspectedTools } from './inspect-tools.js';
import type { Wanted, WantedMedia } from './wanted.js';

export interface Examination extends Wanted {
  /** Null where no role is asked for. */
  media: WantedMedia | null;
  /** Why `machine` is null although a machine is asked for: what lyncimg.yaml says of it cannot be. */
  refusals: readonly LyncimgError[];
}

/** Looks at everything. What is bad is data; it throws where nothing can be looked at, or the reason of the signal. */
export async function examine(wanted: Examination): Promise<DoctorReport> {
  const { place, systems, media, refusals, env } = wanted;
  const [host, files] = await Promise.all([
    checkHost(wanted, {
      tools: () => lookForTools(env),
      answerMs: 5000,
      // One sector boots in some tenths of a second where all is well.
      kvmMs: () => [5000],
    }),
    checkMedia(media, wanted),
  ]);
  const refused = refusals.map((refusal) => foundError('platform-machine', refusal));
  const findings = inOrder([...host, ...refused, ...files, ...checkEnvironment(env)]);
  return {
    apiVersion: 'lyncimg/v1',
    kind: 'DoctorReport',
    platform: place?.platform.name ?? null,
    systems: systems.map(({ id }) => id),
    usable: findings.every(({ level }) => level !== 'problem'),
    findings,
  };
}

export interface Preflight extends Wanted {
  /** What planning has found: nothing of it is asked again. */
  tools: InspectedTools;
}

/**
 * What concerns a build, in under two seconds where all is well. The media are known to be here by then, and what is
 * dropped of the environment the build says itself.
 */
export async function preflight(wanted: Preflight): Promise<Finding[]> {
  const findings = await checkHost(wanted, {
    tools: () => Promise.resolve(wanted.tools),
    answerMs: 1500,
    // Emulation at the same moment tells whether the first was long enough to say that KVM hangs. On a machine that is
    // too busy for that a second try takes its time: a bake under a KVM that hangs would take hours to fail.
    kvmMs: (accelerator) => (accelerator === 'other' ? [] : [1500, 5000]),
  });
  return inOrder(findings);
}

/** The problems as one error (E_DOCTOR_PROBLEMS); null where there is none. */
export function problemsOf(findings: readonly Finding[]): LyncimgError | null {
  const problems = findings.filter(({ level }) => level === 'problem');
  if (problems.length === 0) return null;
  return fail('E_DOCTOR_PROBLEMS', {
    problems: problems.map(({ what, detail }) => (detail === null ? what : `${what} ${detail}`)),
    fixes: [...new Set(problems.flatMap(({ fix }) => fix))],
  });
}

interface Extent {
  tools: () => Promise<InspectedTools>;
  /** For a word of a tool on itself. */
  answerMs: number;
  /** For one sector under KVM, one after the other until one of them tells; none: it is not tried. */
  kvmMs: (accelerator: WantedAccelerator) => readonly number[];
}

async function checkHost(wanted: Wanted, extent: Extent): Promise<Finding[]> {
  const { place, env, stateFolder, signal } = wanted;
  const temporary = await checkTemporaryFolder(tmpdir(), env);
  const found = await Promise.all([
    // Each question to a program needs an empty folder.
    temporary.level === 'problem' ? [] : askPrograms(wanted, extent),
    temporary.level === 'problem' ? [] : checkStateFolder(stateFolder, env),
    checkDiskSpace(wanted),
    checkWindowsMedium(wanted),
    checkPorts(place),
    checkClock(),
  ]);
  signal.throwIfAborted();
  return [temporary, ...found.flat()];
}

async function askPrograms(wanted: Wanted, { tools, answerMs, kvmMs }: Extent): Promise<Finding[]> {
  const { place, systems, env } = wanted;
  const ofBuild = async (): Promise<Finding[]> => {
    const inspected = await tools();
    const { packer, ansible } = inspected;
    const [plugins, collections] = await Promise.all([
      checkPackerPlugins({ packer, place, env, timeoutMs: answerMs }),
      checkAnsible({ ansible, env, timeoutMs: answerMs }),
    ]);
    return [...checkTools(inspected, systems), ...checkPlatform(wanted, packer), ...plugins, ...collections];
  };
  const ofPlatform = async (): Promise<Finding[]> => {
    const inspected = await inspectPlatformTools(place, env, answerMs);
    return [
      ...checkPlatformTools(place, inspected),
      ...(await checkGuestsOf({ place, inspected, env, answerMs, kvmMs })),
    ];
  };
  const found = await Promise.all([ofBuild(), ofPlatform(), checkFirmware(wanted), checkDiscTools(wanted)]);
  return found.flat();
}

/** Findings of one check stay as they were told. */
function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => checkNames.indexOf(a.check) - checkNames.indexOf(b.check));
}
