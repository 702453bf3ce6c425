// What the mutation matrix goes over: each role on each operating system that it supports, with its options as they are
// and turned over, so that requirements under a condition have their turn too.
import {
  loadCatalog,
  type CatalogOs,
  type OptionValues,
  type RoleModel,
} from '../../../src/catalog/index.js';
import { formatWhere, orThrow } from '../../../src/errors/index.js';
import { selectRequirements } from '../../../src/plan/index.js';
import type { OsId, Requirement } from '../../../src/requirements/index.js';
import { packageRoot } from '../../helpers/modelled-machine.js';

/** A requirement of a pair, under one selection of options or several. */
export interface Need {
  requirement: Requirement;
  /** As the role writes it: what the test reckons with, never what the kind made of it. */
  input: unknown;
}

export interface Pair {
  role: string;
  os: CatalogOs;
  selections: readonly OptionValues[];
  /** Of all selections, each once. */
  needs: Need[];
}

const catalog = orThrow(await loadCatalog({ packageRoot }));

export function pairsOf(id: OsId): Pair[] {
  return catalog
    .roles()
    .filter(({ abstract, supports }) => !abstract && supports.includes(id))
    .map((role) => pairOf(role, osOf(id), optionsOf(role)));
}

/** One role with options as somebody sets them. */
export function onePair(id: OsId, name: string, options: OptionValues): Pair {
  const role = catalog.role(name);
  if (role === undefined) throw new Error(`there is no role ${name}`);
  return pairOf(role, osOf(id), [options]);
}

function osOf(id: OsId): CatalogOs {
  const os = catalog.os(id);
  if (os === undefined) throw new Error(`there is no ${id}`);
  return os;
}

function pairOf(role: RoleModel, os: CatalogOs, options: readonly OptionValues[]): Pair {
  const byText = new Map<string, Need>();
  const inputs = inputsOf(role);
  for (const values of options) {
    const { chain } = orThrow(selectRequirements({ role, os, options: values }));
    for (const requirement of chain.flatMap((link) => link.requirements)) {
      const { id, spec, stage, source, confirmedBy = source } = requirement;
      const text = JSON.stringify([id, spec, stage, confirmedBy.confidence]);
      byText.set(text, { requirement, input: inputs.get(requirement.where) });
    }
  }
  return { role: role.name, os, selections: options, needs: [...byText.values()] };
}

/** The defaults, then every boolean inverted and each enum at its next values, as many times as an enum has others. */
function optionsOf(role: RoleModel): OptionValues[] {
  const all = Object.entries(role.options);
  const others = (name: string): string[] => {
    const option = role.options[name];
    return option?.type === 'enum' ? option.values.filter((value) => value !== option.default) : [];
  };
  const rounds = Math.max(1, ...all.map(([name]) => others(name).length));
  const turned = Array.from({ length: rounds }, (_, round): OptionValues => {
    const values = all.flatMap(([name, option]): [string, string | boolean][] => {
      if (option.type === 'boolean') return [[name, !option.default]];
      const value = others(name)[round % others(name).length];
      return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(values);
  });
  return [{}, ...turned];
}

function inputsOf(role: RoleModel): Map<string, unknown> {
  const inputs = new Map<string, unknown>();
  for (let link: RoleModel | null = role; link !== null; link = link.extends)
    for (const item of link.items) inputs.set(formatWhere(item.where), item.input);
  return inputs;
}
