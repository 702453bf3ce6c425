// What the twin knows of hotfixes: for which OS, after which others, whether a restart follows. Not what the product
// believes of them: a wrong belief there must fail here.
// Package versions are those of public scripts where one was seen, else made up in the same form: nobody compares them.
import { updatePackages } from './hotfix-table-updates.js';

export interface HotfixEntry {
  kb: string;
  os: string;
  /** Must be installed (not only pending) before this one applies; one that supersedes it will do. */
  requires: readonly string[];
  restart: boolean;
  /** Servicing takes it only when nothing waits for a restart. */
  exclusive: boolean;
  /** Version part of the package identity. */
  version: string;
  /** Must be installed too, by Server Manager's name. */
  features?: readonly string[];
  servicePack?: 1;
  /** Needs .NET Framework 4 with at least this Release; 0: with any. */
  dotNet?: number;
  /** Earlier ones that are in it: they no longer apply, and no longer show. */
  supersedes?: readonly string[];
  /** What is in force after the restart. */
  brings?: { powershell: string; winrmStack: string };
  source: string;
  confidence: 'high' | 'medium' | 'low';
}

const update2014 =
  'Microsoft KB2919355: install KB2919442 first, then KB2919355, KB2932046, KB2959977, KB2937592, KB2938439, KB2934018 in this order';
const skype2015 = 'Skype for Business 2015 requirements name it';

const defaults = { requires: [], restart: true, exclusive: false } as const;
const on2008r2 = { ...defaults, os: '2008r2', servicePack: 1, version: '6.1.1.0' } as const;
const on2012 = { ...defaults, os: '2012', version: '6.2.1.0' } as const;
const on2012r2 = { ...defaults, os: '2012r2', version: '6.3.1.0' } as const;
/** Microsoft's pages of servicing stack updates say: no restart. */
const servicingStack = { restart: false, exclusive: true, confidence: 'medium' } as const;
/** KB2932046 and the rest of the April 2014 set: they are parts of the Update and apply after it. */
const partOfUpdate = {
  ...on2012r2,
  requires: ['KB2919355'],
  source: update2014,
  confidence: 'medium',
} as const;

