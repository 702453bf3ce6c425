// lyncimg\key.cmd of the answer disc: what a build wants of its guest at a start, in order. It holds no secret and
// nothing of one build alone, so that people can read it before it runs.
import type { FirstBootRequest } from './request.js';
import { certificate, certificateRoutine, noAutoLogon, password, passwordRoutine } from './access.js';
import { drives, drivesRoutine } from './drives.js';
import { guestTools } from './guest-tools.js';
import { installPackages, owedRestart, tls12 } from './install-packages.js';
import { openListener, restartRoutine } from './listener.js';
import { cardRoutine, network } from './network.js';
import { done, folderAndLog, judged, remarks, say, script } from './script.js';

export function keyScript(request: Omit<FirstBootRequest, 'secrets' | 'thumbprint'>): string {
  const { os, layer, network: declared, guestTools: tools, packages } = request;
  const isFirst = layer === 'first';
  return script([
    '@echo off',
    ...remarks([
      `What the build that brought the answer disc wants of this guest, in order: ${os}, ${layer} layer. Written by lyncimg.`,
      "boot.cmd copies it to the guest's disk and starts it with the drive of the answer disc, at every start.",
      'Each step goes to first-boot.log with its exit code. The first that fails is the last: no listener without them all.',
    ]),
    ...folderAndLog,
    'set "ANSWER=%~1"',
    `call :say "start: ${os}, ${layer} layer"`,
    ...drives,
    ...whichKey,
    ...(isFirst ? noAutoLogon : []),
    // Before the network: a card may have its driver from the tools.
    ...(isFirst && tools !== null ? guestTools(tools) : []),
    ...(isFirst && os === '2008r2' ? [...tls12, ...installPackages(packages), ...owedRestart] : []),
    ...(declared === null ? [] : network(declared)),
    ...(isFirst ? [] : password),
    ...certificate,
    ...openListener(os),
    ...keyed,
    ...(isFirst && (tools !== null || os === '2008r2') ? restartRoutine : []),
    ':failed',
    'call :say "stopped at: %STEP%"',
    'exit /b 1',
    '',
    ...drivesRoutine,
    '',
    ...(declared === null ? [] : [...cardRoutine, '']),
    ...(isFirst ? [] : [...passwordRoutine, '']),
    ...certificateRoutine,
    '',
    ...done,
    '',
    ...say,
  ]);
}

/** A restart in the middle of a layer must not take the listener away under somebody's hands. */
const whichKey = [
  'set KEY=',
  'set /p "KEY=" <"%ANSWER%\\lyncimg\\thumbprint"',
  'set CODE=0',
  'if not defined KEY set CODE=2',
  ...judged('thumbprint on the answer disc'),
  'set KEYED=',
  'if exist "%LYNCIMG%\\keyed" set /p "KEYED=" <"%LYNCIMG%\\keyed"',
  'if "%KEY%"=="%KEYED%" goto keyed',
];

const keyed = [
  '>"%LYNCIMG%\\keyed" echo %KEY%',
  'del /q "%LYNCIMG%\\done-*" 2>nul',
  'call :say "ready: HTTPS listener with the certificate %KEY%"',
  'exit /b 0',
  '',
  ':keyed',
  'call :say "this key is here already: nothing to do"',
  'exit /b 0',
  '',
];
