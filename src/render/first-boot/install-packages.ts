// What 2008 R2 needs before anybody can speak to it: TLS 1.2, .NET Framework 4.5 and WMF 3.0, with the updates that those
// of today need. One at a time, each with the restart that it asks for: an update refuses to go on top of one that
// still waits for a restart.
import type { BootPackage } from '../../requirements/index.js';
import { once, remarks, step } from './script.js';
import { argument, logWords, quotedPath, remarkWords } from './words.js';

const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2';

/** Schannel reads these when Windows starts: `restart` keeps in mind that the restart is still to come. */
export const tls12 = once(
  'tls',
  ['Server', 'Client'].flatMap((side) => [
    ...setting(side, 'Enabled', 1),
    ...setting(side, 'DisabledByDefault', 0),
  ]),
  ['>"%LYNCIMG%\\restart" echo TLS 1.2'],
);

function setting(side: string, name: string, value: number): string[] {
  return step({
    title: `TLS 1.2 ${side} ${name}`,
    command: `reg add "${schannel}\\${side}" /v ${name} /t REG_DWORD /d ${value} /f`,
    why:
      side === 'Server' && name === 'Enabled'
        ? [
            'TLS 1.2 is there and off. Source: Microsoft, Transport Layer Security (TLS) registry settings; the page says that',
            'Windows must be restarted.',
          ]
        : [],
  });
}

/** @param packages paths are on the media disc, which is drive M: by now */
export function installPackages(packages: readonly BootPackage[]): string[] {
  return packages.flatMap((one, index) =>
    once(
      `package-${index + 1}`,
      step({
        title: logWords(one.name),
        command: commandOf(one),
        codes: one.exitCodes,
        why: [
          remarkWords(one.title),
          `Source: ${remarkWords(one.source)}`,
          'Exit codes: winerror.h and wuerror.h of the Windows SDK.',
        ],
        logged: false,
      }),
      ['if "%CODE%"=="3010" goto restart'],
    ),
  );
}

/** wusa.exe is refused in a remote session alone (exit code 5); a task of the local system may. */
function commandOf({ kind, path, arguments: more }: BootPackage): string {
  const file = quotedPath(`M:\\${path.replaceAll('/', '\\')}`);
  return kind === 'msu'
    ? `start /wait "" wusa.exe ${file} /quiet /norestart`
    : ['start /wait ""', file, ...more.map(argument)].join(' ');
}

/** Before any listener. */
export const owedRestart = [
  ...remarks(['What was switched on above counts from the next start on.']),
  'if exist "%LYNCIMG%\\restart" goto restart',
];
