// The Ansible that is to be used, checked before anybody is asked: what it lacks is said before anything is changed.
import { askAnsiblePython, type InspectedTools } from '../../doctor/index.js';
import { fail } from '../../errors/index.js';
import { childEnvironment, type FoundTool } from '../../tools/index.js';

export interface ReadyAnsible {
  tool: FoundTool;
  /** OpenSSL's legacy provider has to be switched on for it. */
  needsLegacyProvider: boolean;
  /** What one should know, and that stops nobody. */
  warnings: string[];
}

const answerMs = 15_000;

/** Throws why there is no Ansible that can be used, and E_APPLY_NTLM. */
export async function readyAnsible(
  { ansible, problems }: Pick<InspectedTools, 'ansible' | 'problems'>,
  { method, env }: { method: 'ntlm' | 'basic'; env: NodeJS.ProcessEnv },
): Promise<ReadyAnsible> {
  // The problem with Packer, which is none of ours, stands before it.
  if (ansible === null) throw problems.at(-1) ?? new Error('there is no Ansible, and no reason for that');
  const { env: child, dropped } = childEnvironment({ from: env });
  const warnings = [
    ...ansible.warnings.map(({ message }) => message),
    ...ansible.passedOver.map(({ path, why }) => `${path} was passed over: ${why}`),
    ...(dropped.length === 0
      ? []
      : [`Ansible does not get these variables of your environment: ${dropped.join(', ')}`]),
  ];
  const { python } = ansible;
  if (method === 'basic' || python === null) return { tool: ansible, needsLegacyProvider: false, warnings };
  const answer = await askAnsiblePython({ python, collections: [], env: child, timeoutMs: answerMs });
  if (answer?.md4 === 'absent') throw fail('E_APPLY_NTLM', { python });
  return { tool: ansible, needsLegacyProvider: answer?.md4 === 'legacy', warnings };
}
