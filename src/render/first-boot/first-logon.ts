// The one command that the answer file gives to FirstLogonCommands.
import type { OsId } from '../../requirements/index.js';
import { driveLetters } from './script.js';

/**
 * Finds the answer disc by its file and starts first boot from it; the same on all systems. Less than the 1024 characters
 * that CommandLine may have (Microsoft, Unattended Windows Setup Reference). Whoever starts it expands %NAME% first;
 * there is no such name here, so that the loop's own %D is left to cmd.exe.
 */
export function firstLogonCommand(_os: OsId): string {
  const start = '%D:\\lyncimg\\first-boot.cmd';
  return `cmd.exe /d /c for %D in (${driveLetters}) do @if exist ${start} call ${start}`;
}