export const hotfixTable: readonly HotfixEntry[] = [
  {
    ...on2012r2,
    ...servicingStack,
    kb: 'KB2919442',
    source: 'Microsoft KB2919442 (servicing stack update of March 2014)',
  },
  {
    ...on2012r2,
    kb: 'KB2919355',
    requires: ['KB2919442'],
    exclusive: true,
    // Identity seen in several public scripts: Package_for_KB2919355~31bf3856ad364e35~amd64~~6.3.1.14
    version: '6.3.1.14',
    source: update2014,
    confidence: 'high',
  },
  { ...partOfUpdate, kb: 'KB2932046' },
  { ...partOfUpdate, kb: 'KB2959977' },
  { ...partOfUpdate, kb: 'KB2937592' },
  { ...partOfUpdate, kb: 'KB2938439' },
  { ...partOfUpdate, kb: 'KB2934018' },
  {
    ...on2012r2,
    kb: 'KB2982006',
    requires: ['KB2919355'],
    source: `${skype2015}; that it needs KB2919355: general knowledge`,
    confidence: 'low',
  },

  {
    ...on2012,
    kb: 'KB2842230',
    source: "WMF 3.0 ignores MaxMemoryPerShellMB: Ansible's page on setting up a Windows host",
    confidence: 'high',
  },
  {
    ...on2012,
    kb: 'KB2858668',
    source: `${skype2015}: IIS 8.0 hotfix of Windows Server 2012`,
    confidence: 'medium',
  },
  {
    ...on2012,
    kb: 'KB2880390',
    source: 'Microsoft KB2880390 (more than 16 KB of trusted roots break client certificates)',
    confidence: 'medium',
  },
  {
    ...on2012,
    kb: 'KB3140245',
    source: 'Microsoft KB3140245 (TLS 1.1 and 1.2 in WinHTTP)',
    confidence: 'medium',
  },
  {
    ...on2012,
    ...servicingStack,
    kb: 'KB3173426',
    source: 'Microsoft KB3173426 (servicing stack update of July 2016)',
  },

  {
    ...on2008r2,
    kb: 'KB2506143',
    dotNet: 0,
    brings: { powershell: '3.0', winrmStack: '3.0' },
    source: 'Windows Management Framework 3.0, system requirements: 2008 R2 SP1 and .NET Framework 4.0',
    confidence: 'high',
  },
  {
    ...on2008r2,
    kb: 'KB2842230',
    requires: ['KB2506143'],
    source: "WMF 3.0 ignores MaxMemoryPerShellMB: Ansible's page on setting up a Windows host",
    confidence: 'high',
  },
  {
    ...on2008r2,
    kb: 'KB974405',
    features: ['NET-Framework-Core'],
    restart: false,
    source:
      'Lync Server 2013 requirements: Windows Identity Foundation, which needs .NET 3.5; restart: general knowledge',
    confidence: 'medium',
  },
  {
    ...on2008r2,
    kb: 'KB2646886',
    source: 'Lync Server 2013 requirements: IIS 7.5 hotfix of 2008 R2 SP1',
    confidence: 'medium',
  },
  {
    ...on2008r2,
    kb: 'KB2670838',
    source: 'Office Web Apps Server requirements: platform update of 2008 R2 SP1',
    confidence: 'medium',
  },
  {
    ...on2008r2,
    kb: 'KB2592525',
    source: 'Office Web Apps Server plan page links it; the number and the restart: general knowledge',
    confidence: 'low',
  },
  {
    ...on2008r2,
    kb: 'KB2533623',
    version: '6.1.1.1',
    source: `${skype2015}: loader update of 2008 R2`,
    confidence: 'medium',
  },
  {
    ...on2008r2,
    kb: 'KB2758857',
    supersedes: ['KB2533623'],
    source: 'General knowledge: MS12-081, holds KB2533623',
    confidence: 'low',
  },
  {
    ...on2008r2,
    kb: 'KB3063858',
    supersedes: ['KB2533623', 'KB2758857'],
    source: 'General knowledge: MS15-063, holds KB2533623',
    confidence: 'low',
  },
  {
    ...on2008r2,
    kb: 'KB3140245',
    source: 'Microsoft KB3140245 (TLS 1.1 and 1.2 in WinHTTP)',
    confidence: 'medium',
  },
  {
    ...on2008r2,
    ...servicingStack,
    kb: 'KB3020369',
    source: 'Microsoft KB3020369 (servicing stack update of April 2015)',
  },
  {
    ...on2008r2,
    ...servicingStack,
    kb: 'KB3177467',
    supersedes: ['KB3020369'],
    source: 'Microsoft KB3177467 (servicing stack update of September 2016)',
  },
  {
    ...on2008r2,
    ...servicingStack,
    kb: 'KB4490628',
    supersedes: ['KB3020369', 'KB3177467'],
    source: 'Microsoft KB4490628 (servicing stack update of March 2019)',
  },
  { ...on2008r2, kb: 'KB4474419', source: 'Microsoft KB4474419 (SHA-2 code signing)', confidence: 'medium' },
  ...updatePackages,
];

/**
 * In any case, with or without the letters KB. Where one number has a package for each of several systems, that of
 * `os`; else what it is for somewhere else.
 */
export function findHotfix(kb: string, os: string): HotfixEntry | undefined {
  const wanted = `KB${kb.replace(/^kb/i, '')}`;
  const found = hotfixTable.filter((entry) => entry.kb === wanted);
  return found.find((entry) => entry.os === os) ?? found[0];
}

/** Numbers of the hotfixes that hold this one. */
export function successors(entry: HotfixEntry): string[] {
  return hotfixTable
    .filter(({ os, supersedes }) => os === entry.os && supersedes?.includes(entry.kb) === true)
    .map(({ kb }) => kb);
}

export function packageIdentity(entry: HotfixEntry): string {
  return `Package_for_${entry.kb}~31bf3856ad364e35~amd64~~${entry.version}`;
}
