// Packages of servicing that come by Windows Update or inside of an installer. Numbers, titles and systems: Microsoft's
// pages of the updates (medium); what each asks for before it: a model that takes several rounds (low), except KB2919355,
// which Microsoft's pages of later updates of 2012 R2 ask for (high).

const defaults = { restart: true, exclusive: false, confidence: 'low' } as const;
const on2008r2 = {
  ...defaults,
  os: '2008r2',
  servicePack: 1,
  version: '6.1.1.0',
  requires: ['KB4490628'],
} as const;
const on2012 = { ...defaults, os: '2012', version: '6.2.1.0', requires: ['KB3173426'] } as const;
const on2012r2 = {
  ...defaults,
  os: '2012r2',
  version: '6.3.1.0',
  requires: ['KB2919355', 'KB3173424'],
} as const;

const schannel = { kb: 'KB2992611', source: 'Microsoft KB2992611 (MS14-066)' } as const;
const cipherSuites = { kb: 'KB3042058', source: 'Microsoft KB3042058 (order of cipher suites)' } as const;

export const updatePackages = [
  {
    ...on2012r2,
    kb: 'KB3173424',
    requires: ['KB2919355'],
    restart: false,
    exclusive: true,
    source: 'Microsoft KB3173424 (servicing stack update of July 2016)',
    confidence: 'medium',
  },
  { ...on2012r2, ...schannel },
  { ...on2012r2, ...cipherSuites },
  { ...on2012r2, kb: 'KB5031419', source: 'Microsoft KB5031419 (monthly rollup of October 2023)' },
  {
    ...on2012r2,
    kb: 'KB2934520',
    requires: [],
    source: '.NET Framework 4.5.2 for Windows Server 2012 R2, inside of its installer',
  },
  { ...on2012r2, kb: 'KB4486105', source: '.NET Framework 4.8 for Windows Server 2012 R2' },

  { ...on2012, ...schannel },
  { ...on2012, ...cipherSuites },
  { ...on2012, kb: 'KB5031442', source: 'Microsoft KB5031442 (monthly rollup of October 2023)' },
  {
    ...on2012,
    kb: 'KB2901982',
    requires: [],
    source: '.NET Framework 4.5.2 for Windows Server 2012, inside of its installer',
  },
  { ...on2012, kb: 'KB4486081', source: '.NET Framework 4.8 for Windows Server 2012' },

  { ...on2008r2, ...schannel },
  { ...on2008r2, ...cipherSuites },
  {
    ...on2008r2,
    kb: 'KB4534310',
    requires: ['KB4490628', 'KB4474419'],
    source: 'Microsoft KB4534310 (monthly rollup of January 2020): servicing stack and SHA-2 first',
    confidence: 'medium',
  },
] as const;
