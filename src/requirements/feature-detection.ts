// Whether a feature is installed, asked in both ways that Windows has. Neither way knows all features by a name that is
// known here, and either class can be silent: the component store behind the one may be broken, and Server Manager's
// provider behind the other is old and slow.
import type { CimQuery, CimRow, Facts } from './facts.js';
import { numberOf, sameText, textOf } from './rows.js';

/** What one class says of one feature. `silent`: nothing that can be relied on, and why. */
type Said = { installed: boolean; what: string } | { silent: string };

interface Way {
  query: CimQuery;
  /** What the class calls the feature, e.g. `NetFx3`. */
  name: string;
  concerns(row: CimRow): boolean;
  read(rows: CimRow[]): Said;
}

const optionalFeature: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_OptionalFeature',
  properties: ['Name', 'InstallState'],
};

const serverFeature: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_ServerFeature',
  properties: ['ID'],
};

/** The ways that are known for a feature, the one that tells more first. */
export function waysOf({
  dism,
  serverFeatureId,
}: {
  dism: string | null;
  serverFeatureId: number | null;
}): Way[] {
  return [
    ...(dism === null ? [] : [byDismName(dism)]),
    ...(serverFeatureId === null ? [] : [byId(serverFeatureId)]),
  ];
}

export function ask(way: Way, facts: Facts): Said {
  const answer = facts.cim(way.query);
  if (!answer.known) return { silent: answer.cause };
  // Any Windows Server lists something in either class: what lists nothing has not answered.
  if (answer.value.length === 0) return { silent: `${way.query.className} listed nothing` };
  return way.read(answer.value);
}

function byDismName(dism: string): Way {
  const concerns = (row: CimRow): boolean => sameText(textOf(row, 'Name'), dism);
  return { query: optionalFeature, name: dism, concerns, read };

  /** The class lists every feature that Windows knows, with its state. */
  function read(rows: CimRow[]): Said {
    const row = rows.find(concerns);
    if (row === undefined) return { installed: false, what: `${dism} is not listed` };
    switch (numberOf(row, 'InstallState')) {
      case 1:
        return { installed: true, what: 'installed' };
      case 2:
        return { installed: false, what: 'not installed' };
      case 3:
        return { installed: false, what: 'not installed, payload removed' };
      default: {
        // 4 is Windows' own "unknown"; a feature that waits for a restart may show it.
        const state = textOf(row, 'InstallState');
        return { silent: `Windows reports InstallState ${state} for ${dism}; a restart may be pending` };
      }
    }
  }
}

function byId(id: number): Way {
  const concerns = (row: CimRow): boolean => numberOf(row, 'ID') === id;
  return { query: serverFeature, name: String(id), concerns, read };

  /** The class lists what is installed, and nothing else. */
  function read(rows: CimRow[]): Said {
    const installed = rows.some(concerns);
    return { installed, what: installed ? 'installed' : 'not installed' };
  }
}
