// What a CIM class of the twin is: names, keys, and where its rows come from.
import type { CimDatetime } from '../../wsman/index.js';
import type { Machine } from '../machine.js';
import type { CimRow } from './filter.js';
import type { WqlCondition } from './wql.js';

export interface CimClass {
  /** With slashes. */
  namespace: string;
  name: string;
  /** Ids of systems that have it not; none when absent. */
  notOn?: readonly string[];
  /** Empty for a singleton. */
  keys: readonly string[];
  /** Every property that a row has: a query for another one is refused, as WMI does. */
  properties: readonly string[];
  /** By id of a system: those of them that it does not have yet. */
  propertiesNotOn?: Readonly<Record<string, readonly string[]>>;
  rows(machine: Machine, where: WqlCondition | null): CimRow[] | Promise<CimRow[]>;
}

/** Windows sends points in time in UTC with Z and without trailing zeros. */
export function datetime(at: Date): CimDatetime {
  return {
    datetime: at
      .toISOString()
      .replace(/(\.\d*?)0+Z$/, '$1Z')
      .replace('.Z', 'Z'),
  };
}

export const cimv2 = 'root/cimv2';
