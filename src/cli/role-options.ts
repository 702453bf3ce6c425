// Which of the options given are meant for which role.
import type { OptionValues, RoleModel } from '../catalog/index.js';

export interface GivenOptions {
  /** The roles that are planned or verified now. */
  asked: readonly RoleModel[];
  /** All that there are. */
  all: readonly RoleModel[];
  /** Of lyncimg.yaml. */
  workspace: OptionValues;
  /** Of `--option`, over those of the workspace. */
  flags: OptionValues;
}

/**
 * An option of lyncimg.yaml is meant for the roles that have it, whichever are asked for now; one of the command line
 * for those of the roles asked for that have it. What nobody has is left in, for the error.
 */
export function optionsFor(role: RoleModel, given: GivenOptions): OptionValues {
  return {
    ...withoutThoseOfOthers(role, given.all, given.workspace),
    ...withoutThoseOfOthers(role, given.asked, given.flags),
  };
}

function withoutThoseOfOthers(
  role: RoleModel,
  others: readonly RoleModel[],
  values: OptionValues,
): OptionValues {
  const has = (one: RoleModel, name: string): boolean => Object.hasOwn(one.options, name);
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => has(role, name) || !others.some((other) => has(other, name))),
  );
}
