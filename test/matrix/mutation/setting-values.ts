// Settings of Windows as Microsoft's pages and public scripts have them, by hand: GUIDs of power plans, and the registry
// values behind the others.
export const powerPlanGuids: Readonly<Record<string, string>> = {
  'high-performance': '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c',
  balanced: '381b4222-f694-41f0-9685-ff5bb260df2e',
  'power-saver': 'a1841308-3541-4fab-bc81-f71556f20b4a',
};

interface SettingValue {
  /** With its hive. */
  key: string;
  name: string;
  /** Of a dword. */
  data: number;
}

const components = 'HKLM\\SOFTWARE\\Microsoft\\Active Setup\\Installed Components';

const values: Readonly<Record<string, readonly SettingValue[]>> = {
  automaticUpdates: [
    { key: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU', name: 'NoAutoUpdate', data: 1 },
  ],
  ieEsc: [
    { key: `${components}\\{A509B1A7-37EF-4b3f-8CFC-4F3A74704073}`, name: 'IsInstalled', data: 0 },
    { key: `${components}\\{A509B1A8-37EF-4b3f-8CFC-4F3A74704073}`, name: 'IsInstalled', data: 0 },
  ],
};

/** None for a setting that is no registry value. */
export function settingValues(input: object): readonly SettingValue[] {
  const [name = ''] = Object.keys(input);
  if (name === 'powerPlan') return [];
  const found = values[name];
  if (found === undefined) throw new Error(`the matrix does not know the setting ${name}`);
  return found;
}
