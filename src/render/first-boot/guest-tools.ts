// The hypervisor's guest tools, from their own disc: some platforms learn the guest's address from nothing else, and some
// network cards have their driver there.
import type { Platform } from '../../platforms/index.js';
import { driveLetters, once, step } from './script.js';
import { inParentheses, quotedPath } from './words.js';

export function guestTools({ find, install, exitCodes }: NonNullable<Platform['guestTools']>): string[] {
  const path = quotedPath(find).slice(1, -1);
  return once(
    'tools',
    [
      'set DISC=',
      `for %%D in (${driveLetters}) do if exist "%%D:\\${path}" set "DISC=%%D:"`,
      'set "STEP=disc with the guest tools"',
      'if not defined DISC goto failed',
      ...step({
        title: 'guest tools',
        command: `(${inParentheses(install)}) >nul 2>nul`,
        codes: exitCodes,
        why: [
          'In a batch file cmd.exe waits for programs with windows too. Not into the log: what an installer leaves running would',
          'keep it open, and nothing could be written to it any more. 3010 asks for a restart.',
        ],
        logged: false,
      }),
    ],
    ['if "%CODE%"=="3010" goto restart'],
  );
}
