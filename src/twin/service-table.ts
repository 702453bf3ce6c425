// Services of a fresh Windows Server, and those that a feature brings. A choice of the ones that people check; start modes
// and accounts: general knowledge of default installs of 2012 R2 (medium), and of what differs on 2008 R2 (medium).
import type { ServiceState } from './state.js';

export interface ServiceEntry extends ServiceState {
  /** There only while this feature is installed. */
  feature: string | null;
}

const localSystem = 'LocalSystem';
const localService = 'NT AUTHORITY\\LocalService';
const networkService = 'NT AUTHORITY\\NetworkService';

type Row = readonly [
  name: string,
  displayName: string,
  startMode: ServiceState['startMode'],
  state: ServiceState['state'],
  account: string,
  host: string,
];

const svchost = (group: string): string => `%SystemRoot%\\system32\\svchost.exe -k ${group}`;

const always: readonly Row[] = [
  [
    'AppIDSvc',
    'Application Identity',
    'manual',
    'stopped',
    localService,
    svchost('LocalServiceNetworkRestricted'),
  ],
  ['BFE', 'Base Filtering Engine', 'auto', 'running', localService, svchost('LocalServiceNoNetwork')],
  ['BITS', 'Background Intelligent Transfer Service', 'manual', 'stopped', localSystem, svchost('netsvcs')],
  ['CertPropSvc', 'Certificate Propagation', 'manual', 'running', localSystem, svchost('netsvcs')],
  ['CryptSvc', 'Cryptographic Services', 'auto', 'running', networkService, svchost('NetworkService')],
  ['DcomLaunch', 'DCOM Server Process Launcher', 'auto', 'running', localSystem, svchost('DcomLaunch')],
  ['Dhcp', 'DHCP Client', 'auto', 'running', localService, svchost('LocalServiceNetworkRestricted')],
  ['Dnscache', 'DNS Client', 'auto', 'running', networkService, svchost('NetworkService')],
  [
    'EventLog',
    'Windows Event Log',
    'auto',
    'running',
    localService,
    svchost('LocalServiceNetworkRestricted'),
  ],
  ['EventSystem', 'COM+ Event System', 'auto', 'running', localService, svchost('LocalService')],
  ['gpsvc', 'Group Policy Client', 'auto', 'running', localSystem, svchost('netsvcs')],
  ['IKEEXT', 'IKE and AuthIP IPsec Keying Modules', 'auto', 'running', localSystem, svchost('netsvcs')],
  ['iphlpsvc', 'IP Helper', 'auto', 'running', localSystem, svchost('NetSvcs')],
  ['LanmanServer', 'Server', 'auto', 'running', localSystem, svchost('netsvcs')],
  ['LanmanWorkstation', 'Workstation', 'auto', 'running', networkService, svchost('NetworkService')],
  [
    'lmhosts',
    'TCP/IP NetBIOS Helper',
    'auto',
    'running',
    localService,
    svchost('LocalServiceNetworkRestricted'),
  ],
  ['MpsSvc', 'Windows Firewall', 'auto', 'running', localService, svchost('LocalServiceNoNetwork')],
  [
    'MSDTC',
    'Distributed Transaction Coordinator',
    'delayed',
    'running',
    networkService,
    '%SystemRoot%\\System32\\msdtc.exe',
  ],
  [
    'msiserver',
    'Windows Installer',
    'manual',
    'stopped',
    localSystem,
    '%systemroot%\\system32\\msiexec.exe /V',
  ],
  ['Netlogon', 'Netlogon', 'manual', 'stopped', localSystem, '%systemroot%\\system32\\lsass.exe'],
  ['netprofm', 'Network List Service', 'manual', 'running', localService, svchost('LocalService')],
  [
    'NetTcpPortSharing',
    'Net.Tcp Port Sharing Service',
    'disabled',
    'stopped',
    localService,
    'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\SMSvcHost.exe',
  ],
  ['NlaSvc', 'Network Location Awareness', 'auto', 'running', networkService, svchost('NetworkService')],
  ['nsi', 'Network Store Interface Service', 'auto', 'running', localService, svchost('LocalService')],
  ['PlugPlay', 'Plug and Play', 'manual', 'running', localSystem, svchost('DcomLaunch')],
  ['Power', 'Power', 'auto', 'running', localSystem, svchost('DcomLaunch')],
  ['ProfSvc', 'User Profile Service', 'auto', 'running', localSystem, svchost('netsvcs')],
  ['RemoteRegistry', 'Remote Registry', 'auto', 'stopped', localService, svchost('regsvc')],
  ['RpcEptMapper', 'RPC Endpoint Mapper', 'auto', 'running', networkService, svchost('RPCSS')],
  ['RpcSs', 'Remote Procedure Call (RPC)', 'auto', 'running', networkService, svchost('rpcss')],
  ['SamSs', 'Security Accounts Manager', 'auto', 'running', localSystem, '%SystemRoot%\\system32\\lsass.exe'],
  ['Schedule', 'Task Scheduler', 'auto', 'running', localSystem, svchost('netsvcs')],
  ['SENS', 'System Event Notification Service', 'auto', 'running', localSystem, svchost('netsvcs')],
  ['SessionEnv', 'Remote Desktop Configuration', 'manual', 'stopped', localSystem, svchost('netsvcs')],
  [
    'SharedAccess',
    'Internet Connection Sharing (ICS)',
    'disabled',
    'stopped',
    localSystem,
    svchost('netsvcs'),
  ],
  ['ShellHWDetection', 'Shell Hardware Detection', 'auto', 'running', localSystem, svchost('netsvcs')],
  ['Spooler', 'Print Spooler', 'auto', 'running', localSystem, '%SystemRoot%\\System32\\spoolsv.exe'],
  [
    'sppsvc',
    'Software Protection',
    'delayed',
    'running',
    networkService,
    '%SystemRoot%\\system32\\sppsvc.exe',
  ],
  ['TermService', 'Remote Desktop Services', 'manual', 'stopped', networkService, svchost('NetworkService')],
  ['Themes', 'Themes', 'auto', 'running', localSystem, svchost('netsvcs')],
  [
    'TrustedInstaller',
    'Windows Modules Installer',
    'manual',
    'stopped',
    localSystem,
    '%SystemRoot%\\servicing\\TrustedInstaller.exe',
  ],
  [
    'UALSVC',
    'User Access Logging Service',
    'delayed',
    'running',
    localSystem,
    svchost('LocalSystemNetworkRestricted'),
  ],
  ['VSS', 'Volume Shadow Copy', 'manual', 'stopped', localSystem, '%systemroot%\\system32\\vssvc.exe'],
  ['W32Time', 'Windows Time', 'manual', 'running', localService, svchost('LocalService')],
  ['Winmgmt', 'Windows Management Instrumentation', 'auto', 'running', localSystem, svchost('netsvcs')],
  [
    'WinRM',
    'Windows Remote Management (WS-Management)',
    'auto',
    'running',
    networkService,
    svchost('NetworkService'),
  ],
  ['wuauserv', 'Windows Update', 'manual', 'stopped', localSystem, svchost('netsvcs')],
];

