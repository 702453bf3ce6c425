// Updates and packages: each shows in several ways, of which any will do.
import type { Detection } from '../../../src/requirements/index.js';
import type { FactsCopy } from './facts-copy.js';
import { inputOf } from './inputs.js';
import type { Ground, Mutate, Mutation } from './mutation.js';
import type { Need } from './pairs.js';

/** One way in which something shows. */
interface Proof {
  /** Of which fact; two with the same are shown by the same. */
  fact: string;
  /** The lowest version that will do; null where being there is enough. */
  atLeast: string | null;
  /** What it says counts as unknown. */
  doubtful: boolean;
  /** Makes it another version, or takes it away. */
  set(copy: FactsCopy, version: string | null): void;
}

const dotNet = 'SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full';
const powershell = 'SOFTWARE\\Microsoft\\PowerShell\\3\\PowerShellEngine';
/** Where programs of so many bits have their uninstall keys on 64-bit Windows. */
const uninstallKeys = {
  64: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
  32: 'SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
};

export const mutateInstalled: Mutate = (need, ground) => {
  const proofs = proofsOf(need, ground);
  const all = (versionOf: (proof: Proof) => string | null): Map<string, string | null> =>
    new Map(proofs.map((proof) => [proof.fact, versionOf(proof)]));
  const mutations = [
    mutation(
      'not installed',
      all(() => null),
      proofs,
      ground,
    ),
  ];
  if (proofs.some(({ atLeast }) => atLeast !== null)) {
    const older = all(({ atLeast }) => (atLeast === null ? null : versionBefore(atLeast)));
    mutations.push(mutation('an older version', older, proofs, ground));
  }
  return mutations;
};

function mutation(
  what: string,
  now: ReadonlyMap<string, string | null>,
  proofs: readonly Proof[],
  ground: Ground,
): Mutation {
  return {
    what,
    change: (copy) => {
      for (const proof of proofs) proof.set(copy, now.get(proof.fact) ?? null);
    },
    outcome(other) {
      const left = proofsOf(other, ground);
      if (left.length === 0 || !left.some(({ fact }) => now.has(fact))) return 'pass';
      const met = left.filter(({ fact, atLeast }) => {
        const version = now.get(fact);
        if (version === undefined) return true;
        return version !== null && atLeast !== null && isAtLeast(version, atLeast);
      });
      if (met.some(({ doubtful }) => !doubtful)) return 'pass';
      return left.some(({ doubtful }) => doubtful) ? 'unknown' : 'fail';
    },
  };
}

/** Those that hold on the machine that has everything; none for what is neither update nor package. */
function proofsOf(need: Need, { pair: { os }, facts }: Ground): Proof[] {
  const name = inputOf(need, 'hotfix') ?? inputOf(need, 'package');
  const entry = name === undefined ? undefined : os.packages.find(name);
  if (entry === undefined) return [];
  const listed = new Set(
    facts.answers.flatMap(({ query, answer }) =>
      query.kind === 'cim' && query.className === 'Win32_QuickFixEngineering' && answer.known
        ? (answer.value as { HotFixID: string }[]).map(({ HotFixID }) => HotFixID)
        : [],
    ),
  );
  const numbers =
    need.requirement.kind === 'hotfix' && entry.kb !== null ? [entry.kb, ...entry.supersededBy] : [];
  return [
    ...numbers.filter((kb) => listed.has(kb)).map(byNumber),
    ...entry.detect.map((one) => ({ ...byDetection(one), doubtful: one.doubtful === true })),
  ];
}

function byNumber(kb: string): Proof {
  return {
    ...{ fact: `hotfix ${kb}`, atLeast: null, doubtful: false },
    set: (copy) => {
      copy.rows('Win32_QuickFixEngineering', (rows) => rows.filter(({ HotFixID }) => HotFixID !== kb));
    },
  };
}

function byDetection(detection: Detection): Omit<Proof, 'doubtful'> {
  if ('uninstall' in detection) return byUninstallKey(detection);
  if ('dotnetRelease' in detection)
    return byValue('.NET', dotNet, 'Release', String(detection.dotnetRelease));
  if ('powershell' in detection)
    return byValue('PowerShell', powershell, 'PowerShellVersion', detection.powershell);
  if ('file' in detection) return byFile(detection.file, detection.minVersion ?? null);
  const { path, name } = detection.registry;
  return {
    ...{ fact: `value ${path}\\${name}`.toLowerCase(), atLeast: null },
    set: (copy) => {
      copy.value(path.replace('HKLM\\', ''), name, () => ({ exists: false, missing: 'value' }));
    },
  };
}

function byUninstallKey(detection: Extract<Detection, { uninstall: string }>): Omit<Proof, 'doubtful'> {
  const { uninstall: key, minVersion: atLeast = null, view } = detection;
  const views = view === undefined ? ([64, 32] as const) : [view];
  return {
    ...{ fact: `program ${key.toLowerCase()} in ${views.join(' or ')} bits`, atLeast },
    set: (copy, version) => {
      for (const keys of views.map((bits) => uninstallKeys[bits])) {
        if (version === null) copy.noKey(`${keys}\\${key}`);
        else
          copy.value(`${keys}\\${key}`, 'DisplayVersion', (before) =>
            before.exists ? { exists: true, data: version } : before,
          );
      }
    },
  };
}

function byValue(fact: string, key: string, name: string, atLeast: string): Omit<Proof, 'doubtful'> {
  return {
    ...{ fact, atLeast },
    set: (copy, version) => {
      if (version === null) copy.noKey(key);
      else copy.value(key, name, () => ({ exists: true, data: version }));
    },
  };
}

function byFile(path: string, atLeast: string | null): Omit<Proof, 'doubtful'> {
  return {
    ...{ fact: `file ${path.toLowerCase()}`, atLeast },
    set: (copy, version) => {
      const where = path.replaceAll('\\', '\\\\');
      copy.rows(
        'CIM_DataFile',
        (rows) => (version === null ? [] : rows.map((row) => ({ ...row, Version: version }))),
        where,
      );
    },
  };
}

/** The last number that is not 0, less one: `5.0.8308.0` → `5.0.8307.0`. */
function versionBefore(version: string): string {
  const numbers = version.split('.').map(Number);
  const last = numbers.findLastIndex((number) => number > 0);
  return numbers.map((number, index) => (index === last ? number - 1 : number)).join('.');
}

function isAtLeast(version: string, wanted: string): boolean {
  const [have, need] = [version, wanted].map((text) => text.split('.').map(Number));
  for (const [index, number] of (need ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
