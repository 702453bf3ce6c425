// CIM instances and parameters as XML (DSP0230; MS-WSMV 2.2.4.1 and 3.1.4.1.13, notes <58>, <59>).
import { anonymousAddress, classUri, ns } from '../namespaces.js';
import { xml, type Markup } from '../xml/writer.js';
import type { CimInstance, CimObject, CimReference, CimScalar, CimValue } from './value.js';

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

/** Of property elements: those of the instance, none in a fragment, those of embedded objects. */
type Prefix = 'p:' | '' | 'q:' | 'r:';

/** One element; one for each item of an array; none for an empty array. */
function encodeProperty(name: string, value: CimValue, prefix: Prefix): Markup[] {
  if (value === null) return [xml(`${prefix}${name}`, { 'xsi:nil': 'true' })];
  const items: readonly CimScalar[] = isList(value) ? value : [value];
  return items.map((item) => encodeItem(name, item, prefix));
}

function encodeItem(name: string, value: CimScalar, prefix: Prefix): Markup {
  const element = `${prefix}${name}`;
  if (typeof value !== 'object') return xml(element, {}, encodePlain(value));
  if ('object' in value) return encodeObject(element, value.object, prefix);
  if ('reference' in value) return xml(element, {}, encodeReference(value.reference));
  return xml(element, {}, encodeTime(value, prefix === '' ? '' : 'cim:'));
}

/** xs:double has words of its own for what is no number. */
function encodePlain(value: string | number | bigint | boolean): string {
  if (typeof value !== 'number' || Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'INF' : '-INF';
}

type Time = Exclude<CimScalar, string | number | bigint | boolean | CimObject | CimReference>;

function encodeTime(value: Time, prefix: 'cim:' | ''): Markup {
  if ('datetime' in value) return xml(`${prefix}Datetime`, {}, value.datetime);
  if ('interval' in value) return xml(`${prefix}Interval`, {}, value.interval);
  if ('date' in value) return xml(`${prefix}Date`, {}, value.date);
  return xml(`${prefix}Time`, {}, value.time);
}

/**
 * The class as xsi:type, the properties in the class's namespace. The property's own name must not change its
 * meaning by what it binds itself, so the prefix inside is never the one outside.
 */
function encodeObject(element: string, object: CimInstance, outside: Prefix): Markup {
  const prefix = outside === 'q:' ? 'r:' : 'q:';
  const bound = `xmlns:${prefix.slice(0, 1)}`;
  return xml(
    element,
    {
      [bound]: classUri(object.namespace, object.className),
      'xmlns:cim': ns.cim,
      'xsi:type': `${prefix}${object.className}_Type`,
    },
    Object.entries(object.properties)
      .sort(byName)
      .flatMap(([name, value]) => encodeProperty(name, value, prefix)),
  );
}

function encodeReference({ resourceUri, selectors }: CimReference['reference']): Markup[] {
  const keys = Object.entries(selectors).map(([name, value]) => xml('w:Selector', { Name: name }, value));
  return [
    xml('a:Address', {}, anonymousAddress),
    xml('a:ReferenceParameters', {}, xml('w:ResourceURI', {}, resourceUri), xml('w:SelectorSet', {}, keys)),
  ];
}

// Array.isArray does not narrow a readonly array away.
function isList(value: CimScalar | readonly CimScalar[]): value is readonly CimScalar[] {
  return Array.isArray(value);
}