const ofFeatures: readonly (readonly [feature: string, row: Row])[] = [
  [
    'Web-WebServer',
    ['W3SVC', 'World Wide Web Publishing Service', 'auto', 'running', localSystem, svchost('iissvcs')],
  ],
  [
    'Web-WebServer',
    ['AppHostSvc', 'Application Host Helper Service', 'auto', 'running', localSystem, svchost('apphost')],
  ],
  [
    'WAS-Process-Model',
    ['WAS', 'Windows Process Activation Service', 'manual', 'running', localSystem, svchost('iissvcs')],
  ],
  [
    'Web-Http-Logging',
    ['W3LOGSVC', 'W3C Logging Service', 'manual', 'stopped', localSystem, svchost('apphost')],
  ],
  [
    'Web-Mgmt-Service',
    [
      'WMSVC',
      'Web Management Service',
      'manual',
      'stopped',
      localService,
      'C:\\Windows\\system32\\inetsrv\\wmsvc.exe',
    ],
  ],
  [
    'Web-Metabase',
    [
      'IISADMIN',
      'IIS Admin Service',
      'auto',
      'running',
      localSystem,
      'C:\\Windows\\system32\\inetsrv\\inetinfo.exe',
    ],
  ],
  [
    'Web-Asp-Net45',
    [
      'aspnet_state',
      'ASP.NET State Service',
      'manual',
      'stopped',
      networkService,
      '%SystemRoot%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_state.exe',
    ],
  ],
  [
    'MSMQ-Server',
    ['MSMQ', 'Message Queuing', 'auto', 'running', networkService, 'C:\\Windows\\system32\\mqsvc.exe'],
  ],
  [
    'Windows-Internal-Database',
    [
      'MSSQL$MICROSOFT##WID',
      'Windows Internal Database',
      'auto',
      'running',
      'NT SERVICE\\MSSQL$MICROSOFT##WID',
      'C:\\Windows\\WID\\Binn\\sqlservr.exe',
    ],
  ],
];

/** What features bring that only 2008 R2 has, or that bring an older form there. */
const ofFeaturesOn2008r2: typeof ofFeatures = [
  [
    'Web-Asp-Net',
    [
      'aspnet_state',
      'ASP.NET State Service',
      'manual',
      'stopped',
      networkService,
      '%SystemRoot%\\Microsoft.NET\\Framework64\\v2.0.50727\\aspnet_state.exe',
    ],
  ],
  [
    'Windows-Internal-DB',
    [
      'MSSQL$MICROSOFT##SSEE',
      'Windows Internal Database (MICROSOFT##SSEE)',
      'auto',
      'running',
      localSystem,
      'C:\\Windows\\SYSMSI\\SSEE\\MSSQL.2005\\MSSQL\\Binn\\sqlservr.exe',
    ],
  ],
];

/** Null: 2008 R2 has no such service. */
const on2008r2: Readonly<Record<string, Partial<ServiceState> | null>> = {
  PlugPlay: { startMode: 'auto' },
  UALSVC: null,
  W3LOGSVC: null,
  WinRM: { startMode: 'delayed' },
  wuauserv: { startMode: 'delayed', state: 'running' },
};

const table: readonly ServiceEntry[] = [
  ...always.map((row) => entry(row, null)),
  ...ofFeatures.map(([feature, row]) => entry(row, feature)),
];

const tableOf2008r2: readonly ServiceEntry[] = [
  ...table.flatMap((each) => {
    const change = on2008r2[each.name];
    return change === null ? [] : { ...each, ...change };
  }),
  ...ofFeaturesOn2008r2.map(([feature, row]) => entry(row, feature)),
];

export function serviceTable(os: string): readonly ServiceEntry[] {
  return os === '2008r2' ? tableOf2008r2 : table;
}

function entry(
  [name, displayName, startMode, state, account, path]: Row,
  feature: string | null,
): ServiceEntry {
  return { name, displayName, startMode, state, account, path, feature };
}
