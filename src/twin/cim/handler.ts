// The CIM face of the machine: enumerations, single instances and methods for the WS-Man server. Faults are those of
// WMI behind WS-Man (recorded: an unknown class in a query is 2150858778 with the provider's own text inside).
import {
  WsmanFault,
  type CimInstance,
  type CimValue,
  type EnumerateAnswer,
  type EnumerateRequest,
  type GetRequest,
  type InvokeRequest,
} from '../../wsman/index.js';
import type { Machine } from '../machine.js';
import { type CimClass } from './class.js';
import { diskDrive, logicalDisk, physicalDisk, volume } from './disk-classes.js';
import { meets, propertiesOf, type CimRow } from './filter.js';
import { networkAdapterConfiguration } from './network-classes.js';
import { processor } from './processor-class.js';
import {
  dataFile,
  optionalFeature,
  quickFixEngineering,
  serverFeature,
  serviceClass,
  twinCounters,
} from './software-classes.js';
import { invokeStdRegProv } from './std-reg-prov.js';
import { computerSystem, operatingSystem, powerPlan, timeZoneClass } from './system-classes.js';
import { parseWql, type WqlCondition } from './wql.js';

export const cimClasses: readonly CimClass[] = [
  computerSystem,
  dataFile,
  diskDrive,
  logicalDisk,
  networkAdapterConfiguration,
  operatingSystem,
  optionalFeature,
  physicalDisk,
  powerPlan,
  processor,
  quickFixEngineering,
  serverFeature,
  serviceClass,
  timeZoneClass,
  twinCounters,
  volume,
];

const provider = { provider: 'WMI Provider', path: '%systemroot%\\system32\\WsmWmiPl.dll' };

export async function enumerateCim(machine: Machine, request: EnumerateRequest): Promise<EnumerateAnswer> {
  const namespace = knownNamespace(machine, request.namespace);
  if (request.wql === null) {
    const known = classOf(machine, namespace, request.className ?? '');
    if (known === undefined) throw unknownResource();
    return { instances: await instances(machine, known, null), projection: null };
  }
  const parsed = parseWql(request.wql);
  if (!parsed.ok) throw badQuery(parsed.message);
  const { className, columns, where } = parsed.query;
  const known = classOf(machine, namespace, className);
  if (known === undefined) throw unknownClass();
  const asked = [...(columns ?? []), ...(where === null ? [] : propertiesOf(where))];
  const unknown = asked.find((name) => spelled(machine, known, name) === undefined);
  if (unknown !== undefined) throw badQuery(`${known.name} has no property ${unknown}.`);
  return {
    instances: await instances(machine, known, where),
    projection: columns?.map((name) => spelled(machine, known, name) ?? name) ?? null,
  };
}

export async function getCim(machine: Machine, request: GetRequest): Promise<CimInstance> {
  const known = classOf(machine, knownNamespace(machine, request.namespace), request.className);
  if (known === undefined) throw unknownResource();
  const selectors = Object.entries(request.selectors).filter(
    ([name]) => name.toLowerCase() !== '__cimnamespace',
  );
  if (known.keys.length > 0 && selectors.length === 0) throw new WsmanFault('INVALID_URI_WMI_SINGLETON');
  const names = selectors.map(([name]) => name.toLowerCase()).sort();
  const keys = known.keys.map((name) => name.toLowerCase()).sort();
  if (names.join() !== keys.join()) throw new WsmanFault('INVALID_SELECTORS');
  const where: WqlCondition = {
    kind: 'and',
    parts: selectors.map(([property, value]) => ({ kind: 'compare', property, operator: '=', value })),
  };
  const [found] = await instances(machine, known, where);
  if (found === undefined) throw new WsmanFault('WBEM_NOT_FOUND');
  return found;
}

// eslint-disable-next-line @typescript-eslint/require-await -- the handler's signature; a throw must become a rejection
export async function invokeCim(
  machine: Machine,
  request: InvokeRequest,
): Promise<Readonly<Record<string, CimValue>>> {
  const namespace = knownNamespace(machine, request.namespace);
  const isRegistry = request.className.toLowerCase() === 'stdregprov';
  if (isRegistry && ['root/cimv2', 'root/default'].includes(namespace))
    return invokeStdRegProv(machine, request.method, request.input);
  if (classOf(machine, namespace, request.className) === undefined) throw unknownResource();
  throw new WsmanFault('ACTION_NOT_SUPPORTED', {
    message: `The twin does not model the method ${request.method} of ${request.className}.`,
  });
}

async function instances(
  machine: Machine,
  known: CimClass,
  where: WqlCondition | null,
): Promise<CimInstance[]> {
  const missing = notYetThere(machine, known);
  const rows: CimRow[] = await known.rows(machine, where);
  return rows
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !missing.includes(name))))
    .filter((row) => where === null || meets(row, where))
    .map((properties) => ({ namespace: known.namespace, className: known.name, properties }));
}

function classOf(machine: Machine, namespace: string, name: string): CimClass | undefined {
  return classesOf(machine).find(
    (each) => each.namespace === namespace && each.name.toLowerCase() === name.toLowerCase(),
  );
}

function classesOf(machine: Machine): CimClass[] {
  const { id } = machine.facts().os;
  return cimClasses.filter(({ notOn }) => notOn?.includes(id) !== true);
}

function spelled(machine: Machine, known: CimClass, name: string): string | undefined {
  const missing = notYetThere(machine, known);
  return known.properties.find(
    (each) => each.toLowerCase() === name.toLowerCase() && !missing.includes(each),
  );
}

function notYetThere(machine: Machine, known: CimClass): readonly string[] {
  return known.propertiesNotOn?.[machine.facts().os.id] ?? [];
}

/** One that a real host has too, or that is the twin's own: another one is a fault of its own. */
function knownNamespace(machine: Machine, text: string): string {
  const namespace = text.replaceAll('\\', '/').toLowerCase();
  const isKnown =
    namespace === 'root/default' || classesOf(machine).some((known) => known.namespace === namespace);
  if (!isKnown) throw new WsmanFault('WBEM_INVALID_NAMESPACE');
  return namespace;
}

function unknownClass(): WsmanFault {
  return new WsmanFault('CANNOT_PROCESS_FILTER', {
    provider: {
      ...provider,
      code: 2150858778,
      message: 'The specified class does not exist in the given namespace.',
    },
  });
}

function unknownResource(): WsmanFault {
  return new WsmanFault('RESOURCE_NOT_FOUND', {
    provider: { ...provider, code: 2147749904, message: 'Invalid class' },
  });
}

function badQuery(message: string): WsmanFault {
  return new WsmanFault('CANNOT_PROCESS_FILTER', {
    provider: { ...provider, code: 2147749911, message },
  });
}
