// The edition of Windows that was installed, that it is not Server Core, and its service pack.
//
// A machine is installed with its edition, so nothing is rendered: the answer file chooses it, and this judges it.
import { z } from 'zod';
import { unreachable } from '../util/index.js';
import type { CimQuery, Facts, RegistryQuery } from './facts.js';
import type { Judgement, Kind } from './kind.js';
import { numberOf, sameText } from './rows.js';

const schema = z.enum(['supported', 'full-installation', 'service-pack']).meta({
  description:
    '`supported`: an edition that Lync is supported on; `full-installation`: not Server Core; `service-pack`: at least the one that Lync asks for.',
});

export type EditionInput = z.infer<typeof schema>;

export type EditionSpec =
  | { about: 'supported'; editions: { title: string; skus: number[] }[] }
  | { about: 'full-installation' }
  | { about: 'service-pack'; atLeast: number };

/**
 * OperatingSystemSKU of servers: Microsoft's class page of Win32_OperatingSystem and GetProductInfo (high). Server Core
 * shows one of its own on 2008 R2 alone; later ones tell it by InstallationType.
 */
const skuNames: Readonly<Record<number, string>> = {
  7: 'Standard',
  8: 'Datacenter',
  10: 'Enterprise',
  12: 'Datacenter, Server Core',
  13: 'Standard, Server Core',
  14: 'Enterprise, Server Core',
  17: 'Web',
  18: 'HPC',
  29: 'Web, Server Core',
  33: 'Foundation',
  42: 'Hyper-V Server',
  79: 'Standard, evaluation',
  80: 'Datacenter, evaluation',
};

const systemQuery: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_OperatingSystem',
  properties: ['OperatingSystemSKU', 'ServicePackMajorVersion'],
};
const installationQuery: RegistryQuery = {
  kind: 'registry',
  hive: 'HKLM',
  key: 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
  value: { name: 'InstallationType', type: 'string' },
};

export const edition: Kind<EditionInput, EditionSpec> = {
  name: 'edition',
  summary: 'Windows is a supported edition, a full installation, or has the service pack that Lync asks for.',
  example: '- edition: supported\n  source: MS-SYSREQ\n',
  stage: 'image',
  phase: 1,
  schema,

  resolve(input, os) {
    if (input === 'full-installation') return { ok: true, spec: { about: input } };
    if (input === 'service-pack') return { ok: true, spec: { about: input, atLeast: os.servicePack } };
    const editions = os.editions.map(({ title, skus }) => ({ title, skus }));
    return { ok: true, spec: { about: input, editions } };
  },

  id: (spec) => `edition/${spec.about}`,
  title: (spec) => `Edition: ${wanted(spec)}`,
  tasks: () => [],
  facts: (spec) => [spec.about === 'full-installation' ? installationQuery : systemQuery],
  judge(spec, facts) {
    switch (spec.about) {
      case 'supported':
        return judgeSku(spec, facts);
      case 'full-installation':
        return judgeInstallation(spec, facts);
      case 'service-pack':
        return judgeServicePack(spec, facts);
      default:
        return unreachable(spec);
    }
  },
};

function wanted(spec: EditionSpec): string {
  switch (spec.about) {
    case 'supported':
      return spec.editions.map(({ title }) => title).join(' or ');
    case 'full-installation':
      return 'full installation, not Server Core';
    case 'service-pack':
      return spec.atLeast === 0
        ? 'any service pack or none'
        : `service pack ${String(spec.atLeast)} or later`;
    default:
      return unreachable(spec);
  }
}

function judgeSku(spec: EditionSpec & { about: 'supported' }, facts: Facts): Judgement {
  const expected = wanted(spec);
  const sku = systemNumber(facts, 'OperatingSystemSKU');
  if (typeof sku === 'string') return { verdict: 'unknown', expected, cause: sku };
  const name = skuNames[sku];
  const actual = name === undefined ? `edition number ${String(sku)}` : name;
  if (spec.editions.some(({ skus }) => skus.includes(sku))) return { verdict: 'pass', expected, actual };
  return { verdict: 'fail', expected, actual, fix: `Install ${expected}.` };
}

function judgeServicePack(spec: EditionSpec & { about: 'service-pack' }, facts: Facts): Judgement {
  const expected = wanted(spec);
  const found = systemNumber(facts, 'ServicePackMajorVersion');
  if (typeof found === 'string') return { verdict: 'unknown', expected, cause: found };
  const actual = found === 0 ? 'no service pack' : `service pack ${String(found)}`;
  if (found >= spec.atLeast) return { verdict: 'pass', expected, actual };
  return { verdict: 'fail', expected, actual, fix: `Install service pack ${String(spec.atLeast)}.` };
}

function judgeInstallation(spec: EditionSpec, facts: Facts): Judgement {
  const expected = wanted(spec);
  const answer = facts.registry(installationQuery);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const data = answer.value.exists && 'data' in answer.value ? answer.value.data : undefined;
  if (typeof data !== 'string' || data === '')
    return { verdict: 'unknown', expected, cause: 'the registry does not say what was installed' };
  const fix = 'Install Windows anew as "Server with a GUI" (2008 R2: "Full Installation").';
  return sameText(data, 'Server')
    ? { verdict: 'pass', expected, actual: 'full installation' }
    : { verdict: 'fail', expected, actual: data, fix };
}

/** A number of Win32_OperatingSystem, or the cause for which there is none. */
function systemNumber(facts: Facts, property: string): number | string {
  const answer = facts.cim(systemQuery);
  if (!answer.known) return answer.cause;
  const [row] = answer.value;
  if (row === undefined) return 'Win32_OperatingSystem gave no row';
  const value = numberOf(row, property);
  return Number.isNaN(value) ? `${property} is no number` : value;
}
