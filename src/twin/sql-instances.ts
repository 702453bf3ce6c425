// What instances of SQL Server leave on a machine: keys of the registry and services. Nothing answers for them on the
// network. Keys, names of services: Microsoft's pages of SQL Server (high); accounts and states: its setup's defaults
// (medium).
import type { RegistryRows } from './registry-table.js';
import { text } from './registry-table.js';
import type { ServiceState, SqlInstance } from './state.js';

const server = 'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server';
const defaultInstance = 'MSSQLSERVER';

export function sqlKeys(instances: readonly SqlInstance[]): RegistryRows {
  if (instances.length === 0) return [];
  const ids = instances.map((instance) => [instance.name, text(instanceId(instance))] as const);
  return [
    [server, { InstalledInstances: { type: 'multistring', data: instances.map(({ name }) => name) } }],
    [`${server}\\Instance Names\\SQL`, Object.fromEntries(ids)],
    ...instances.map((instance) => {
      const { version, edition } = instance;
      const values = { Edition: text(edition), PatchLevel: text(version), Version: text(version) };
      return [`${server}\\${instanceId(instance)}\\Setup`, values] as const;
    }),
  ];
}

export function sqlServices(instances: readonly SqlInstance[]): ServiceState[] {
  if (instances.length === 0) return [];
  const programs = 'C:\\Program Files';
  const browser: ServiceState = {
    name: 'SQLBrowser',
    displayName: 'SQL Server Browser',
    // Setup starts it where an instance has a name that clients must look up.
    ...(instances.some(({ name }) => name !== defaultInstance)
      ? { startMode: 'auto', state: 'running' }
      : { startMode: 'disabled', state: 'stopped' }),
    account: 'NT AUTHORITY\\LOCAL SERVICE',
    path: `"${programs} (x86)\\Microsoft SQL Server\\90\\Shared\\sqlbrowser.exe"`,
  };
  const engines = instances.map((instance): ServiceState => {
    const { name } = instance;
    const service = name === defaultInstance ? name : `MSSQL$${name}`;
    const binary = `${programs}\\Microsoft SQL Server\\${instanceId(instance)}\\MSSQL\\Binn\\sqlservr.exe`;
    return {
      name: service,
      displayName: `SQL Server (${name})`,
      startMode: 'auto',
      state: 'running',
      account: `NT Service\\${service}`,
      path: `"${binary}" -s${name}`,
    };
  });
  return [...engines, browser];
}

/** `MSSQL11.RTC`; 2008 R2, the only one with a minor version, is `MSSQL10_50.RTC`. */
function instanceId({ name, version }: SqlInstance): string {
  const [major = '', minor = '0'] = version.split('.');
  return `MSSQL${major}${Number(minor) === 0 ? '' : `_${minor}`}.${name}`;
}
