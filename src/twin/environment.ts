// The environment of an administrator's process, and %NAME% in a text.
import type { Guest } from './guest.js';

const adminProfile = 'C:\\Users\\Administrator';

export function environment(guest: Guest): Record<string, string> {
  const name = guest.state.computer.name;
  return {
    ALLUSERSPROFILE: 'C:\\ProgramData',
    APPDATA: `${adminProfile}\\AppData\\Roaming`,
    CommonProgramFiles: 'C:\\Program Files\\Common Files',
    'CommonProgramFiles(x86)': 'C:\\Program Files (x86)\\Common Files',
    COMPUTERNAME: name,
    ComSpec: 'C:\\Windows\\system32\\cmd.exe',
    HOMEDRIVE: 'C:',
    HOMEPATH: '\\Users\\Administrator',
    LOCALAPPDATA: `${adminProfile}\\AppData\\Local`,
    NUMBER_OF_PROCESSORS: String(guest.state.computer.processors),
    OS: 'Windows_NT',
    Path: 'C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\Wbem;C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\',
    PATHEXT: '.COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC;.CPL',
    PROCESSOR_ARCHITECTURE: 'AMD64',
    ProgramData: 'C:\\ProgramData',
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    PUBLIC: 'C:\\Users\\Public',
    SystemDrive: 'C:',
    SystemRoot: 'C:\\Windows',
    TEMP: `${adminProfile}\\AppData\\Local\\Temp`,
    TMP: `${adminProfile}\\AppData\\Local\\Temp`,
    USERDOMAIN: name,
    USERNAME: 'Administrator',
    USERPROFILE: adminProfile,
    windir: 'C:\\Windows',
  };
}

/** An unknown name stays as it is, as in cmd. */
export function expandEnvironment(guest: Guest, text: string): string {
  const known = new Map(
    Object.entries(environment(guest)).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return text.replace(/%([^%]+)%/g, (whole, name: string) => known.get(name.toLowerCase()) ?? whole);
}
