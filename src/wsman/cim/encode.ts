// CIM instances and parameters as XML (DSP0230; MS-WSMV 2.2.4.1 and 3.1.4.1.13, notes <58>, <59>).
import { classUri, ns } from '../namespaces.js';
import { xml, type Markup } from '../xml/writer.js';
import type { CimInstance, CimScalar, CimValue } from './value.js';

/**
 * Class form: one element of the instance's own class, properties in its namespace, in alphabetical order without
 * regard to case (recorded).
 */
export function encodeInstance(instance: CimInstance): Markup {
  const properties = Object.entries(instance.properties).sort(byName);
  return xml(
    `p:${instance.className}`,
    {
      'xmlns:p': classUri(instance.namespace, instance.className),
      'xmlns:xsi': ns.xsi,
      'xmlns:cim': ns.cim,
      'xsi:type': `p:${instance.className}_Type`,
    },
    properties.flatMap(([name, value]) => encodeProperty(name, value, 'p:')),
  );
}

/**
 * Fragment form, for a query that names its columns: these only, in no namespace, in alphabetical order whatever the
 * order asked for. A column that the instance does not hold is null.
 */
export function encodeFragment(instance: CimInstance, projection: readonly string[]): Markup {
  const held = new Map(Object.entries(instance.properties).map((entry) => [entry[0].toLowerCase(), entry]));
  const columns = projection.map((name): [string, CimValue] => held.get(name.toLowerCase()) ?? [name, null]);
  return xml(
    'w:XmlFragment',
    { 'xmlns:xsi': ns.xsi },
    columns.sort(byName).flatMap(([name, value]) => encodeProperty(name, value, '')),
  );
}

/** Parameters of a method, in the order given: `Method_INPUT` or `Method_OUTPUT`, in the class's namespace. */
export function encodeParameters(
  element: string,
  resourceUri: string,
  parameters: Readonly<Record<string, CimValue>>,
): Markup {
  return xml(
    `p:${element}`,
    { 'xmlns:p': resourceUri, 'xmlns:xsi': ns.xsi, 'xmlns:cim': ns.cim },
    Object.entries(parameters).flatMap(([name, value]) => encodeProperty(name, value, 'p:')),
  );
}

function byName([a]: [string, CimValue], [b]: [string, CimValue]): number {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** One element; one for each item of an array; none for an empty array. */
function encodeProperty(name: string, value: CimValue, prefix: 'p:' | ''): Markup[] {
  const element = `${prefix}${name}`;
  if (value === null) return [xml(element, { 'xsi:nil': 'true' })];
  const items: readonly CimScalar[] = isList(value) ? value : [value];
  const inner = prefix === '' ? '' : 'cim:';
  return items.map((item) => xml(element, {}, encodeScalar(item, inner)));
}

function encodeScalar(value: CimScalar, prefix: 'cim:' | ''): Markup | string {
  if (typeof value === 'object') {
    return 'datetime' in value
      ? xml(`${prefix}Datetime`, {}, value.datetime)
      : xml(`${prefix}Interval`, {}, value.interval);
  }
  return String(value);
}

// Array.isArray does not narrow a readonly array away.
function isList(value: CimScalar | readonly CimScalar[]): value is readonly CimScalar[] {
  return Array.isArray(value);
}
