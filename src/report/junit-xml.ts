// JUnit XML. There is no standard: this is the dialect that GitLab, Jenkins, Azure and the two GitHub actions all
// read the same way. Its rules: classname and name are a stable, unique identity (readers drop, merge or take for
// retries what repeats), the host stands in the name (Jenkins splits classnames at dots, Azure shows names alone),
// no value or date in a name, sums are right, one outcome a case and before system-out, no CDATA.
import { plainCharacters, plainLine } from './plain-characters.js';
import { hostName } from './verdict-wording.js';

/** One requirement of one host. */
export interface Case {
  name: string;
  where: string | null;
  outcome: { tag: 'failure' | 'error' | 'skipped'; type?: string; message: string; text: string } | null;
  systemOut: string | null;
}

/** One host. */
export interface Suite {
  host: string;
  role: string;
  properties: [string, string][];
  startedAt: string;
  seconds: number;
  cases: Case[];
}

// GitLab refuses huge text nodes; nobody reads more.
const longestText = 64 * 1024;

export function junitXml(suites: readonly Suite[]): string {
  const seen = new Set<string>();
  const body = suites.map((suite, index) => suiteLines(suite, index, suiteName(suite, suites), seen));
  const cases = suites.flatMap((suite) => suite.cases);
  const time = seconds(suites.reduce((sum, suite) => sum + suite.seconds, 0));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'lyncimg verify', ...sums(cases), time })}>`,
    ...body.flat(),
    '</testsuites>',
    '',
  ].join('\n');
}

/** Without the port, which changes with every rehearsal, unless it takes the port to tell two hosts apart. */
function suiteName(suite: Suite, all: readonly Suite[]): string {
  const name = hostName(suite.host);
  const isShared = all.some((other) => other.host !== suite.host && hostName(other.host) === name);
  return plainLine(isShared ? suite.host : name);
}

function suiteLines(suite: Suite, index: number, name: string, seen: Set<string>): string[] {
  const about = attributes({
    name,
    id: String(index),
    hostname: name,
    timestamp: suite.startedAt.slice(0, 19),
    ...sums(suite.cases),
    time: seconds(suite.seconds),
  });
  return [
    `  <testsuite${about}>`,
    '    <properties>',
    ...suite.properties.map(([key, value]) => `      <property${attributes({ name: key, value })}/>`),
    '    </properties>',
    ...suite.cases.flatMap((item) => caseLines(item, suite, name, seen)),
    '  </testsuite>',
  ];
}

function caseLines(item: Case, suite: Suite, host: string, seen: Set<string>): string[] {
  const classname = `lyncimg.${plainLine(suite.role).replaceAll('.', '-')}`;
  const name = unique(classname, `${host}: ${plainLine(item.name)}`, seen);
  const head = `    <testcase${attributes({ classname, name, ...place(item.where), time: '0' })}`;
  const inner: string[] = [];
  if (item.outcome !== null) {
    const { tag, type, message, text } = item.outcome;
    const open = `<${tag}${attributes({ ...(type === undefined ? {} : { type }), message: plainLine(message) })}`;
    inner.push(text === '' ? `      ${open}/>` : `      ${open}>${content(text)}</${tag}>`);
  }
  if (item.systemOut !== null) inner.push(`      <system-out>${content(item.systemOut)}</system-out>`);
  return inner.length === 0 ? [`${head}/>`] : [`${head}>`, ...inner, '    </testcase>'];
}

/** The same role asked twice of one host would make pairs that readers take for one test. */
function unique(classname: string, name: string, seen: Set<string>): string {
  let candidate = name;
  for (let count = 2; seen.has(`${classname}\n${candidate}`); count++) candidate = `${name} #${count}`;
  seen.add(`${classname}\n${candidate}`);
  return candidate;
}

function place(where: string | null): Record<string, string> {
  const parts = /^(.+?):(\d+)(?::\d+)?$/.exec(where ?? '');
  return parts?.[1] === undefined || parts[2] === undefined ? {} : { file: parts[1], line: parts[2] };
}

function sums(cases: readonly Case[]): Record<string, string> {
  const count = (tag: string): string => String(cases.filter((item) => item.outcome?.tag === tag).length);
  return {
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

/** A decimal with at most three digits after the point, never an exponent: xs:decimal knows none. */
function seconds(value: number): string {
  return Number.isFinite(value) && value > 0 ? value.toFixed(3) : '0';
}

function attributes(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`)
    .join('');
}

function content(text: string): string {
  const plain = plainCharacters(text);
  return escaped(plain.length > longestText ? `${plain.slice(0, longestText - 20)}\n… (cut)` : plain);
}

function escaped(text: string): string {
  return plainCharacters(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
