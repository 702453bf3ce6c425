// Installed programs in the registry: one uninstall key each, in the half of the registry that they belong to, and the
// values that their installers leave elsewhere.
import type { Guest } from './guest.js';
import { installedValues } from './packages.js';
import { dword, text } from './registry-table.js';
import type { InstalledPackage, RegistryData } from './state.js';

const uninstall = 'Microsoft\\Windows\\CurrentVersion\\Uninstall';

type Rows = (readonly [path: string, values: Record<string, RegistryData>])[];

export function packageKeys(guest: Guest): Rows {
  return [...Object.values(guest.state.packages).map(programKey), ...installedValues(guest)];
}

function programKey(program: InstalledPackage): Rows[number] {
  const { key, view, displayName, displayVersion, publisher, msi } = program;
  const branch = view === '32' ? 'HKLM\\SOFTWARE\\Wow6432Node' : 'HKLM\\SOFTWARE';
  const values = {
    DisplayName: text(displayName),
    DisplayVersion: text(displayVersion),
    Publisher: text(publisher),
  };
  const ofInstaller = { WindowsInstaller: dword(1), UninstallString: text(`MsiExec.exe /X${key}`) };
  return [`${branch}\\${uninstall}\\${key}`, msi ? { ...values, ...ofInstaller } : values];
}
