// Which Windows answers. A role is planned for one operating system; judged against another one it would give forty
// failures that all mean the same.
import { fail } from '../errors/index.js';
import type { Answer, CimQuery, Facts, OsModel } from '../requirements/index.js';
import type { HostIdentity } from './facts-document.js';

export const operatingSystemQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_OperatingSystem',
  properties: ['Version', 'ProductType', 'Caption'],
};

interface FoundOs {
  version: string;
  title: string;
}

// Windows 8.1 has the version of Windows Server 2012 R2; ProductType tells a workstation from a server.
const workstation = '1';

/** The version out of Identify's `OS: 6.3.9600 SP: 0.0 Stack: 3.0`; null where the host hides it (`OS: 0.0.0`). */
export function versionOfIdentify(productVersion: string): string | null {
  const version = /^OS: (\d+\.\d+\.\d+)\b/.exec(productVersion)?.[1];
  return version === undefined || version === '0.0.0' ? null : version;
}

/**
 * The version of the Windows that answered, or the cause why nobody can say. Throws E_VERIFY_OS when it is not the
 * expected one.
 */
export function checkOperatingSystem(
  host: string,
  expected: Pick<OsModel, 'id' | 'title' | 'version'>,
  facts: Facts,
  identity: HostIdentity,
): Answer<string> {
  const found = readOperatingSystem(facts);
  const version = found.known ? found.value.version : versionOfIdentify(identity.version);
  if (version === null) return found.known ? { known: false, cause: 'it tells no version' } : found;
  const isWorkstation = found.known && found.value.isWorkstation;
  if (version !== expected.version || isWorkstation) {
    const title = found.known ? `${found.value.title} (${version})` : `Windows ${version}`;
    const mismatch = { expected: `${expected.title} (${expected.version})`, found: title };
    throw fail('E_VERIFY_OS', mismatch, { where: { host } });
  }
  return { known: true, value: version };
}

function readOperatingSystem(facts: Facts): Answer<FoundOs & { isWorkstation: boolean }> {
  const answer = facts.cim(operatingSystemQuery);
  if (!answer.known) return answer;
  const [row] = answer.value;
  const version = text(row?.['Version']);
  if (answer.value.length !== 1 || !/^\d+\.\d+\.\d+$/.test(version))
    return { known: false, cause: 'Win32_OperatingSystem answered without a version' };
  const title = text(row?.['Caption']) || 'Windows';
  return {
    known: true,
    value: { version, title, isWorkstation: text(row?.['ProductType']) === workstation },
  };
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
