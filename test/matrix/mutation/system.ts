// What a machine is: its edition, its name and place in the network, and restarts that it waits for.
import { editionsOf, placesOf, restartsOf } from './followers.js';
import { inputAs } from './inputs.js';
import { alone, sharing, withValues, type Mutate, type Mutation } from './mutation.js';

const current = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const tcpip = 'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
const autoUpdate = `${current}\\WindowsUpdate\\Auto Update`;

/** OperatingSystemSKU: 17 Web, 42 Hyper-V Server, 13 Standard on Server Core (Microsoft's page of GetProductInfo). */
export const mutateEdition: Mutate = (need, { pair: { os } }) => {
  const input = inputAs(need, 'edition');
  const outcome = (fact: string): Mutation['outcome'] => sharing([fact], editionsOf(os.id));
  const sku = (what: string, number: string): Mutation => ({
    what,
    change: (copy) => {
      copy.rows('Win32_OperatingSystem', withValues({ OperatingSystemSKU: number }));
    },
    outcome: outcome('edition'),
  });
  switch (input) {
    case 'supported':
      return [sku('the Web edition', '17'), sku('Hyper-V Server', '42')];
    case 'full-installation':
      return [
        {
          what: 'Server Core',
          change: (copy) => {
            copy.value('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'InstallationType', () => ({
              ...{ exists: true, data: 'Server Core' },
            }));
            if (os.id === '2008r2') sku('', '13').change(copy);
          },
          outcome: outcome('core'),
        },
      ];
    case 'service-pack':
      return [
        {
          what: 'no service pack',
          change: (copy) => {
            copy.rows('Win32_OperatingSystem', withValues({ ServicePackMajorVersion: '0' }));
          },
          outcome: outcome('service pack'),
        },
      ];
  }
};

export const mutateComputer: Mutate = (need, { pair }) => {
  const { membership, dnsSuffix, nameRule } = inputAs(need, 'computer');
  const row = (values: Record<string, string | boolean | null>): Mutation['change'] => {
    return (copy) => {
      copy.rows('Win32_ComputerSystem', withValues(values));
    };
  };
  if (membership === 'domain')
    return [
      {
        what: 'in a workgroup',
        change: (copy) => {
          row({ PartOfDomain: false, Domain: 'WORKGROUP', Workgroup: 'WORKGROUP' })(copy);
          if (pair.needs.some((other) => placesOf(other).includes('has a suffix')))
            copy.value(tcpip, 'NV Domain', () => ({ exists: true, data: '' }));
        },
        outcome: sharing(['in a domain', 'has a suffix'], placesOf),
      },
    ];
  if (membership === 'workgroup')
    return [
      {
        what: 'in a domain',
        change: row({ PartOfDomain: true, Domain: 'lync.example.net', Workgroup: null }),
        outcome: sharing(['in a workgroup'], placesOf),
      },
    ];
  if (nameRule !== undefined)
    return [
      ['an underscore in its name', 'LYNC_01'],
      ['a name of 16 letters', 'LYNCSERVERNUMBER'],
      ['a number for a name', '20130101'],
    ].map(([what = '', name = '']) => ({
      what,
      change: row({ Name: name.slice(0, 15), DNSHostName: name }),
      outcome: alone(need),
    }));
  return dnsSuffix === undefined
    ? []
    : [
        ['no suffix was ever set', { exists: false, missing: 'value' }] as const,
        ['an empty suffix', { exists: true, data: '' }] as const,
      ].map(([what, answer]) => ({
        what,
        change: (copy) => {
          copy.value(tcpip, 'NV Domain', () => answer);
        },
        outcome: sharing(['has a suffix'], placesOf),
      }));
};

export const mutatePendingReboot: Mutate = () => [
  waiting('servicing', `${current}\\Component Based Servicing\\RebootPending`),
  waiting('Windows Update', `${autoUpdate}\\RebootRequired`),
];

export const mutateUpdates: Mutate = (need) => {
  const record = (what: string, data: string | null): Mutation => ({
    what,
    change: (copy) => {
      const key = `${autoUpdate}\\Results\\Install`;
      if (data === null) copy.noKey(key);
      else copy.value(key, 'LastSuccessTime', () => ({ exists: true, data }));
    },
    outcome: (other) => (other.requirement.kind === need.requirement.kind ? 'fail' : 'pass'),
  });
  return [
    record('Windows Update never installed anything', null),
    record('an empty record of Windows Update', ''),
    waiting('Windows Update', `${autoUpdate}\\RebootRequired`),
  ];
};

function waiting(who: string, key: string): Mutation {
  return {
    what: `${who} waits for a restart`,
    change: (copy) => {
      copy.value(key, null, () => ({ exists: true }));
    },
    outcome: sharing([who], restartsOf),
  };
}
