// Registry keys that every machine has, as far as somebody reads them: general knowledge of a fresh 2012 R2 (medium),
// which 2008 R2 and 2012 have too. What tells one system or machine from another is worked out by registry-live.ts.
import { profileKeys } from './firewall-registry.js';
import { dword, registryTable, text } from './registry-table.js';
import type { RegistryData, RegistryKey } from './state.js';
import { defaultLcid } from './system-locale.js';

export const winlogonChecked =
  'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\AutoLogonChecked';

export const modelKeys: ReadonlyMap<string, RegistryKey> = makeTable();

function makeTable(): Map<string, RegistryKey> {
  const microsoft = 'HKLM\\SOFTWARE\\Microsoft';
  const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
  return registryTable([
    [`${microsoft}\\Windows NT\\CurrentVersion`, { SystemRoot: text('C:\\Windows') }],
    [`${microsoft}\\Windows NT\\CurrentVersion\\Winlogon`, { Shell: text('explorer.exe') }],
    [winlogonChecked, {}],
    [
      `${microsoft}\\Windows\\CurrentVersion`,
      { ProgramFilesDir: text('C:\\Program Files'), CommonFilesDir: text('C:\\Program Files\\Common Files') },
    ],
    ...['A509B1A7', 'A509B1A8'].map((start) => hardenedExplorer(start)),
    [`${microsoft}\\Windows\\CurrentVersion\\Uninstall`, {}],
    [`${microsoft}\\Windows\\CurrentVersion\\Component Based Servicing`, {}],
    // No proxy, as `netsh winhttp reset proxy` writes it.
    [
      `${microsoft}\\Windows\\CurrentVersion\\Internet Settings\\Connections`,
      { WinHttpSettings: { type: 'binary', data: '1800000000000000010000000000000000000000' } },
    ],
    [`${microsoft}\\Windows\\CurrentVersion\\Policies\\System`, { EnableLUA: dword(1) }],
    [`${microsoft}\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update`, {}],
    [
      `${microsoft}\\PowerShell\\1\\PowerShellEngine`,
      { PowerShellVersion: text('2.0'), RuntimeVersion: text('v2.0.50727') },
    ],
    ['HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall', {}],
    ['HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows', {}],
    [`${control}\\SecurityProviders\\SCHANNEL`, { EventLogging: dword(1) }],
    [`${control}\\SecurityProviders\\SCHANNEL\\Protocols\\SSL 2.0\\Client`, { DisabledByDefault: dword(1) }],
    [`${control}\\Nls\\Language`, { Default: text(defaultLcid), InstallLanguage: text(defaultLcid) }],
    [`${control}\\Nls\\Locale`, { '(Default)': text(`0000${defaultLcid}`) }],
    [`${control}\\Session Manager`, {}],
    [`${control}\\Lsa`, { LimitBlankPasswordUse: dword(1) }],
    [`${control}\\Terminal Server`, { fDenyTSConnections: dword(1) }],
    ...profileKeys.map((key) => [key, { EnableFirewall: dword(1) }] as const),
    ['HKU\\.DEFAULT\\Control Panel\\International', { LocaleName: text('en-US') }],
    ['HKCR\\.txt', { '': text('txtfile') }],
  ]);
}

/** Internet Explorer's enhanced security, on at first: one component for administrators and one for users. */
function hardenedExplorer(start: string): [string, Record<string, RegistryData>] {
  const components = 'HKLM\\SOFTWARE\\Microsoft\\Active Setup\\Installed Components';
  return [`${components}\\{${start}-37EF-4b3f-8CFC-4F3A74704073}`, { IsInstalled: dword(1) }];
}
