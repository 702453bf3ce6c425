// Where the registry of 32-bit programs lies on a 64-bit Windows. The provider reads with 64-bit eyes and plain paths,
// so the 32-bit view is a matter of paths. WMI has a context value for it, __ProviderArchitecture, but what a client
// sends as option `wmi:__ProviderArchitecture` does not reach the registry provider over WS-Management: never use it.
// Which keys have two versions: Microsoft, "Registry Keys Affected by WOW64", as of Windows 7 and 2008 R2.

export type RegistryView = '64' | '32';

const node = 'Wow6432Node';

/** Below HKLM\SOFTWARE\Classes, and so below HKCR, these have two versions; everything else there is shared. */
const redirectedClasses = ['CLSID', 'DirectShow', 'Interface', 'Media Type', 'MediaFoundation'];

/** Below HKLM\SOFTWARE everything has two versions but these. */
const shared = [
  'Clients',
  'Microsoft\\COM3',
  'Microsoft\\Cryptography\\Calais\\Current',
  'Microsoft\\Cryptography\\Calais\\Readers',
  'Microsoft\\Cryptography\\Calais\\Services',
  'Microsoft\\CTF\\SystemShared',
  'Microsoft\\CTF\\TIP',
  'Microsoft\\DFS',
  'Microsoft\\Driver Signing',
  'Microsoft\\EnterpriseCertificates',
  'Microsoft\\EventSystem',
  'Microsoft\\MSMQ',
  'Microsoft\\Non-Driver Signing',
  'Microsoft\\Notepad\\DefaultFonts',
  'Microsoft\\OLE',
  'Microsoft\\RAS',
  'Microsoft\\RPC',
  'Microsoft\\Shared Tools\\MSInfo',
  'Microsoft\\SystemCertificates',
  'Microsoft\\TermServLicensing',
  'Microsoft\\Transaction Server',
  'Microsoft\\Windows\\CurrentVersion\\Control Panel\\Cursors\\Schemes',
  'Microsoft\\Windows\\CurrentVersion\\Explorer\\AutoplayHandlers',
  'Microsoft\\Windows\\CurrentVersion\\Explorer\\DriveIcons',
  'Microsoft\\Windows\\CurrentVersion\\Explorer\\KindMap',
  'Microsoft\\Windows\\CurrentVersion\\Group Policy',
  'Microsoft\\Windows\\CurrentVersion\\Policies',
  'Microsoft\\Windows\\CurrentVersion\\PreviewHandlers',
  'Microsoft\\Windows\\CurrentVersion\\Setup',
  'Microsoft\\Windows\\CurrentVersion\\Telephony\\Locations',
  'Microsoft\\Windows NT\\CurrentVersion\\FontDpi',
  'Microsoft\\Windows NT\\CurrentVersion\\FontLink',
  'Microsoft\\Windows NT\\CurrentVersion\\FontMapper',
  'Microsoft\\Windows NT\\CurrentVersion\\Fonts',
  'Microsoft\\Windows NT\\CurrentVersion\\FontSubstitutes',
  'Microsoft\\Windows NT\\CurrentVersion\\Gre_Initialize',
  'Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options',
  'Microsoft\\Windows NT\\CurrentVersion\\LanguagePack',
  'Microsoft\\Windows NT\\CurrentVersion\\NetworkCards',
  'Microsoft\\Windows NT\\CurrentVersion\\Perflib',
  'Microsoft\\Windows NT\\CurrentVersion\\Ports',
  'Microsoft\\Windows NT\\CurrentVersion\\Print',
  'Microsoft\\Windows NT\\CurrentVersion\\ProfileList',
  'Microsoft\\Windows NT\\CurrentVersion\\Time Zones',
  'Policies',
  'RegisteredApplications',
];

/**
 * The path under which a 32-bit program's key is found: `SOFTWARE\X` of HKLM is `SOFTWARE\Wow6432Node\X`. Keys that
 * both kinds of programs share, and paths that name Wow6432Node themselves, stay as they are.
 */
export function keyOfView(hive: string, key: string, view: RegistryView): string {
  if (view === '64' || key.toLowerCase().split('\\').includes(node.toLowerCase())) return key;
  if (hive === 'HKCR') return ofClasses(key);
  const below = hive === 'HKLM' ? belowOf(key, 'SOFTWARE') : null;
  if (below === null) return key;
  const software = key.slice(0, 'SOFTWARE'.length);
  const classes = belowOf(below, 'Classes');
  if (classes !== null) {
    return classes === '' ? key : `${software}\\${below.slice(0, 'Classes'.length)}\\${ofClasses(classes)}`;
  }
  if (shared.some((one) => belowOf(below, one) !== null)) return key;
  return below === '' ? `${software}\\${node}` : `${software}\\${node}\\${below}`;
}

function ofClasses(key: string): string {
  return redirectedClasses.some((one) => belowOf(key, one) !== null) ? `${node}\\${key}` : key;
}

/** What of the key lies below `parent`, '' for itself; null when it is elsewhere. */
function belowOf(key: string, parent: string): string | null {
  const lower = key.toLowerCase();
  if (lower === parent.toLowerCase()) return '';
  return lower.startsWith(`${parent.toLowerCase()}\\`) ? key.slice(parent.length + 1) : null;
}
