// What only a build that builds something needs: usable tools, and the plan as files. A build that finds everything
// in the store asks for neither.
import { join } from 'node:path';
import type { InspectedTools } from '../doctor/index.js';
import { fail, fileFailure } from '../errors/index.js';
import { writeRendered } from '../render/index.js';
import { childEnvironment, type FoundTool } from '../tools/index.js';
import type { Happening } from './events.js';

export interface Workbench {
  packer: FoundTool;
  ansible: FoundTool;
  /** The rendered folder: each layer has its own in it. */
  rendered: string;
}

export interface WorkbenchOptions {
  inspected: InspectedTools;
  files: () => ReadonlyMap<string, string>;
  runFolder: string;
  environment: NodeJS.ProcessEnv;
  tell: (happening: Happening) => void;
}

/** Throws the error of the tool that is wrong, E_BUILD_TOOLS where both are. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { inspected, files, runFolder, environment, tell } = options;
  const tools = usableTools(inspected);
  for (const message of warningsOf(inspected, environment)) tell({ type: 'warning', message });
  const rendered = join(runFolder, 'rendered');
  await writeRendered(files(), rendered).catch((error: unknown) => {
    throw fileFailure(error, rendered);
  });
  return { ...tools, rendered };
}

function usableTools({ packer, ansible, problems }: InspectedTools): Pick<Workbench, 'packer' | 'ansible'> {
  if (packer !== null && ansible !== null) return { packer, ansible };
  const [first, ...others] = problems;
  if (first !== undefined && others.length === 0) throw first;
  throw fail('E_BUILD_TOOLS', {
    problems: problems.map(({ message }) => message),
    hints: problems.flatMap(({ suggestions }) => suggestions),
  });
}

function warningsOf({ packer, ansible, warnings }: InspectedTools, environment: NodeJS.ProcessEnv): string[] {
  const passedOver = [packer, ansible].flatMap((tool) =>
    (tool?.passedOver ?? []).map(({ path, why }) => `${path} was passed over: ${why}`),
  );
  const { dropped } = childEnvironment({ from: environment });
  return [
    ...warnings.map(({ message }) => message),
    ...passedOver,
    ...(dropped.length === 0
      ? []
      : [`Packer and Ansible do not get these variables of your environment: ${dropped.join(', ')}`]),
  ];
}
