// Which Windows answers. The same feature name means other things on another Windows: requirements of one are never
// judged on another, and where nobody can say which it is, nothing can be said at all.
import type { Answer, CimQuery, CimRow, OsModel } from '../requirements/index.js';
import type { HostIdentity } from './types.js';

export const operatingSystemQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_OperatingSystem',
  properties: ['Version', 'ProductType', 'Caption'],
};

/** As it is asked: with what requirements read of the same class, so that it is asked for once. */
export const firstQuestion: CimQuery = {
  ...operatingSystemQuery,
  properties: [...operatingSystemQuery.properties, 'OperatingSystemSKU', 'ServicePackMajorVersion'],
};

/** Of an operating system, what verify needs: a plan has no more of it. */
export type OsName = Pick<OsModel, 'id' | 'title' | 'version'>;

/** What the host says it is. */
export type OsFinding =
  { known: true; version: string; title: string; isWorkstation: boolean } | { known: false; cause: string };

/** What that means for the checks. */
export type OsDecision =
  /** The host said so, and nobody contradicts. */
  | { state: 'told'; version: string; title: string }
  /** Its answer cannot be read, and somebody asserted one. */
  | { state: 'asserted'; os: OsName; cause: string }
  /** It is another one than was asserted, or no server. */
  | { state: 'mismatch'; version: string; title: string; expected: string }
  | { state: 'unknown'; cause: string };

// Windows 8.1 has the version of Windows Server 2012 R2; ProductType tells a workstation from a server.
const workstation = '1';

/** From the row of Win32_OperatingSystem; where that cannot be read, from Identify. */
export function findOs(row: Answer<CimRow[]>, identity: HostIdentity | null): OsFinding {
  const read = readRow(row);
  if (read.known) return read;
  const version = identity === null ? null : versionOfIdentify(identity.version);
  return version === null ? read : { known: true, version, title: 'Windows', isWorkstation: false };
}

export function decideOs(found: OsFinding, asserted: OsName | null): OsDecision {
  if (!found.known)
    return asserted === null
      ? { state: 'unknown', cause: found.cause }
      : { state: 'asserted', os: asserted, cause: found.cause };
  const { version, isWorkstation } = found;
  const title = isWorkstation ? `${found.title}, a workstation` : found.title;
  if (asserted !== null && (isWorkstation || version !== asserted.version))
    return { state: 'mismatch', version, title, expected: `${asserted.title} (${asserted.version})` };
  if (isWorkstation) return { state: 'mismatch', version, title, expected: 'a Windows Server' };
  return { state: 'told', version, title };
}

/** The version out of Identify's `OS: 6.3.9600 SP: 0.0 Stack: 3.0`; null where the host hides it (`OS: 0.0.0`). */
export function versionOfIdentify(productVersion: string): string | null {
  const version = /^OS: (\d+\.\d+\.\d+)\b/.exec(productVersion)?.[1];
  return version === undefined || version === '0.0.0' ? null : version;
}

function readRow(answer: Answer<CimRow[]>): OsFinding {
  if (!answer.known) return answer;
  const [row] = answer.value;
  const version = text(row?.['Version']);
  if (answer.value.length !== 1 || !/^\d{1,5}\.\d{1,5}\.\d{1,10}$/.test(version))
    return { known: false, cause: 'Win32_OperatingSystem answered without a version' };
  const title = text(row?.['Caption']) || 'Windows';
  return { known: true, version, title, isWorkstation: text(row?.['ProductType']) === workstation };
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
