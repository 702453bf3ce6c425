// Finds a tool by asking each program of its name who it is.
import { isAbsolute } from 'node:path';
import { fail, LyncimgError } from '../errors/index.js';
import { askTool } from './ask-tool.js';
import { childEnvironment } from './environment.js';
import { executablesOnPath } from './on-path.js';
import { checkPywinrm } from './pywinrm.js';
import { recipeOf, type ToolRecipe, type ToolWarning } from './recipes.js';

export interface FoundTool {
  name: string;
  /** Absolute. */
  path: string;
  /** As the tool prints it, e.g. `1.6.6`. */
  version: string;
  /** What does not stop a build and should be said. */
  warnings: ToolWarning[];
  /** Other programs of that name that came earlier on the PATH. */
  passedOver: { path: string; why: string }[];
  /** The Python that it runs on; only of ansible-playbook. */
  python: string | null;
}

/** Ansible needs half a second on a fast machine to say its version. */
const defaultTimeoutMs = 15_000;

/**
 * The first program on `env.PATH` that has that name and is that tool; or, where the user chose one by the tool's own
 * variable (LYNCIMG_PACKER), that one and no other. Throws E_TOOL_MISSING, E_TOOL_WRONG, E_TOOL_CHOICE, or (of
 * ansible-playbook) E_TOOL_PYWINRM.
 */
export async function findTool(
  name: string,
  env: NodeJS.ProcessEnv,
  timeoutMs: number = defaultTimeoutMs,
): Promise<FoundTool> {
  const recipe = recipeOf(name);
  const child = childEnvironment({ from: env }).env;
  const passedOver: FoundTool['passedOver'] = [];
  const chosen = chosenProgram(recipe, env);
  const wanted = chosen?.value ?? name;
  const paths = isAbsolute(wanted) ? [wanted] : await executablesOnPath(wanted, env['PATH'] ?? '');
  for (const path of paths) {
    const answer = await versionOf({ path, recipe, env: child, timeoutMs });
    if ('why' in answer) {
      passedOver.push({ path, why: answer.why });
      continue;
    }
    const { version, output } = answer;
    const warning = recipe.warning?.(version) ?? null;
    const winrm =
      recipe.needsPywinrm === true
        ? await checkPywinrm({ ansible: path, versionOutput: output, env: child, timeoutMs })
        : { python: null, warnings: [] };
    const warnings = [...(warning === null ? [] : [warning]), ...winrm.warnings];
    return { name, path, version, warnings, passedOver, python: winrm.python };
  }
  if (chosen !== null) throw fail('E_TOOL_CHOICE', { ...chosen, tool: recipe.title, passedOver });
  if (passedOver.length === 0) throw fail('E_TOOL_MISSING', { tool: name, install: recipe.install });
  throw fail('E_TOOL_WRONG', { tool: name, passedOver, install: recipe.install });
}

/** What the user said of this tool. An empty variable is one that is not set, as in a shell's ${LYNCIMG_PACKER:-…}. */
function chosenProgram(
  { chosenBy, title }: ToolRecipe,
  env: NodeJS.ProcessEnv,
): { variable: string; value: string } | null {
  const value = chosenBy === undefined ? undefined : env[chosenBy];
  if (chosenBy === undefined || value === undefined || value === '') return null;
  // A relative path would mean another program in each folder, and a build starts its tools in folders of its own.
  if (value.includes('/') && !isAbsolute(value))
    throw fail('E_TOOL_CHOICE', { variable: chosenBy, value, tool: title, passedOver: [] });
  return { variable: chosenBy, value };
}

interface VersionQuestion {
  path: string;
  recipe: ToolRecipe;
  env: Record<string, string>;
  timeoutMs: number;
}

async function versionOf(
  question: VersionQuestion,
): Promise<{ version: string; output: string } | { why: string }> {
  const { path, recipe, env, timeoutMs } = question;
  try {
    const { versionArgs: args, files = {} } = recipe;
    const answer = await askTool({ file: path, args, env, timeoutMs, files });
    if (answer.timedOut) return { why: `it told no version within ${timeoutMs / 1000} s.` };
    const version = recipe.parse(answer.stdout);
    if (version !== null) return { version, output: answer.stdout };
    return { why: `its answer to ${args.join(' ')} is not that of ${recipe.title}: ${said(answer)}` };
  } catch (error) {
    if (error instanceof LyncimgError && error.code === 'E_TOOL_START') return { why: error.message };
    throw error;
  }
}

function said({
  stdout,
  stderr,
  exitCode,
}: {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}): string {
  const line = `${stdout}\n${stderr}`.split('\n').find((text) => text.trim() !== '');
  return line === undefined ? `nothing, exit code ${exitCode ?? 'none'}.` : `"${line.trim().slice(0, 80)}".`;
}
