// What the twin knows of installers: what a file is, where it runs, what it asks for, what it leaves behind. Not what
// the product believes of them: a wrong belief there must fail here.
import { dword, text } from './registry-table.js';
import type { InstalledPackage, RegistryData } from './state.js';

/** What must be there before an installer goes on; `os` where only some systems ask for it. */
export type InstallerNeed =
  | { feature: string; os?: readonly string[] }
  | { program: string }
  | { dotNetRelease: number }
  /** Nothing may wait for a restart. */
  | { noPendingRestart: true };

export interface InstallerEntry {
  /** Lower-case file names; with the folder before it where the name alone says nothing. */
  files: readonly string[];
  kind: 'msi' | 'exe';
  title: string;
  os: readonly string[];
  needs: readonly InstallerNeed[];
  /** Exit code where it is not for this system or something that it needs is missing. */
  refusal: number;
  /** Lower-case arguments of which one must be given, else an EXE shows a window and waits. */
  silent: readonly string[];
  /** A property in capitals that must be given, as a licence asks for. */
  property: string | null;
  /** The first one is what the installer is known by. None for a package of servicing. */
  programs: readonly InstalledPackage[];
  /** The package of servicing that the installer adds, where it is one. */
  hotfix: string | null;
  dotNet: { version: string; release: number } | null;
  /** Registry values that stay as long as the program does. */
  values: readonly (readonly [path: string, values: Readonly<Record<string, RegistryData>>])[];
  /** Files on C: that stay as long as the program does. */
  leaves: readonly string[];
  restart: boolean;
  source: string;
  confidence: 'high' | 'medium' | 'low';
}

const microsoft = 'Microsoft Corporation';
const every = ['2008r2', '2012', '2012r2'];
const from2012 = ['2012', '2012r2'];
/** ERROR_INSTALL_FAILURE; .NET's setup: "does not meet the system requirements" (.NET deployment guide). */
const fatal = 1603;
const blocked = 5100;
const dotNet45 = 378_389;
const software = 'HKLM\\SOFTWARE';
const setups = 'public set-up scripts for Lync Server 2013, which test these keys';

type Row = Pick<InstallerEntry, 'files' | 'title' | 'source' | 'confidence'> & Partial<InstallerEntry>;

function installer(kind: InstallerEntry['kind'], row: Row): InstallerEntry {
  return {
    kind,
    os: every,
    needs: [],
    refusal: fatal,
    silent: [],
    property: null,
    programs: [],
    hotfix: null,
    dotNet: null,
    values: [],
    leaves: [],
    restart: false,
    ...row,
  };
}

function program(
  key: string,
  displayName: string,
  displayVersion: string,
  more: Partial<InstalledPackage> = {},
): InstalledPackage {
  return { key, view: '64', displayName, displayVersion, publisher: microsoft, msi: true, ...more };
}

const minimumRuntime = '{A2CB1ACB-94A2-32BA-A15E-7D80319F7589}';
const clrTypes = '{F1949145-EB64-4DE7-9D81-E6D27937146C}';
const managementObjects = '{FA0A244E-F3C2-4589-B42A-3D522DE79A42}';
const lyncCore = '{8901ADFC-435C-4E37-9045-9E2E7A613285}';
const urlRewrite = '{EB675D0A-2C95-405B-BEE8-B42A65D23E11}';
const officeWebApps = '{90150000-1151-0000-1000-0000000FF1CE}';

