// No restart is pending: Lync's setup and the installation of features refuse to run while one is.
import { z } from 'zod';
import type { Facts, RegistryQuery } from './facts.js';
import type { Kind } from './kind.js';
import { restartTask } from './restart.js';
import { sourceLines } from './source-note.js';

const schema = z.literal('none').meta({ description: 'No restart is pending.' });

export type PendingRebootInput = z.infer<typeof schema>;

/**
 * Keys that exist while a restart is pending; there is no CIM class for it (high: public detection scripts agree).
 * PendingFileRenameOperations is not counted: installers and virus scanners leave the deletion of their own temporary
 * files there, which hinders nothing, and nobody can tell those entries from others.
 */
const signs: { query: RegistryQuery; what: string }[] = [
  {
    query: {
      kind: 'registry',
      hive: 'HKLM',
      key: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending',
    },
    what: 'servicing',
  },
  {
    query: {
      kind: 'registry',
      hive: 'HKLM',
      key: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired',
    },
    what: 'Windows Update',
  },
];

/** What has to be asked to know whether a restart is pending. */
export const restartQueries: readonly RegistryQuery[] = signs.map(({ query }) => query);

/** Who waits for a restart, in words, and why some of it could not be read. */
export function restartsWaiting(facts: Facts): { waiting: string[]; causes: string[] } {
  const waiting: string[] = [];
  const causes: string[] = [];
  for (const { query, what } of signs) {
    const answer = facts.registry(query);
    if (!answer.known) causes.push(answer.cause);
    else if (answer.value.exists) waiting.push(what);
  }
  return { waiting, causes };
}

const expected = 'no restart pending';

export const pendingReboot: Kind<PendingRebootInput, PendingRebootInput> = {
  name: 'pendingReboot',
  summary: 'No restart of Windows is pending.',
  example: '- pendingReboot: none\n  source: C-RICHARD\n',
  stage: 'image',
  // After everything that may ask for a restart.
  phase: 60,
  schema,
  resolve: (input) => ({ ok: true, spec: input }),
  id: (spec) => `pendingReboot/${spec}`,
  title: () => 'No restart pending',

  /**
   * The facts module asks for a pending restart in the same places as servicing and Server Manager keep it. What
   * Windows Update alone waits for it does not see: the kind that installs updates restarts for them itself.
   */
  tasks: (requirements) =>
    requirements
      .filter(({ stage }) => stage === 'image')
      .flatMap((requirement) => [
        {
          name: 'Ask whether a restart is pending',
          comments: sourceLines(requirement),
          module: 'ansible.windows.setup',
          args: { gather_subset: ['!all', '!min', 'platform'] },
          register: 'lyncimg_platform',
        },
        restartTask('Restart where one is pending', 'lyncimg_platform.ansible_facts.ansible_reboot_pending'),
      ]),

  facts: () => [...restartQueries],

  judge(_spec, facts) {
    const { waiting, causes } = restartsWaiting(facts);
    if (waiting.length > 0) {
      const actual = `pending: ${waiting.join(', ')}`;
      return { verdict: 'fail', expected, actual, fix: 'Restart the machine.' };
    }
    const [cause] = causes;
    if (cause !== undefined) return { verdict: 'unknown', expected, cause };
    return { verdict: 'pass', expected, actual: expected };
  },
};
