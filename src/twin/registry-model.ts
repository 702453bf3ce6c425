// Registry keys that every machine of an OS has, as far as somebody reads them. Version values: as in os.ts; the rest
// general knowledge of a fresh 2012 R2 (medium).
import type { Guest } from './guest.js';
import type { OsFacts } from './outcomes.js';
import { dword, registryTable, text } from './registry-table.js';
import type { RegistryKey } from './state.js';

export const winlogonChecked =
  'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\AutoLogonChecked';
const tables = new Map<string, Map<string, RegistryKey>>();

export function modelKeys(guest: Guest): ReadonlyMap<string, RegistryKey> {
  const known = tables.get(guest.os.id);
  if (known !== undefined) return known;
  const table = makeTable(guest.os);
  tables.set(guest.os.id, table);
  return table;
}

function makeTable(os: OsFacts): Map<string, RegistryKey> {
  const microsoft = 'HKLM\\SOFTWARE\\Microsoft';
  const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
  const dotNet = { Install: dword(1), Release: dword(os.dotNetRelease), Version: text('4.5.50938') };
  return registryTable([
    [
      `${microsoft}\\Windows NT\\CurrentVersion`,
      {
        ProductName: text(os.productName),
        CurrentVersion: text(os.version.split('.').slice(0, 2).join('.')),
        CurrentBuild: text(os.buildNumber),
        CurrentBuildNumber: text(os.buildNumber),
        EditionID: text(os.editionId),
        InstallationType: text(os.installationType),
        SystemRoot: text('C:\\Windows'),
      },
    ],
    [`${microsoft}\\Windows NT\\CurrentVersion\\Winlogon`, { Shell: text('explorer.exe') }],
    [winlogonChecked, {}],
    [
      `${microsoft}\\Windows\\CurrentVersion`,
      { ProgramFilesDir: text('C:\\Program Files'), CommonFilesDir: text('C:\\Program Files\\Common Files') },
    ],
    [`${microsoft}\\Windows\\CurrentVersion\\Uninstall`, {}],
    [`${microsoft}\\Windows\\CurrentVersion\\Component Based Servicing`, {}],
    [`${microsoft}\\Windows\\CurrentVersion\\Policies\\System`, { EnableLUA: dword(1) }],
    [`${microsoft}\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update`, {}],
    [`${microsoft}\\PowerShell\\3\\PowerShellEngine`, { PowerShellVersion: text(os.powershell) }],
    [`${microsoft}\\NET Framework Setup\\NDP\\v4\\Full`, dotNet],
    [`${microsoft}\\NET Framework Setup\\NDP\\v4\\Client`, dotNet],
    [`${microsoft}\\.NETFramework\\v4.0.30319`, {}],
    ['HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall', {}],
    ['HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319', {}],
    ['HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows', {}],
    [`${control}\\SecurityProviders\\SCHANNEL`, { EventLogging: dword(1) }],
    [`${control}\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Client`, { DisabledByDefault: dword(1) }],
    [`${control}\\Session Manager`, {}],
    [`${control}\\Lsa`, { LimitBlankPasswordUse: dword(1) }],
    [`${control}\\Terminal Server`, { fDenyTSConnections: dword(1) }],
    ['HKU\\.DEFAULT\\Control Panel\\International', { LocaleName: text('en-US') }],
    ['HKCR\\.txt', { '': text('txtfile') }],
  ]);
}
