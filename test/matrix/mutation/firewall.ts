// Windows Firewall: an allow rule that opens too little, and block rules, which beat every allow rule (Microsoft's pages
// on the order in which rules are evaluated) and so fall on each requirement whose ports they meet.
import type { FactsCopy } from './facts-copy.js';
import { inputAs, inputOf, type FirewallInput } from './inputs.js';
import { alone, type Mutate, type Mutation, type Outcome } from './mutation.js';
import type { Need } from './pairs.js';

const local = 'SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
const policy = 'SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\FirewallRules';

export const mutateFirewall: Mutate = (need) => {
  const input = inputAs(need, 'firewall');
  const ranges = rangesOf(input);
  const ends = [ranges[0]?.first ?? 0, ranges.at(-1)?.last ?? 0];
  return [
    ...(input.action === 'allow' ? narrowed(need, input) : []),
    ...[...new Set(ends)].map((port) =>
      blocked(`port ${String(port)} blocked`, local, input, [{ first: port, last: port }]),
    ),
    blocked('all its ports blocked by policy', policy, input, ranges),
    {
      ...blocked('blocked for some addresses', local, input, ranges, 'RA4=10.9.0.0/255.255.0.0|'),
      outcome: overlapping(input, ranges, 'unknown'),
    },
  ];
};

interface Range {
  first: number;
  last: number;
}

/** `443` is one port, `50000-59999` are many. */
function rangesOf({ ports }: FirewallInput): Range[] {
  return ports.map((port) => {
    const [first = 0, last = first] = String(port).split('-').map(Number);
    return { first, last };
  });
}

/** Every requirement of this direction and protocol that one of the ports is of. */
function overlapping(
  { direction = 'in', protocol }: FirewallInput,
  ports: readonly Range[],
  becomes: Outcome,
): Mutation['outcome'] {
  return (other) => {
    const input = inputOf(other, 'firewall');
    if (input === undefined || (input.direction ?? 'in') !== direction || input.protocol !== protocol)
      return 'pass';
    const meets = rangesOf(input).some((own) =>
      ports.some(({ first, last }) => own.first <= last && first <= own.last),
    );
    return meets ? becomes : 'pass';
  };
}

/** A rule of the form that the registry has (MS-GPFAS 2.2.2), with a range under the token for ranges. */
function blocked(
  what: string,
  key: string,
  input: FirewallInput,
  ports: readonly Range[],
  more = '',
): Mutation {
  const { direction = 'in', protocol } = input;
  const side = direction === 'in' ? 'L' : 'R';
  const fields = ports.map(({ first, last }) =>
    first === last ? `${side}Port=${String(first)}|` : `${side}Port2_10=${String(first)}-${String(last)}|`,
  );
  const data = [
    'v2.10|Action=Block|Active=TRUE|',
    `Dir=${direction === 'in' ? 'In' : 'Out'}|Protocol=${protocol === 'tcp' ? '6' : '17'}|`,
    ...fields,
    `${more}Name=Somebody blocks it|`,
  ].join('');
  return {
    what,
    change: (copy) => {
      copy.texts(key, (texts) => [...texts, { name: '{made-by-a-test}', data }]);
    },
    outcome: overlapping(input, ports, 'fail'),
  };
}

/** Its own rule, which no other requirement stands on, is gone, or opens less than was asked for. */
function narrowed(need: Need, { name }: FirewallInput): Mutation[] {
  const rule =
    (change: (data: string) => string | null) =>
    (copy: FactsCopy): void => {
      copy.texts(local, (texts) =>
        texts.flatMap((text) => {
          if (!text.data.includes(`|Name=${name}|`)) return [text];
          const data = change(text.data);
          return data === null ? [] : [{ ...text, data }];
        }),
      );
    };
  const outcome = alone(need);
  return [
    { what: 'its rule absent', change: rule(() => null), outcome },
    {
      what: 'its rule off',
      change: rule((data) => data.replace('Active=TRUE', 'Active=FALSE')),
      outcome,
    },
    { what: 'its rule for one profile', change: rule((data) => `${data}Profile=Domain|`), outcome },
    { what: 'its rule for one address', change: rule((data) => `${data}RA4=10.9.0.1|`), outcome },
    { what: 'its rule for one program', change: rule((data) => `${data}App=C:\\other.exe|`), outcome },
    {
      what: 'its rule in the other direction',
      change: rule((data) => data.replace('Dir=In', 'Dir=Out')),
      outcome,
    },
  ];
}
