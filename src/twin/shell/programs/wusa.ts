// wusa.exe: whoever comes in over WinRM holds a network logon, and Windows Update's agent takes nothing from one
// (access denied, exit code 5: AutoSPInstaller and many others; high).
import { failed, type CommandResult } from '../result.js';

const accessDenied = 5;

export function runWusa(): CommandResult {
  return failed('', accessDenied);
}
