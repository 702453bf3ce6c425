// Which of the tools that a build needs are here, all of them at once: nobody wants to hear of them one by one.
import { LyncimgError } from '../errors/index.js';
import { findTool, majorMinor, type FoundTool, type ToolWarning } from '../tools/index.js';

export interface InspectedTools {
  packer: FoundTool | null;
  ansible: FoundTool | null;
  /** Why a tool cannot be used, in this order: Packer, Ansible. */
  problems: LyncimgError[];
  warnings: ToolWarning[];
  /** What goes into a plan: major.minor, `absent` where not found. */
  forPlan: { packer: string; ansible: string };
}

/**
 * Looks for Packer (which LYNCIMG_PACKER may name) and Ansible on `env.PATH`. Bad tools are data; it throws only where
 * nothing could be asked, or where the variable names no Packer (E_TOOL_CHOICE): a plan for the absence of one that the
 * user has named would be a plan for something else.
 */
export async function inspectTools(env: NodeJS.ProcessEnv): Promise<InspectedTools> {
  const inspected = await lookForTools(env);
  const choice = inspected.problems.find(({ code }) => code === 'E_TOOL_CHOICE');
  if (choice !== undefined) throw choice;
  return inspected;
}

/** The same, with a wrong choice as data too. */
export async function lookForTools(env: NodeJS.ProcessEnv): Promise<InspectedTools> {
  const [packer, ansible] = await Promise.all([inspect('packer', env), inspect('ansible-playbook', env)]);
  return {
    packer: packer.tool,
    ansible: ansible.tool,
    problems: [packer.problem, ansible.problem].filter((problem) => problem !== null),
    warnings: [...(packer.tool?.warnings ?? []), ...(ansible.tool?.warnings ?? [])],
    forPlan: { packer: planVersion(packer.tool), ansible: planVersion(ansible.tool) },
  };
}

export type Inspected = { tool: FoundTool; problem: null } | { tool: null; problem: LyncimgError };

/** One tool, with what is wrong as data. Without a time limit of the caller's, findTool's own. */
export async function inspect(name: string, env: NodeJS.ProcessEnv, timeoutMs?: number): Promise<Inspected> {
  try {
    return { tool: await findTool(name, env, timeoutMs), problem: null };
  } catch (error) {
    if (error instanceof LyncimgError && error.code.startsWith('E_TOOL_'))
      return { tool: null, problem: error };
    throw error;
  }
}

function planVersion(tool: FoundTool | null): string {
  return tool === null ? 'absent' : majorMinor(tool.version);
}
