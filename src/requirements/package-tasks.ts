// One task a package, which installs where verification would not find it.
//
// win_package knows four proofs of its own: the product code in an MSI, an uninstall key, a file, a service. It takes a
// file's version for the wanted one only where the two are equal, and reads no other registry value. Where a version in
// the registry decides, the playbook asks for it first: setups refuse to go over a later one.
import type { Requirement, TaskContext } from './kind.js';
import type { Detection } from './os-model.js';
import { dotnetRelease, powershellEngine, uninstallKeysOf, withoutHive } from './package-detection.js';
import type { PackageSpec } from './package-spec.js';
import { restartTask } from './restart.js';
import { exitCodes } from './servicing-codes.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask, TaskValue } from './task.js';

/** Asked before the installer runs; `missing` makes of the value's name an expression that holds where it is to run. */
interface Question {
  key: string;
  name: string;
  missing: (value: string) => string;
}

/** What keeps a second run from installing again. */
interface Guard {
  questions: Question[];
  /** Arguments of the module. */
  args: Record<string, TaskValue>;
}

export function packageTasks(requirement: Requirement<PackageSpec>, { media }: TaskContext): AnsibleTask[] {
  const { spec } = requirement;
  const register = `lyncimg_package_${spec.id.replaceAll(/\W/g, '_')}`;
  const { questions, args } = guardOf(spec);
  const registerOf = (index: number): string => `${register}_before_${index + 1}`;
  const when = questions.map(({ missing }, index) => missing(`${registerOf(index)}.value`)).join(' and ');
  const tasks: AnsibleTask[] = [
    ...questions.map(({ key, name }, index) => ({
      name: `Ask whether ${spec.id} is there`,
      comments: [],
      module: 'ansible.windows.win_reg_stat',
      args: { path: `HKLM:\\${key}`, name },
      register: registerOf(index),
    })),
    {
      name: `Install package ${spec.id}`,
      comments: [],
      module: 'ansible.windows.win_package',
      args: {
        path: `${media}\\packages\\${spec.file}`,
        ...(spec.arguments.length > 0 && { arguments: spec.arguments }),
        expected_return_code: [...exitCodes('installer', 'installed', 'restart needed'), ...spec.exitCodes],
        state: 'present',
        ...args,
      },
      register,
      ...(when !== '' && { when }),
    },
    restartTask(`Restart where ${spec.id} asks for it`, `${register}.reboot_required | default(false)`),
  ];
  return tasks.map((task, index) => (index === 0 ? { ...task, comments: sourceLines(requirement) } : task));
}

/**
 * The first detection decides that is no mere guess. An MSI needs none: it says itself what it is, so a guess would
 * only keep it from being installed.
 */
function guardOf({ type, detect }: PackageSpec): Guard {
  const guess = type === 'msi' ? undefined : detect[0];
  const detection = detect.find(({ doubtful }) => doubtful !== true) ?? guess;
  const questions = detection === undefined ? [] : questionsOf(detection);
  return { questions, args: detection === undefined || questions.length > 0 ? {} : argumentsOf(detection) };
}

function argumentsOf(detection: Detection): Guard['args'] {
  if ('uninstall' in detection) return { product_id: detection.uninstall };
  if (!('file' in detection)) return {};
  const { file, minVersion } = detection;
  return { creates_path: file, ...(minVersion !== undefined && { creates_version: minVersion }) };
}

function questionsOf(detection: Detection): Question[] {
  if ('dotnetRelease' in detection) {
    const missing = (value: string): string => `${value} | default(0) | int < ${detection.dotnetRelease}`;
    return [{ ...dotnetRelease, missing }];
  }
  if ('powershell' in detection) return [{ ...powershellEngine, missing: isBelow(detection.powershell) }];
  if ('registry' in detection) {
    const { path, name, data } = detection.registry;
    const missing = (value: string): string => `${value} | default('') | string != '${data}'`;
    return [{ key: withoutHive(path), name, missing }];
  }
  if ('file' in detection) return [];
  const { minVersion, view } = detection;
  const keys = uninstallKeysOf(detection);
  if (minVersion !== undefined)
    return keys.map((key) => ({ key, name: 'DisplayVersion', missing: isBelow(minVersion) }));
  // The module's own look at an uninstall key takes either view.
  const missing = (value: string): string => `${value} | default('') == ''`;
  return view === undefined ? [] : keys.map((key) => ({ key, name: 'DisplayName', missing }));
}

function isBelow(version: string): (value: string) => string {
  return (value) => `${value} | default('0') is version('${version}', '<')`;
}
