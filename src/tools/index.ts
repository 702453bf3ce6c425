/**
 * tools: the one door to child processes.
 *
 * A tool is found by asking each program of its name who it is, since others have the same name (cracklib has a
 * `packer`). Every child gets an environment that was built for it, no stdin, no shell, and a process group of its own;
 * its output is seen only as lines out of which the secrets were taken. Ending is always ending the group: ask, wait,
 * kill, and come back when no process of it is left, so that "it has ended" is never half true. What a killed lyncimg
 * left is ended only where group, start time and the run's marker prove that it is ours.
 *
 * This room does not know what Packer or Ansible are asked to do, nor what their output means.
 */
export { askTool, type AnsweredQuestion, type Question } from './ask-tool.js';
export { endLeftGroup, type EndedGroup, type LeftGroup } from './end-left-group.js';
export { childEnvironment, type ChildEnvironment, type ChildEnvironmentOptions } from './environment.js';
export { findTool, type FoundTool } from './find-tool.js';
export type { GroupIdentity } from './process-group.js';
export type { ToolWarning } from './recipes.js';
export {
  startTool,
  type RunningTool,
  type ToolEnded,
  type ToolLine,
  type ToolOptions,
} from './start-tool.js';
export { compareVersions, majorMinor } from './versions.js';
