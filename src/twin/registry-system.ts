// The operating system as the registry shows it: version and edition, PowerShell, .NET Framework 4. Value names:
// Microsoft's pages (high); CSDVersion and RuntimeVersion: general knowledge (medium).
import type { Guest } from './guest.js';
import { osFacts } from './os.js';
import type { OsFacts } from './outcomes.js';
import { dword, text, type RegistryRows } from './registry-table.js';
import type { MachineState } from './state.js';

const microsoft = 'HKLM\\SOFTWARE\\Microsoft';

export function systemKeys({ os, state }: Guest): RegistryRows {
  const facts = osFacts(os, state);
  return [version(facts), ...powershell(facts), ...dotNet4(state.dotNet)];
}

function version(os: OsFacts): RegistryRows[number] {
  return [
    `${microsoft}\\Windows NT\\CurrentVersion`,
    {
      ProductName: text(os.productName),
      CurrentVersion: text(os.version.split('.').slice(0, 2).join('.')),
      CurrentBuild: text(os.buildNumber),
      CurrentBuildNumber: text(os.buildNumber),
      EditionID: text(os.editionId),
      InstallationType: text(os.installationType),
      ...(os.servicePack === 0 ? {} : { CSDVersion: text(`Service Pack ${os.servicePack}`) }),
    },
  ];
}

/** The key of the first two versions is there on every machine; that of the later ones comes with 3.0. */
function powershell(os: OsFacts): RegistryRows {
  if (Number(os.powershell) < 3) return [];
  const values = { PowerShellVersion: text(os.powershell), RuntimeVersion: text('v4.0.30319') };
  return [[`${microsoft}\\PowerShell\\3\\PowerShellEngine`, values]];
}

function dotNet4(dotNet: MachineState['dotNet']): RegistryRows {
  if (dotNet === null) return [];
  const values = { Install: dword(1), Release: dword(dotNet.release), Version: text(dotNet.version) };
  return [
    [`${microsoft}\\NET Framework Setup\\NDP\\v4\\Full`, values],
    [`${microsoft}\\NET Framework Setup\\NDP\\v4\\Client`, values],
    [`${microsoft}\\.NETFramework\\v4.0.30319`, {}],
    ['HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\.NETFramework\\v4.0.30319', {}],
  ];
}
