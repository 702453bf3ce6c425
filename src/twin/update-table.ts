// What Windows Update has for each system: few of the hundreds of updates there were, in an order that takes a machine
// several rounds and restarts. What servicing asks of a package stands in hotfix-table.ts. Ids are made up.
import type { InstalledPackage, MachineState } from './state.js';

export interface UpdateEntry {
  /** UpdateID, lower case. */
  id: string;
  kb: string;
  os: string;
  title: string;
  categories: readonly string[];
  /** BrowseOnly: offered as optional, and by no WSUS of this model. */
  optional: boolean;
  /** KBs that must be installed before this one is offered. */
  after: readonly string[];
  /** For what is no package of servicing: what it leaves behind. */
  apart: { program: InstalledPackage | null; restart: boolean } | null;
  dotNet: MachineState['dotNet'];
}

type Row = Pick<UpdateEntry, 'id' | 'kb' | 'title'> & Partial<UpdateEntry>;

const dotNet48 = { version: '4.8.03761', release: 528_049 };
const toolTitle = 'Windows Malicious Software Removal Tool x64 - v5.118 (KB890830)';

/** Names of products as the categories have them. */
const products: Readonly<Record<string, string>> = {
  '2008r2': 'Windows Server 2008 R2',
  '2012': 'Windows Server 2012',
  '2012r2': 'Windows Server 2012 R2',
};

function offer(os: string, kind: string, row: Row): UpdateEntry {
  return {
    os,
    categories: [kind, products[os] ?? os],
    optional: false,
    after: [],
    apart: null,
    dotNet: null,
    ...row,
  };
}

const security = 'Security Updates';
const critical = 'Critical Updates';
const rollups = 'Update Rollups';
const features = 'Feature Packs';
const securityKbs = ['KB2992611', 'KB3042058'];

export const updateTable: readonly UpdateEntry[] = [
  offer('2012r2', critical, {
    id: '0c8c3bb5-1f4e-4f7c-9a0e-6d9c1c2b0001',
    kb: 'KB2919442',
    title: 'Update for Windows Server 2012 R2 (KB2919442)',
  }),
  offer('2012r2', security, {
    id: '0c8c3bb5-1f4e-4f7c-9a0e-6d9c1c2b0002',
    kb: 'KB2919355',
    title: 'Windows Server 2012 R2 Update (KB2919355)',
  }),
  offer('2012r2', critical, {
    id: '0c8c3bb5-1f4e-4f7c-9a0e-6d9c1c2b0003',
    kb: 'KB3173424',
    title: 'Update for Windows Server 2012 R2 (KB3173424)',
  }),
  ...common('2012r2', '0c8c3bb5-1f4e-4f7c-9a0e-6d9c1c2b'),
  offer('2012r2', security, {
    id: '0c8c3bb5-1f4e-4f7c-9a0e-6d9c1c2b0007',
    kb: 'KB5031419',
    title:
      '2023-10 Security Monthly Quality Rollup for Windows Server 2012 R2 for x64-based Systems (KB5031419)',
    after: securityKbs,
  }),
  offer('2012r2', features, {
    id: '0c8c3bb5-1f4e-4f7c-9a0e-6d9c1c2b0008',
    kb: 'KB4486105',
    title: 'Microsoft .NET Framework 4.8 for Windows Server 2012 R2 for x64 (KB4486105)',
    optional: true,
    dotNet: dotNet48,
  }),

  offer('2012', critical, {
    id: '5b1f6f0a-7a53-4d0b-8a35-3e52d7a10001',
    kb: 'KB3173426',
    title: 'Update for Windows Server 2012 (KB3173426)',
  }),
  ...common('2012', '5b1f6f0a-7a53-4d0b-8a35-3e52d7a1'),
  offer('2012', security, {
    id: '5b1f6f0a-7a53-4d0b-8a35-3e52d7a10007',
    kb: 'KB5031442',
    title:
      '2023-10 Security Monthly Quality Rollup for Windows Server 2012 for x64-based Systems (KB5031442)',
    after: securityKbs,
  }),
  offer('2012', features, {
    id: '5b1f6f0a-7a53-4d0b-8a35-3e52d7a10008',
    kb: 'KB4486081',
    title: 'Microsoft .NET Framework 4.8 for Windows Server 2012 for x64 (KB4486081)',
    optional: true,
    dotNet: dotNet48,
  }),

  offer('2008r2', security, {
    id: 'a3d0e9c2-64f1-4b8e-b7c9-91d4f2e30001',
    kb: 'KB4490628',
    title: '2019-03 Servicing Stack Update for Windows Server 2008 R2 for x64-based Systems (KB4490628)',
  }),
  offer('2008r2', security, {
    id: 'a3d0e9c2-64f1-4b8e-b7c9-91d4f2e30002',
    kb: 'KB4474419',
    title: '2019-09 Security Update for Windows Server 2008 R2 for x64-based Systems (KB4474419)',
    after: ['KB4490628'],
  }),
  ...common('2008r2', 'a3d0e9c2-64f1-4b8e-b7c9-91d4f2e3'),
  offer('2008r2', security, {
    id: 'a3d0e9c2-64f1-4b8e-b7c9-91d4f2e30007',
    kb: 'KB4534310',
    title:
      '2020-01 Security Monthly Quality Rollup for Windows Server 2008 R2 for x64-based Systems (KB4534310)',
    after: securityKbs,
  }),
  offer('2008r2', features, {
    id: 'a3d0e9c2-64f1-4b8e-b7c9-91d4f2e30008',
    kb: 'KB4503548',
    title: 'Microsoft .NET Framework 4.8 for Windows 7 and Windows Server 2008 R2 for x64 (KB4503548)',
    optional: true,
    dotNet: dotNet48,
    // Before Windows 8 .NET is a program of its own.
    apart: {
      restart: true,
      program: {
        key: '{92FB6C44-E685-45AD-9B20-CADF4CABA132} - 1033',
        view: '64',
        displayName: 'Microsoft .NET Framework 4.8',
        displayVersion: '4.8.03761',
        publisher: 'Microsoft Corporation',
        msi: false,
      },
    },
  }),
];

/** What each system is offered under the same number. */
function common(os: string, prefix: string): UpdateEntry[] {
  const title = (kb: string): string => `Security Update for ${products[os] ?? os} x64 Edition (${kb})`;
  return [
    offer(os, security, { id: `${prefix}0004`, kb: 'KB2992611', title: title('KB2992611') }),
    offer(os, security, { id: `${prefix}0005`, kb: 'KB3042058', title: title('KB3042058') }),
    offer(os, rollups, {
      id: `${prefix}0006`,
      kb: 'KB890830',
      title: toolTitle,
      apart: { program: null, restart: false },
    }),
  ];
}