const visualC2012 = [
  program(minimumRuntime, 'Microsoft Visual C++ 2012 x64 Minimum Runtime - 11.0.50727', '11.0.50727'),
  program(
    '{AC53FC8B-EE18-3F9C-9B59-60937D0B182C}',
    'Microsoft Visual C++ 2012 x64 Additional Runtime - 11.0.50727',
    '11.0.50727',
  ),
  program(
    '{15134cb0-b767-4960-a911-f2d16ae54797}',
    'Microsoft Visual C++ 2012 Redistributable (x64) - 11.0.50727',
    '11.0.50727.1',
    { view: '32', msi: false },
  ),
];
const visualC2012Values: InstallerEntry['values'] = [
  [`${software}\\Microsoft\\DevDiv\\VC\\Servicing\\11.0\\RunTimeMinimum`, { Install: dword(1) }],
];
const requestRouter = ['C:\\Program Files\\IIS\\Application Request Routing\\requestRouter.dll'];
const requestRouterValues: InstallerEntry['values'] = [
  [`${software}\\Microsoft\\IIS Extensions\\Application Request Routing`, { Install: dword(1) }],
];
const silentDotNet = ['/q', '/quiet', '-q', '-quiet'];
const dotNet452 = { version: '4.5.51209', release: 379_893 };
const dotNet452File = ['ndp452-kb2901907-x86-x64-allos-enu.exe'];

/** On 2012 and 2012 R2 .NET 4.5.2 is a package of servicing, listed as a hotfix and not as a program. */
function dotNet452Hotfix(os: string, hotfix: string): InstallerEntry {
  return installer('exe', {
    files: dotNet452File,
    title: 'Microsoft .NET Framework 4.5.2',
    os: [os],
    refusal: blocked,
    silent: silentDotNet,
    hotfix,
    dotNet: dotNet452,
    restart: true,
    source:
      'criteo-cookbooks ms_dotnet, attributes: "installed as an update on 2012 & 2012R2", with both numbers',
    confidence: 'medium',
  });
}

