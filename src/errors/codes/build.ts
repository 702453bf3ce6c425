// The codes of the room `build`. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

/** What every failure inside a layer's Packer run can say. */
export interface LayerFailure {
  layer: string;
  /** The Ansible task that failed; null where none did. */
  task: string | null;
  /** What it said, secrets removed. */
  message: string;
  /** Path of the log to read. */
  log: string;
}

const during = ({ layer, task }: LayerFailure): string =>
  task === null ? `Building layer ${layer} failed` : `Building layer ${layer} failed in the task "${task}"`;
const readLog = ({ log }: LayerFailure): string => `Full log: ${log}`;
const nothingKept = 'The layers below it are complete and kept.';

export const buildCodes = {
  /** `build` in a folder that says nothing of what to build on. */
  E_BUILD_WORKSPACE: code<{ folder: string; missing: string; os: string; role: string | null }>({
    title: 'nothing says where to build',
    message: ({ folder, missing }) => `${folder} has ${missing}, so there is no platform to build on.`,
    hint: ({ os, role }) => [
      `For a rehearsal on the modelled server: lyncimg build --os ${os}${role === null ? '' : ` --role ${role}`} --platform twin`,
      'For good: write lyncimg.yaml with `platform:` and `roles:`.',
    ],
    exit: 2,
  }),
  /** A file that the command was asked to write (--events, --junit) cannot be written. */
  E_BUILD_OUTPUT: code<{ file: string; what: string }>({
    title: 'an output file cannot be written',
    message: ({ file, what }) => `${file} cannot be written; it was to hold ${what}.`,
    exit: 2,
  }),
  /** Tools that the build needs are missing or cannot serve. */
  E_BUILD_TOOLS: code<{ problems: string[]; hints: string[] }>({
    title: 'the tools for a build are not there',
    message: ({ problems }) =>
      `This machine cannot build yet:\n${problems.map((line) => `- ${line}`).join('\n')}`,
    hint: ({ hints }) => hints,
    exit: 3,
  }),
  /** The guest's process ended, or said nothing, before it was ready. */
  E_BUILD_GUEST_START: code<{ layer: string; reason: string; log: string }>({
    title: 'the guest did not start',
    message: ({ layer, reason }) => `The guest for layer ${layer} did not start: ${reason}.`,
    hint: ({ log }) => `Full log: ${log}`,
    exit: 3,
  }),
  /** Packer ended well and left nothing that could be kept. */
  E_BUILD_NO_DISK: code<{ layer: string; output: string }>({
    title: 'Packer left no disk',
    message: ({ layer, output }) =>
      `Packer built layer ${layer} without an error, and ${output} holds nothing to keep.`,
    hint: () => 'Run it again; if it stays so, run packer build in the rendered folder by hand and look.',
    exit: 3,
  }),
  /** All layers are there, and this lyncimg cannot make an image of them on that platform. */
  E_BUILD_UNSEALED: code<{ role: string; platform: string; digest: string; folder: string }>({
    title: 'layers without a sealed image',
    message: ({ role, platform, digest }) =>
      `All layers of ${role} are baked, verified and kept (the last one is ${digest.slice(0, 12)}), but this lyncimg cannot seal an image on ${platform} yet: sysprep has not run, so nothing was published.`,
    hint: ({ folder }) => [
      `The un-generalised layer lies in ${folder}; a build of a later lyncimg goes on from there.`,
    ],
    exit: 3,
  }),
  /** The guest ended while it was being worked on. */
  E_BUILD_GUEST_DIED: code<{ layer: string; how: string; task: string | null; log: string }>({
    title: 'the guest died',
    message: ({ layer, how, task }) =>
      `The guest of layer ${layer} ended by itself (${how})${task === null ? '' : ` during the task "${task}"`}. ${nothingKept}`,
    hint: ({ log }) => [
      `What the guest said: ${log}`,
      'Run the same command again to go on from the last layer.',
    ],
    exit: 3,
  }),
  /** A machine that is not a twin would have been given placeholder files. */
  E_BUILD_NOT_A_TWIN: code<{ host: string; placeholders: number }>({
    title: 'placeholders for a real machine',
    message: ({ host, placeholders }) =>
      `What answers at ${host} does not say that it is a twin, so it may not be given the ${placeholders} placeholder files of a rehearsal.`,
    hint: () => 'A real machine needs the real files from Microsoft.',
    exit: 3,
  }),
  /** Packer was content, but the guest did not end as a layer must. */
  E_BUILD_GUEST_STAYED: code<{ layer: string; how: string; log: string }>({
    title: 'the guest did not go off un-keyed',
    message: ({ layer, how }) =>
      `Layer ${layer} is not kept: ${how}. A layer must be un-keyed and must have switched itself off.`,
    hint: ({ log }) => `What the guest said: ${log}`,
    exit: 3,
  }),
  /** The gate found requirements that are not met. */
  E_BUILD_GATE_FAILED: code<{ layer: string; failed: string[]; report: string }>({
    title: 'the gate found requirements that are not met',
    message: ({ layer, failed }) =>
      `Layer ${layer} falls short and is not kept:\n${failed.map((line) => `- ${line}`).join('\n')}`,
    hint: ({ report }) => `All verdicts: ${report}`,
    exit: 1,
  }),
  /** Nothing falls short, but some requirements could not be judged. */
  E_BUILD_GATE_UNKNOWN: code<{ layer: string; unknown: string[]; report: string }>({
    title: 'the gate could not judge everything',
    message: ({ layer, unknown }) =>
      `Layer ${layer} is not kept, because these could not be judged:\n${unknown.map((line) => `- ${line}`).join('\n')}`,
    hint: ({ report }) => `All verdicts: ${report}`,
    exit: 4,
  }),
  /** Packer ended well and yet the gate left no report, or one of another machine or plan. */
  E_BUILD_GATE_MISSING: code<{ layer: string; reason: string; log: string }>({
    title: 'no verdicts from the gate',
    message: ({ layer, reason }) => `Layer ${layer} is not kept: the gate left no verdicts (${reason}).`,
    hint: ({ log }) => `Full log: ${log}`,
    exit: 3,
  }),
  /** CBS 0x800F081F: the payload of a feature is not on the machine and no source was given, or it is empty. */
  E_BUILD_PAYLOAD_MISSING: code<LayerFailure>({
    title: 'the files of a Windows feature are missing (0x800F081F)',
    message: (facts) => `${during(facts)}: Windows did not find the files of a feature: ${facts.message}`,
    hint: (facts) => [
      'Windows keeps no files for some features (NET-Framework-Core); they come from sources\\sxs of the installation medium.',
      readLog(facts),
    ],
    exit: 3,
  }),
  /** A hotfix says that it is not for this machine, mostly because one that it needs is not there. */
  E_BUILD_HOTFIX_NOT_APPLICABLE: code<LayerFailure>({
    title: 'a hotfix does not apply',
    message: (facts) => `${during(facts)}: ${facts.message}`,
    hint: (facts) => [
      'A hotfix refuses a machine of another version, and one on which a hotfix that it needs is missing.',
      readLog(facts),
    ],
    exit: 3,
  }),
  /** Windows will not install while a restart is pending. */
  E_BUILD_REBOOT_PENDING: code<LayerFailure>({
    title: 'a restart is pending',
    message: (facts) => `${during(facts)}, because a restart is pending: ${facts.message}`,
    hint: (facts) => ['The step before it must end with a restart.', readLog(facts)],
    exit: 3,
  }),
  /** The guest refused user and password in the middle of a build. */
  E_BUILD_CREDENTIALS: code<LayerFailure>({
    title: 'the guest refused the password',
    message: (facts) => `${during(facts)}: the guest refused user and password: ${facts.message}`,
    hint: (facts) => [
      'They were right when the guest was looked at: something changed the account since.',
      readLog(facts),
    ],
    exit: 3,
  }),
  /** The certificate of what answers is not the one of this build. */
  E_BUILD_CERTIFICATE: code<LayerFailure>({
    title: 'the certificate is not the one of this build',
    message: (facts) => `${during(facts)}: the certificate was not accepted: ${facts.message}`,
    hint: (facts) => ['Something else may answer at that address, or a clock is wrong.', readLog(facts)],
    exit: 3,
  }),
  /** Ansible lost the guest. */
  E_BUILD_UNREACHABLE: code<LayerFailure>({
    title: 'the guest could not be reached any more',
    message: (facts) => `${during(facts)}: the guest could not be reached: ${facts.message}`,
    hint: readLog,
    exit: 3,
  }),
  /** The twin was asked for something that it does not model. */
  E_BUILD_NOT_MODELLED: code<LayerFailure>({
    title: 'the twin does not model it',
    message: (facts) => `${during(facts)}: ${facts.message}`,
    hint: (facts) => ['A rehearsal can only use what the twin models (docs/fidelity.md).', readLog(facts)],
    exit: 3,
  }),
  /** Packer gave up waiting for WinRM, although the guest had answered before. */
  E_BUILD_PACKER_TIMEOUT: code<LayerFailure>({
    title: 'Packer could not connect in time',
    message: (facts) => `${during(facts)}: Packer waited for WinRM and gave up.`,
    hint: (facts) => [
      'The guest answered lyncimg just before: look for a proxy or a firewall between Packer and it.',
      readLog(facts),
    ],
    exit: 3,
  }),
  /** An Ansible task failed for a reason of its own. */
  E_BUILD_TASK_FAILED: code<LayerFailure>({
    title: 'an Ansible task failed',
    message: (facts) => `${during(facts)}: ${facts.message}`,
    hint: readLog,
    exit: 3,
  }),
  /** Packer failed for a reason of its own. */
  E_BUILD_PACKER_FAILED: code<LayerFailure>({
    title: 'Packer failed',
    message: (facts) => `${during(facts)}: ${facts.message}`,
    hint: readLog,
    exit: 3,
  }),
  /** `runs end` of a run that --keep-on-failure did not keep. */
  E_RUN_NOT_KEPT: code<{ id: string; state: string }>({
    title: 'a run that was not kept',
    message: ({ id, state }) => `Run ${id} left nothing running on purpose (it is recorded as ${state}).`,
    hint: ({ state }) =>
      state === 'running' ? 'It goes on: stop its build with Ctrl-C or SIGTERM.' : 'There is nothing to end.',
    exit: 2,
  }),
  /** `runs end` could not end a process of the run: not even SIGKILL did. */
  E_RUN_STAYED: code<{ id: string; pids: number[] }>({
    title: 'a run that could not be ended',
    message: ({ id, pids }) =>
      `Not even SIGKILL ended process ${pids.join(', ')} of run ${id}. The run stays kept, its password and key with it.`,
    hint: ({ id }) => `Look for what holds it (a hanging disk, a debugger), then: lyncimg runs end ${id}`,
    exit: 3,
  }),
  /** The seal node failed; the layers are complete. */
  E_BUILD_SEAL_FAILED: code<{ role: string; reason: string; log: string }>({
    title: 'sealing failed',
    message: ({ role, reason }) =>
      `Sealing the image of ${role} failed: ${reason}. Its layers are complete and kept.`,
    hint: ({ log }) => `Full log: ${log}`,
    exit: 3,
  }),
  /**
   * The guest has the certificate of this build and does not take its password. Tried once: every wrong try counts
   * towards the lock-out of the account.
   */
  E_BUILD_GUEST_REFUSED_PASSWORD: code<{ host: string; user: string; waited: string; seen: string[] }>({
    title: "the guest refuses this build's password",
    message: ({ host, user, waited, seen }) =>
      `What answers at ${host} has this build's certificate and refuses its password for the user ${user}. ` +
      `It was tried once, ${waited} after the wait began${seen.length === 0 ? '' : `; before, it ${seen.join('; ')}`}.`,
    hint: () => [
      `See in ${firstBootLog} on the guest whether its password was set: a password policy may refuse it, and the account may be disabled or have another name.`,
      'Do not try the password by hand before that: wrong tries lock the account.',
    ],
    exit: 3,
  }),
  /** The wait for the guest's WinRM is over. `last` is the state at its end, `seen` says how long each one was. */
  E_BUILD_NO_WINRM: code<{
    host: string;
    waited: string;
    seen: string[];
    last: string;
    reason: string | null;
  }>({
    title: "the guest's WinRM did not come up",
    message: ({ host, waited, seen, reason }) =>
      `WinRM at ${host} was waited for ${waited} and did not come up: it ${seen.join('; ')}.` +
      (reason === null ? '' : `\nThe last look: ${reason}`),
    hint: ({ last }) => noWinrmHints[last] ?? [],
    exit: 3,
  }),
  /**
   * The network that the guest gets its address in cannot be put into a certificate. `instead` is the network that the
   * text would be without what is wrong with it, where there is one.
   */
  E_NETWORK_RANGE: code<{ range: string; reason: string; instead: string | null }>({
    title: 'the network of the guest cannot be used',
    message: ({ range, reason }) => `The network ${JSON.stringify(range)} cannot be used: ${reason}.`,
    hint: ({ instead }) => [
      ...(instead === null ? [] : [`Write network.range: ${instead}, if that is the network that is meant.`]),
      'A static address (network.address) needs no network in the certificate.',
    ],
    exit: 2,
  }),
  /** The password itself is in no message. */
  E_BUILD_PASSWORD_FORM: code<{ reason: string }>({
    title: 'the guest cannot be given this password',
    message: ({ reason }) => `This password cannot be set by Windows' own commands at a start: ${reason}.`,
    hint: () => 'Up to 127 printable ASCII characters will do, not * alone, and not with / as the first one.',
    exit: 2,
  }),
  /** A Windows that Ansible cannot speak to as shipped, and a plan without what first boot installs to change that. */
  E_BUILD_FIRST_BOOT: code<{ os: string; role: string; missing: string[] }>({
    title: 'first boot lacks what Ansible needs',
    message: ({ os, role, missing }) =>
      `Ansible cannot speak to ${os} as it is shipped, and the first layer of ${role} does not ask for ${missing.join(' and ')}.`,
    hint: () => 'Let the role extend windows-base, or ask for the same in its first layer.',
    exit: 2,
  }),
};

const firstBootLog = 'C:\\ProgramData\\lyncimg\\first-boot.log';

const noWinrmHints: Readonly<Record<string, string[]>> = {
  'never-answered': [
    "Look at the guest's screen: Windows Setup may have stopped with a question or an error.",
    `If Windows is up, read ${firstBootLog} there, and see whether the network between here and the guest lets the port through.`,
  ],
  'other-certificate': [
    "Either another machine has that address, or the guest did not read this build's answer disc.",
    `Look at the guest's screen and in ${firstBootLog} there; compare its address with the one above.`,
  ],
  'not-ready': [
    `The answer disc was read, but WinRM does not serve yet: read ${firstBootLog} on the guest, and look whether its service WinRM runs.`,
  ],
  'went-away': [
    'The guest was still installing or restarting: look at its screen, and give it more time if it gets on.',
    `If it starts again and again, read ${firstBootLog} there.`,
  ],
};
