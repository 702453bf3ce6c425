// What Server Manager adds to a named role by itself, and what it leaves out of an edition.
import type { Edition } from './state.js';

type Names = Readonly<Record<string, readonly string[]>>;

const webServer = [
  'Web-WebServer',
  'Web-Common-Http',
  'Web-Default-Doc',
  'Web-Dir-Browsing',
  'Web-Http-Errors',
  'Web-Static-Content',
  'Web-Health',
  'Web-Http-Logging',
  'Web-Performance',
  'Web-Stat-Compression',
  'Web-Security',
  'Web-Filtering',
];

/**
 * Role services that come with a role that is installed by its own name. Web-Server: Microsoft's list of default role
 * services of IIS 8.5 (medium: MicrosoftDocs/iis-docs, listings of fresh installs).
 */
const roleServices: Names = { 'Web-Server': webServer };

/** 2008 R2 selects the console too, and the console brings its tools (medium: recipes for WSUS 3.0 list them). */
const roleServicesOf2008r2: Names = {
  'Web-Server': [...webServer, 'Web-Mgmt-Tools', 'Web-Mgmt-Console', 'RSAT-Web-Server'],
  'Web-Mgmt-Console': ['RSAT-Web-Server'],
};

/** `-IncludeManagementTools`. Web-Server: medium (Microsoft's pages); the others: general knowledge (low). */
const tools: Names = {
  'Web-Server': ['Web-Mgmt-Console'],
  'AD-Domain-Services': ['RSAT-AD-PowerShell', 'RSAT-AD-AdminCenter', 'RSAT-ADDS-Tools', 'GPMC'],
  ADLDS: ['RSAT-ADLDS'],
  'AD-Certificate': ['RSAT-ADCS-Mgmt'],
  DHCP: ['RSAT-DHCP'],
  DNS: ['RSAT-DNS-Server'],
  'Failover-Clustering': ['RSAT-Clustering-Mgmt', 'RSAT-Clustering-PowerShell'],
  'FS-Resource-Manager': ['RSAT-FSRM-Mgmt'],
  'Hyper-V': ['Hyper-V-Tools', 'Hyper-V-PowerShell'],
  NLB: ['RSAT-NLB'],
  'SMTP-Server': ['RSAT-SMTP'],
};

/** What an edition of 2008 R2 does not offer (high: Microsoft's page of Failover Clustering). */
const notOffered: Readonly<Record<string, Partial<Record<Edition, readonly string[]>>>> = {
  '2008r2': { standard: ['Failover-Clustering'], web: ['Failover-Clustering'] },
};

export function defaultRoleServices(os: string, feature: string): readonly string[] {
  return (os === '2008r2' ? roleServicesOf2008r2 : roleServices)[feature] ?? [];
}

export function managementTools(feature: string): readonly string[] {
  return tools[feature] ?? [];
}

export function featuresNotOffered(os: string, edition: Edition): readonly string[] {
  return notOffered[os]?.[edition] ?? [];
}

/** Every name that the tables have for an OS, so that a test can look each one up in its catalogue. */
export function extraNames(os: string): string[] {
  const lists = os === '2008r2' ? [roleServicesOf2008r2] : [roleServices, tools];
  const offers = Object.values(notOffered[os] ?? {}).flat();
  return [...lists.flatMap((list) => Object.entries(list).flat(2)), ...offers];
}
