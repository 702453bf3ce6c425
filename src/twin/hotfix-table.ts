// What the twin knows of hotfixes: for which OS, after which others, whether a restart follows. Not what the product
// believes of them: a wrong belief there must fail here.

export interface HotfixEntry {
  kb: string;
  os: readonly string[];
  /** Must be installed (not only pending) before this one applies. */
  requires: readonly string[];
  restart: boolean;
  /** Servicing takes it only when nothing waits for a restart. */
  exclusive: boolean;
  /** Version part of the package identity. */
  version: string;
  source: string;
  confidence: 'high' | 'medium' | 'low';
}

const update2014 =
  'Microsoft KB2919355: install KB2919442 first, then KB2919355, KB2932046, KB2959977, KB2937592, KB2938439, KB2934018 in this order';

/** KB2932046 and the rest of the April 2014 set: they are parts of the Update and apply after it. */
function partOfUpdate(kb: string): HotfixEntry {
  return {
    kb,
    os: ['2012r2'],
    requires: ['KB2919355'],
    restart: true,
    exclusive: false,
    version: '6.3.1.0',
    source: update2014,
    confidence: 'medium',
  };
}

export const hotfixTable: readonly HotfixEntry[] = [
  {
    kb: 'KB2919442',
    os: ['2012r2'],
    requires: [],
    // Microsoft's pages of servicing stack updates say: no restart.
    restart: false,
    exclusive: true,
    version: '6.3.1.0',
    source: 'Microsoft KB2919442 (servicing stack update of March 2014)',
    confidence: 'medium',
  },
  {
    kb: 'KB2919355',
    os: ['2012r2'],
    requires: ['KB2919442'],
    restart: true,
    exclusive: true,
    // Identity seen in several public scripts: Package_for_KB2919355~31bf3856ad364e35~amd64~~6.3.1.14
    version: '6.3.1.14',
    source: update2014,
    confidence: 'high',
  },
  partOfUpdate('KB2932046'),
  partOfUpdate('KB2959977'),
  partOfUpdate('KB2937592'),
  partOfUpdate('KB2938439'),
  partOfUpdate('KB2934018'),
  {
    kb: 'KB2982006',
    os: ['2012r2'],
    requires: ['KB2919355'],
    restart: true,
    exclusive: false,
    version: '6.3.1.0',
    source: 'Skype for Business 2015 requirements name it; that it needs KB2919355: general knowledge',
    confidence: 'low',
  },
  {
    kb: 'KB2858668',
    os: ['2012'],
    requires: [],
    restart: true,
    exclusive: false,
    version: '6.2.1.0',
    source: 'Skype for Business 2015 requirements: IIS 8.0 hotfix of Windows Server 2012',
    confidence: 'medium',
  },
  {
    kb: 'KB2533623',
    os: ['2008r2'],
    requires: [],
    restart: true,
    exclusive: false,
    version: '6.1.1.1',
    source: 'Skype for Business 2015 requirements: loader update of 2008 R2',
    confidence: 'medium',
  },
  {
    kb: 'KB2646886',
    os: ['2008r2'],
    requires: [],
    restart: true,
    exclusive: false,
    version: '6.1.1.0',
    source: 'Lync Server 2013 requirements: IIS 7.5 hotfix of 2008 R2 SP1',
    confidence: 'medium',
  },
];

/** In any case, with or without the letters KB. */
export function findHotfix(kb: string): HotfixEntry | undefined {
  const wanted = `KB${kb.replace(/^kb/i, '')}`;
  return hotfixTable.find((entry) => entry.kb === wanted);
}

export function packageIdentity(entry: HotfixEntry): string {
  return `Package_for_${entry.kb}~31bf3856ad364e35~amd64~~${entry.version}`;
}