export const packageTable: readonly InstallerEntry[] = [
  installer('exe', {
    files: ['dotnetfx45_full_x86_x64.exe'],
    title: 'Microsoft .NET Framework 4.5',
    // From 2012 on it is a part of the system, and the setup stops. The code is a strict choice.
    os: ['2008r2'],
    refusal: blocked,
    silent: silentDotNet,
    programs: [
      program('{1AD147D0-BE0E-3D6C-AC11-64F6DC4163F1}', 'Microsoft .NET Framework 4.5', '4.5.50709'),
    ],
    dotNet: { version: '4.5.50709', release: dotNet45 },
    restart: true,
    source: 'criteo-cookbooks ms_dotnet and other public scripts (key); .NET deployment guide (codes)',
    confidence: 'medium',
  }),
  installer('exe', {
    files: dotNet452File,
    title: 'Microsoft .NET Framework 4.5.2',
    os: ['2008r2'],
    refusal: blocked,
    silent: silentDotNet,
    programs: [
      program('{26784146-6E05-3FF9-9335-786C7C0FB5BE}', 'Microsoft .NET Framework 4.5.2', '4.5.51209'),
    ],
    dotNet: dotNet452,
    restart: true,
    source: 'public Exchange 2013 installation scripts, which test this key on 2008 R2 and a KB later',
    confidence: 'medium',
  }),
  dotNet452Hotfix('2012', 'KB2901982'),
  dotNet452Hotfix('2012r2', 'KB2934520'),
  installer('exe', {
    files: ['vcredist_x64.exe'],
    title: 'Microsoft Visual C++ 2012 Redistributable (x64) 11.0.50727',
    silent: ['/q', '/quiet', '-q', '-quiet', '/s', '-s', '/passive'],
    programs: visualC2012,
    values: visualC2012Values,
    source: setups,
    confidence: 'medium',
  }),
  installer('msi', {
    files: ['sqlsysclrtypes.msi'],
    title: 'Microsoft SQL Server 2012 System CLR Types',
    programs: [program(clrTypes, 'Microsoft System CLR Types for SQL Server 2012 (x64)', '11.0.2100.60')],
    source: setups,
    confidence: 'medium',
  }),
  installer('msi', {
    files: ['sharedmanagementobjects.msi'],
    title: 'Microsoft SQL Server 2012 Management Objects',
    needs: [{ program: clrTypes }],
    programs: [
      program(managementObjects, 'Microsoft SQL Server 2012 Management Objects  (x64)', '11.0.2100.60'),
    ],
    source: `${setups}; that it needs the CLR types: Microsoft SQL Server 2012 feature pack page`,
    confidence: 'medium',
  }),
  installer('msi', {
    files: ['ocscore.msi'],
    title: 'Microsoft Lync Server 2013, Core Components',
    needs: [{ program: minimumRuntime }, { dotNetRelease: dotNet45 }],
    programs: [program(lyncCore, 'Microsoft Lync Server 2013, Core Components', '5.0.8308.0')],
    source: `${setups}; what it needs: the order in which they install`,
    confidence: 'medium',
  }),
  installer('msi', {
    files: ['admintools.msi'],
    title: 'Microsoft Lync Server 2013, Administrative Tools',
    needs: [{ program: lyncCore }, { program: managementObjects }],
    programs: [
      program(
        '{6408FD69-B5A4-48C7-9484-F3EA3C847279}',
        'Microsoft Lync Server 2013, Administrative Tools',
        '5.0.8308.0',
      ),
    ],
    source: `${setups}; what it needs: the order in which they install`,
    confidence: 'medium',
  }),
  installer('exe', {
    files: ['ucmaruntimesetup.exe'],
    title: 'Microsoft Unified Communications Managed API 4.0, Runtime',
    // No restart may wait: Media Foundation counts only after its own. For other reasons a strict choice.
    needs: [
      { feature: 'Desktop-Experience', os: ['2008r2'] },
      { feature: 'Server-Media-Foundation', os: from2012 },
      { dotNetRelease: dotNet45 },
      { noPendingRestart: true },
    ],
    silent: ['-q', '/q', '-quiet', '/quiet'],
    programs: [
      program(
        '{41D635FE-4F9D-47F7-8230-9B29D6D42D31}',
        'Microsoft Unified Communications Managed API 4.0, Runtime',
        '5.0.8308.0',
        { msi: false },
      ),
      program(
        '{ED98ABF5-B6BF-47ED-92AB-1CDCAB964447}',
        'Microsoft Unified Communications Managed API 4.0, Core Runtime 64-bit',
        '5.0.8308.0',
      ),
      ...visualC2012,
    ],
    values: visualC2012Values,
    source: 'Microsoft: UCMA 4.0 runtime requirements and contents; keys: public set-up scripts',
    confidence: 'medium',
  }),
  installer('exe', {
    files: ['silverlight_x64.exe'],
    title: 'Microsoft Silverlight 5',
    silent: ['/q', '-q'],
    programs: [program('{89F4137D-6C26-4A84-BDB8-2E5A4BB71E00}', 'Microsoft Silverlight', '5.1.30514.0')],
    values: [
      [`${software}\\Microsoft\\Silverlight`, { Version: text('5.1.30514.0') }],
      [`${software}\\Wow6432Node\\Microsoft\\Silverlight`, { Version: text('5.1.30514.0') }],
    ],
    source: setups,
    confidence: 'medium',
  }),
  installer('msi', {
    files: ['sqlncli.msi'],
    title: 'Microsoft SQL Server 2012 Native Client',
    property: 'IACCEPTSQLNCLILICENSETERMS=YES',
    programs: [
      program(
        '{49D665A2-4C2A-476E-9AB8-FCC425F526FC}',
        'Microsoft SQL Server 2012 Native Client ',
        '11.0.2100.60',
      ),
    ],
    source: `${setups}; Microsoft: installing SQL Server Native Client (licence property)`,
    confidence: 'medium',
  }),
  installer('msi', {
    files: ['rewrite_2.0_rtw_x64.msi'],
    title: 'IIS URL Rewrite Module 2',
    needs: [{ feature: 'Web-WebServer' }],
    programs: [program(urlRewrite, 'IIS URL Rewrite Module 2', '7.2.2')],
    values: [
      [
        `${software}\\Microsoft\\IIS Extensions\\URL Rewrite`,
        { Install: dword(1), Version: text('7.1.871.0') },
      ],
    ],
    source: 'saltstack winrepo and other public scripts (key); that it asks for IIS: its own message',
    confidence: 'medium',
  }),
  installer('exe', {
    files: ['arrv2_setup_amd64_en-us.exe'],
    title: 'Microsoft Application Request Routing 2.5',
    os: ['2008r2', '2012'],
    needs: [{ feature: 'Web-WebServer' }],
    silent: ['/q', '-q'],
    programs: [
      program(
        '{5A2B3B8E-2B9F-4B7E-A1A6-25F0E8B0A025}',
        'Microsoft Application Request Routing 2.5',
        '7.1.0544',
      ),
    ],
    values: requestRouterValues,
    leaves: requestRouter,
    source:
      'public scripts (file and switch); the ProductCode is made up; what it needs: Microsoft’s page of the module',
    confidence: 'low',
  }),
  installer('msi', {
    files: ['requestrouter_amd64.msi'],
    title: 'Microsoft Application Request Routing 3.0',
    needs: [{ feature: 'Web-WebServer' }, { program: urlRewrite }],
    programs: [
      program(
        '{279B4CB0-A213-4F94-B224-19D6F5C59942}',
        'Microsoft Application Request Routing 3.0',
        '3.0.05311',
      ),
    ],
    values: requestRouterValues,
    leaves: requestRouter,
    source: 'public scripts with this key, file and library; what it needs: Microsoft’s page of the module',
    confidence: 'medium',
  }),
  installer('exe', {
    files: ['wacserver/setup.exe'],
    title: 'Microsoft Office Web Apps Server 2013',
    needs: [{ feature: 'Web-WebServer' }, { dotNetRelease: dotNet45 }],
    silent: ['/config'],
    programs: [program(officeWebApps, 'Microsoft Office Web Apps Server 2013', '15.0.4420.1017')],
    source: 'Microsoft: Deploy Office Web Apps Server; key: public set-up scripts',
    confidence: 'medium',
  }),
  installer('exe', {
    files: ['wacserversp2013-kb2880558-fullfile-x64-glb.exe'],
    title: 'Service Pack 1 for Microsoft Office Web Apps Server 2013',
    needs: [{ program: officeWebApps }],
    // Office's updates: "no product installed for contained patch".
    refusal: 17_028,
    silent: ['/quiet', '/q', '/passive'],
    programs: [
      program(
        '{90150000-101F-0401-1000-0000000FF1CE}_Office15.WacServer_{7AB8A0B1-79CE-4945-BD40-49F327B613A7}',
        'Service Pack 1 for Microsoft Office 2013 (KB2880558) 64-Bit Edition',
        '15.0.4571.1502',
        { msi: false },
      ),
    ],
    source: 'key: public set-up scripts; code: Microsoft’s list of error codes of Office updates',
    confidence: 'low',
  }),
  installer('msi', {
    files: ['example-agent.msi'],
    // Stands for somebody's own package: the workspace that `lyncimg init` makes names it.
    title: 'Example monitoring agent',
    programs: [
      program('{6D0C8E5B-3F0F-4B4E-9A51-2E5A7C1D9F10}', 'Example monitoring agent', '1.2.3', {
        publisher: 'Example Corp.',
      }),
    ],
    source: 'made up',
    confidence: 'high',
  }),
];

/** The installer that a file is, by its path; the one of this system where there are several. */
export function findInstaller(path: string, os: string): InstallerEntry | undefined {
  const parts = path.toLowerCase().split(/[\\/]/);
  const names = [parts.slice(-1).join('/'), parts.slice(-2).join('/')];
  const found = packageTable.filter(({ files }) => files.some((file) => names.includes(file)));
  return found.find((entry) => entry.os.includes(os)) ?? found[0];
}
