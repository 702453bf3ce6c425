// The list of hotfixes that Windows gives, which knows them by KB number.
import type { CimQuery, CimRow, Facts } from './facts.js';
import type { Finding } from './finding.js';
import { sameText, textOf } from './rows.js';

export const hotfixQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_QuickFixEngineering',
  properties: ['HotFixID'],
};

export interface Numbered {
  kb: string;
  /** Any of them will do: Windows drops from its list what a later update holds. */
  supersededBy: readonly string[];
}

export function isListedAs({ kb, supersededBy }: Numbered, row: CimRow): boolean {
  return [kb, ...supersededBy].some((number) => sameText(textOf(row, 'HotFixID'), number));
}

export function findListed(wanted: Numbered, facts: Facts): Finding {
  const answer = facts.cim(hotfixQuery);
  if (!answer.known) return { state: 'unknown', cause: answer.cause };
  const row = answer.value.find((candidate) => isListedAs(wanted, candidate));
  return row === undefined
    ? { state: 'unmet', actual: `${wanted.kb} is not listed` }
    : { state: 'met', actual: `${textOf(row, 'HotFixID').toUpperCase()} installed` };
}
