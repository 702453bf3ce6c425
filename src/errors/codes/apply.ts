// The codes of apply. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

/** What every failure of a run of Ansible against a machine can say. */
export interface ApplyFailure {
  /** `host:port` */
  host: string;
  /** The Ansible task that failed; null where none did. */
  task: string | null;
  /** What it said, secrets removed. */
  message: string;
  /** Path of the log to read. */
  log: string;
}

const during = ({ host, task }: ApplyFailure): string =>
  task === null ? `Installing on ${host} failed` : `Installing on ${host} failed in the task "${task}"`;
const readLog = ({ log }: ApplyFailure): string => `Full log: ${log}`;
const again = 'What was installed stays; the same command goes on from there.';

export const applyCodes = {
  /** Something would be installed, --yes was not given, and there is no terminal to ask at. */
  E_APPLY_UNCONFIRMED: code<{ host: string; count: number }>({
    title: 'nobody to confirm a change',
    message: ({ host, count }) =>
      `${count} ${count === 1 ? 'need' : 'needs'} would be installed on ${host}; nobody confirmed that, and there is no terminal to ask at. Nothing was changed.`,
    hint: () => 'Read the list above, then run the same command with --yes.',
    exit: 2,
  }),
  /** The files that installing needs cannot be served to the machine. */
  E_APPLY_SERVE: code<{ address: string; reason: string }>({
    title: 'files that cannot be served',
    message: ({ address, reason }) =>
      `The files for the machine cannot be served at ${address}: ${reason}. Nothing was changed.`,
    hint: () =>
      'Name an address of this host that the machine reaches, and a free port if a firewall asks for one: --serve-address ADDR[:PORT].',
    exit: 3,
  }),
  /** The machine could not fetch a file from this host. */
  E_APPLY_FETCH: code<ApplyFailure & { file: string; address: string }>({
    title: 'a file that the machine could not fetch',
    message: ({ host, file, address, message }) =>
      `${host} could not fetch ${file} from this host (${address}): ${message}`,
    hint: (facts) => [
      'The machine must reach that address: a firewall here may close the port. --serve-address ADDR[:PORT] chooses another.',
      readLog(facts),
    ],
    exit: 3,
  }),
  /** Ansible's Python has no MD4, without which there is no NTLM. */
  E_APPLY_NTLM: code<{ python: string }>({
    title: 'no NTLM for Ansible',
    message: ({ python }) =>
      `Ansible cannot speak NTLM here: ${python} has no MD4, and OpenSSL's legacy provider, which has it, cannot be switched on.`,
    hint: () => 'Use --auth basic, where the machine allows Basic over HTTPS.',
    exit: 3,
  }),
  /** CBS 0x800F081F: the payload of a feature is not on the machine and not in the source. */
  E_APPLY_PAYLOAD_MISSING: code<ApplyFailure>({
    title: 'the files of a Windows feature are missing (0x800F081F)',
    message: (facts) => `${during(facts)}: Windows did not find the files of a feature: ${facts.message}`,
    hint: (facts) => [
      'Windows keeps no files for some features (NET-Framework-Core); they come from sources\\sxs of the installation medium.',
      again,
      readLog(facts),
    ],
    exit: 3,
  }),
  /** A hotfix says that it is not for this machine, mostly because one that it needs is not there. */
  E_APPLY_HOTFIX_NOT_APPLICABLE: code<ApplyFailure>({
    title: 'a hotfix does not apply',
    message: (facts) => `${during(facts)}: ${facts.message}`,
    hint: (facts) => [
      'A hotfix refuses a machine of another version, one on which a hotfix that it needs is missing, and one with a later hotfix.',
      again,
      readLog(facts),
    ],
    exit: 3,
  }),
  /** Windows will not install while a restart is pending. */
  E_APPLY_REBOOT_PENDING: code<ApplyFailure>({
    title: 'a restart is pending',
    message: (facts) => `${during(facts)}, because a restart is pending: ${facts.message}`,
    hint: (facts) => [
      'Restart the machine and run the same command again, or let it restart the machine with --reboot.',
      readLog(facts),
    ],
    exit: 3,
  }),
  /** Ansible lost the machine, or was not let in any more. */
  E_APPLY_LOST: code<ApplyFailure>({
    title: 'the machine could not be reached any more',
    message: (facts) => `${during(facts)}: the machine could not be reached: ${facts.message}`,
    hint: (facts) => [
      'It answered lyncimg just before, with the same user: look whether it is up, then run the same command again.',
      again,
      readLog(facts),
    ],
    exit: 3,
  }),
  /** The twin was asked for something that it does not model. */
  E_APPLY_NOT_MODELLED: code<ApplyFailure>({
    title: 'the twin does not model it',
    message: (facts) => `${during(facts)}: ${facts.message}`,
    hint: (facts) => ['A rehearsal can only use what the twin models (docs/fidelity.md).', readLog(facts)],
    exit: 3,
  }),
  /** An Ansible task failed for a reason of its own. */
  E_APPLY_TASK_FAILED: code<ApplyFailure>({
    title: 'an Ansible task failed on a machine',
    message: (facts) => `${during(facts)}: ${facts.message}`,
    hint: (facts) => [again, readLog(facts)],
    exit: 3,
  }),
  /** Ansible failed, and no task of it did. */
  E_APPLY_ANSIBLE_FAILED: code<ApplyFailure>({
    title: 'Ansible failed',
    message: (facts) => `${during(facts)}: ${facts.message}`,
    hint: readLog,
    exit: 3,
  }),
};
