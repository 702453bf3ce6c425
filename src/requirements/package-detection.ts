// How an installed package shows: which questions tell, and what their answers mean. A package that is there in a later
// version counts.
import { unreachable } from '../util/index.js';
import type { Answer, CimQuery, FactQuery, Facts, RegistryAnswer, RegistryQuery } from './facts.js';
import { anyOf, type Finding } from './finding.js';
import type { Detection } from './os-model.js';
import { textOf } from './rows.js';
import { compareVersions } from './versions.js';

type Uninstall = Extract<Detection, { uninstall: string }>;
type InFile = Extract<Detection, { file: string }>;
type InRegistry = Extract<Detection, { registry: object }>;

/** Release: dotnet/docs, "How to determine which .NET Framework versions are installed". */
export const dotnetRelease = {
  key: 'SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full',
  name: 'Release',
} as const;

/** In force from PowerShell 3.0 on; PowerShell 2.0 has its engine under `1` and knows nothing of this key. */
export const powershellEngine = {
  key: 'SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine',
  name: 'PowerShellVersion',
} as const;

const uninstallKeys = {
  64: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
  32: 'SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
} as const;

/** Where the program's key may stand: that of 64-bit programs, that of 32-bit ones, or either. */
export function uninstallKeysOf({ uninstall, view }: Uninstall): string[] {
  const views = view === undefined ? ([64, 32] as const) : [view];
  return views.map((bits) => `${uninstallKeys[bits]}\\${uninstall}`);
}

export function detectionQueries(detection: Detection): FactQuery[] {
  if ('uninstall' in detection) return uninstallQueries(detection);
  if ('dotnetRelease' in detection) return [registryQuery(dotnetRelease, 'dword')];
  if ('powershell' in detection) return [registryQuery(powershellEngine, 'string')];
  if ('file' in detection) return [fileQuery(detection)];
  if ('registry' in detection) return [ownQuery(detection)];
  return unreachable(detection);
}

/** Of a doubtful detection it is unknown what it says, whatever it says. */
export function findDetected(detection: Detection, facts: Facts): Finding {
  const found = find(detection, facts);
  if (detection.doubtful !== true || found.state === 'unknown') return found;
  return { state: 'unknown', cause: `${found.actual}; nobody has confirmed that this is how it shows` };
}

function find(detection: Detection, facts: Facts): Finding {
  if ('uninstall' in detection) return findUninstall(detection, facts);
  if ('dotnetRelease' in detection) return findRelease(detection.dotnetRelease, facts);
  if ('powershell' in detection) return findPowershell(detection.powershell, facts);
  if ('file' in detection) return findFile(detection, facts);
  if ('registry' in detection) return findValue(detection, facts);
  return unreachable(detection);
}

/** DisplayName where the version does not matter: it says what the key stands for. */
function uninstallQueries(detection: Uninstall): RegistryQuery[] {
  const name = detection.minVersion === undefined ? 'DisplayName' : 'DisplayVersion';
  return uninstallKeysOf(detection).map((key) => registryQuery({ key, name }, 'string'));
}

function findUninstall(detection: Uninstall, facts: Facts): Finding {
  const { uninstall, minVersion, view } = detection;
  const what = `uninstall key ${uninstall}${view === undefined ? '' : ` of a ${String(view)}-bit program`}`;
  return anyOf(
    uninstallQueries(detection).map((query) =>
      read(facts.registry(query), (value) => {
        if (!value.exists && value.missing === 'key') return { state: 'unmet', actual: `no ${what}` };
        const text = textIn(value);
        if (minVersion === undefined) return { state: 'met', actual: text ?? what };
        return atLeast({ what, found: text ?? '', wanted: minVersion });
      }),
    ),
  );
}

function findRelease(wanted: number, facts: Facts): Finding {
  return read(facts.registry(registryQuery(dotnetRelease, 'dword')), (value) =>
    value.exists
      ? atLeast({ what: '.NET Framework 4 Release', found: textIn(value) ?? '', wanted: String(wanted) })
      : { state: 'unmet', actual: 'no .NET Framework 4.5 or later' },
  );
}

function findPowershell(wanted: string, facts: Facts): Finding {
  return read(facts.registry(registryQuery(powershellEngine, 'string')), (value) =>
    value.exists
      ? atLeast({ what: 'PowerShell', found: textIn(value) ?? '', wanted })
      : { state: 'unmet', actual: 'no PowerShell 3.0 or later' },
  );
}

/** By full name alone: any other condition walks the disk for minutes. */
function fileQuery({ file, minVersion }: InFile): CimQuery {
  return {
    kind: 'cim',
    namespace: 'root/cimv2',
    className: 'CIM_DataFile',
    properties: minVersion === undefined ? ['Name'] : ['Name', 'Version'],
    where: `Name='${file.replaceAll(/[\\']/g, '\\$&')}'`,
  };
}

function findFile(detection: InFile, facts: Facts): Finding {
  const { file, minVersion } = detection;
  return read(facts.cim(fileQuery(detection)), ([row]) => {
    if (row === undefined) return { state: 'unmet', actual: `no file ${file}` };
    if (minVersion === undefined) return { state: 'met', actual: file };
    return atLeast({ what: file, found: textOf(row, 'Version'), wanted: minVersion });
  });
}

function ownQuery({ registry: { path, name, type } }: InRegistry): RegistryQuery {
  return registryQuery({ key: withoutHive(path), name }, type);
}

function findValue(detection: InRegistry, facts: Facts): Finding {
  const { path, name, data } = detection.registry;
  return read(facts.registry(ownQuery(detection)), (value) => {
    const found = textIn(value);
    if (found === null) return { state: 'unmet', actual: `no ${path}\\${name} of this type` };
    return { state: found === String(data) ? 'met' : 'unmet', actual: `${path}\\${name} = ${found}` };
  });
}

/** Of a path that begins with HKLM. */
export function withoutHive(path: string): string {
  return path.replace(/^HKLM:?\\/, '');
}

function registryQuery(
  { key, name }: { key: string; name: string },
  type: 'dword' | 'string',
): RegistryQuery {
  return { kind: 'registry', hive: 'HKLM', key, value: { name, type } };
}

/** The data of a value that is there with the type asked for. */
function textIn(value: RegistryAnswer): string | null {
  if (!value.exists || !('data' in value)) return null;
  return typeof value.data === 'string' ? value.data : null;
}

function read<T>(answer: Answer<T>, what: (value: T) => Finding): Finding {
  return answer.known ? what(answer.value) : { state: 'unknown', cause: answer.cause };
}

function atLeast({ what, found, wanted }: { what: string; found: string; wanted: string }): Finding {
  const order = compareVersions(found, wanted);
  if (order === null) return { state: 'unknown', cause: `${what} has no version that can be compared` };
  const actual = `${what} ${found}`;
  return order >= 0 ? { state: 'met', actual } : { state: 'unmet', actual };
}
