// Who may come in: the administrator's password, and the certificate that the guest shows. Both come from the answer
// disc; what reads them prints nothing that is kept.
import { remarks, step } from './script.js';

const winlogon = '"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon"';

/** After Windows Setup: it set the password, and left it where Windows looks for it at an automatic logon. */
export const noAutoLogon = [
  ...step({
    title: 'no automatic logon',
    command: `reg add ${winlogon} /v AutoAdminLogon /t REG_SZ /d 0 /f`,
    why: ['Source: Microsoft, Configure Windows to automate logon.'],
  }),
  ...step({
    title: 'password of the automatic logon',
    command: `reg delete ${winlogon} /v DefaultPassword /f`,
    codes: [0, 1],
    why: ['1: Windows has taken it away itself.'],
  }),
  ...step({
    title: 'count of automatic logons',
    command: `reg delete ${winlogon} /v AutoLogonCount /f`,
    codes: [0, 1],
    why: [],
  }),
];

export const password = [
  'set ACCOUNT=',
  ...remarks([
    'The account by its number, 500: it may have another name. Source: Microsoft, Well-known SIDs; Win32_UserAccount.',
    'wmic ends lines with CR CR LF, and each FOR takes one CR away; without a terminal it waits for input unless it is',
    'given none.',
  ]),
  `for /f "tokens=2 delims==" %%A in ('wmic useraccount where "LocalAccount=TRUE and SID like 'S-1-5-21-%%-500'" get Name /value ^<nul') do for /f "delims=" %%B in ("%%A") do set "ACCOUNT=%%B"`,
  'set "STEP=built-in administrator"',
  'if not defined ACCOUNT goto failed',
  ...step({ title: 'password', command: 'call :password', why: [], logged: false }),
];

/** The word was quoted for the command line by lyncimg; cmd.exe looks into nothing that stands between ! and !. */
export const passwordRoutine = [
  ':password',
  'setlocal EnableDelayedExpansion',
  'set WORD=',
  'set /p "WORD=" <"%ANSWER%\\lyncimg\\password"',
  'if not defined WORD exit /b 2',
  'rem Source: Microsoft, net user. /y: it asks back where a password has more than 14 characters.',
  'net user "!ACCOUNT!" !WORD! /active:yes /y >nul 2>nul',
  'exit /b %ERRORLEVEL%',
];

export const certificate = [
  ...step({
    title: 'certificate',
    command: 'call :certificate',
    why: ['Un-keying removes what the file thumbprint names.'],
    logged: false,
  }),
  '>"%LYNCIMG%\\thumbprint" echo %KEY%',
  ...step({
    title: 'certificate is in the store',
    command: 'certutil -store My %KEY% >nul 2>nul',
    why: [],
    logged: false,
  }),
];

export const certificateRoutine = [
  ':certificate',
  'rem A second import would leave the first key behind, with nobody to remove it.',
  'certutil -store My %KEY% >nul 2>nul',
  'rem Not IF ERRORLEVEL 1: certutil says what is wrong with a negative number.',
  'if "%ERRORLEVEL%"=="0" exit /b 0',
  'setlocal EnableDelayedExpansion',
  'set WORD=',
  'set /p "WORD=" <"%ANSWER%\\lyncimg\\certificate-password"',
  'if not defined WORD exit /b 2',
  'rem Source: Microsoft, certutil -importPFX. Without a store and modifiers it goes into My of the machine, in each version.',
  'certutil -f -p !WORD! -importpfx "%ANSWER%\\lyncimg\\server.pfx" >nul 2>nul',
  'exit /b %ERRORLEVEL%',
];
