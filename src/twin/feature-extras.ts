// What Server Manager adds to a named role by itself.

/**
 * Role services that come with a role that is installed by its own name. Web-Server: Microsoft's list of default role
 * services of IIS 8.5 (medium: MicrosoftDocs/iis-docs, listings of fresh installs).
 */
const roleServices: Readonly<Record<string, readonly string[]>> = {
  'Web-Server': [
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
  ],
};

/** `-IncludeManagementTools`. Web-Server: medium (Microsoft's pages); the others: general knowledge (low). */
const tools: Readonly<Record<string, readonly string[]>> = {
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

export function defaultRoleServices(feature: string): readonly string[] {
  return roleServices[feature] ?? [];
}

export function managementTools(feature: string): readonly string[] {
  return tools[feature] ?? [];
}

/** Every name in the tables, so that a test can look each one up in the catalogue. */
export const extraNames: readonly string[] = [
  ...Object.entries(roleServices),
  ...Object.entries(tools),
].flatMap(([name, more]) => [name, ...more]);
