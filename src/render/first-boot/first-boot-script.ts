// lyncimg\first-boot.cmd of a first layer's answer disc: runs once, at the first logon, and leaves all else to the boot
// task. So one script does the keying, as one account, at the first start and at every later one.
import { done, folderAndLog, judged, remarks, say, script, step } from './script.js';

export const firstBootScript = script([
  '@echo off',
  ...remarks([
    'Runs once, as the built-in administrator, at the first logon after Windows Setup (FirstLogonCommands of the answer',
    'file), from the answer disc. It makes the boot task and starts it; the task does the rest. Written by lyncimg.',
  ]),
  ...folderAndLog,
  ...remarks([
    'The loop that starts this goes on over all drives, and the disc may get another letter meanwhile.',
  ]),
  'if exist "%LYNCIMG%\\boot.cmd" exit /b 0',
  'if not exist "%LYNCIMG%" mkdir "%LYNCIMG%"',
  'call :say "first logon"',
  ...step({
    title: 'folder for administrators and the system alone',
    command: 'icacls "%LYNCIMG%" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F',
    why: [
      'What lies in it runs as SYSTEM; in ProgramData any user may put files. Accounts go by their SID, for their names are',
      "in the guest's language. Source: Microsoft, Windows commands, icacls.",
    ],
  }),
  ...step({
    title: 'boot script',
    command: 'type "%~dp0boot.cmd" >"%LYNCIMG%\\boot.cmd"',
    why: ['TYPE, because a copy from a CD is read-only, and the first playbook replaces it.'],
    logged: false,
  }),
  ...step({
    title: 'boot task',
    command:
      'schtasks /create /tn \\lyncimg\\boot /sc onstart /ru SYSTEM /rl highest /f /tr "cmd.exe /d /c C:\\ProgramData\\lyncimg\\boot.cmd"',
    why: ['Source: Microsoft, schtasks create.'],
  }),
  ...remarks([
    'The end, in one line: from here on the task may give another letter to the disc that this script is read from.',
  ]),
  'call :say "first logon: the boot task takes over"',
  'schtasks /run /tn \\lyncimg\\boot >>"%LOG%" 2>&1 && exit /b 0',
  'set "CODE=%ERRORLEVEL%"',
  ...judged('start of the boot task'),
  'exit /b 0',
  '',
  ':failed',
  'call :say "stopped at: %STEP%"',
  'exit /b 1',
  '',
  ...done,
  '',
  ...say,
]);
