// The way in: WinRM over TLS and nothing else.
//
// The profile of the guest's network stays as it is. It matters to `winrm quickconfig`, and to setting AllowUnencrypted,
// which both refuse to work on a public network (Wintus/Ansible-WSL#14, and on clients of Windows alone: Microsoft,
// Enable-PSRemoting, SkipNetworkProfileCheck). Neither is used here: listener and Basic are made one by one, as Ansible's
// ConfigureRemotingForAnsible.ps1 does it for any profile, and the firewall rule is for any profile.
//
// Windows' own rules for 5985 stay too: nothing listens there, and an image keeps the firewall that Windows came with.
import type { OsId } from '../../requirements/index.js';
import { guestName } from './request.js';
import { remarks, step } from './script.js';

const listener = 'winrm/config/Listener?Address=*+Transport=';
const winrmSource = 'Source: Microsoft, Installation and configuration for Windows Remote Management.';

export function openListener(os: OsId): string[] {
  return [
    ...step({
      title: 'WinRM starts with Windows',
      command: 'sc config WinRM start= auto',
      why: ['Source: Microsoft, sc config; the space after start= belongs there.'],
    }),
    ...step({ title: 'WinRM runs', command: 'net start WinRM', codes: [0, 2], why: ['2: it runs already.'] }),
    ...step({
      title: 'no HTTP listener',
      command: `call winrm delete ${listener}HTTP`,
      codes: 'any',
      why: ['2012 and later come with one on 5985.', winrmSource],
    }),
    ...step({
      title: 'no older HTTPS listener',
      command: `call winrm delete ${listener}HTTPS`,
      codes: 'any',
      why: [],
    }),
    ...step({
      title: 'no listener is left',
      command: 'call winrm enumerate winrm/config/Listener 2>nul | find "Transport" >nul',
      codes: [1],
      why: ['1: FIND found none.'],
      logged: false,
    }),
    ...step({
      title: 'nothing unencrypted',
      command: 'call winrm get winrm/config/service | find "AllowUnencrypted = true" >nul',
      codes: [1],
      why: [
        'It is false unless somebody changed it. Setting it is refused on a public network, looking is not.',
      ],
      logged: false,
    }),
    ...step({
      title: 'Basic, inside TLS',
      command: 'call winrm set winrm/config/service/auth @{Basic="true"}',
      why: [winrmSource],
    }),
    ...(os === '2008r2' ? memoryForShells : []),
    ...step({
      title: 'HTTPS listener',
      command: `call winrm create ${listener}HTTPS @{Hostname="${guestName}";CertificateThumbprint="%KEY%"}`,
      why: ['The host name is the CN of the certificate; WinRM refuses another one.', winrmSource],
    }),
    ...firewall,
  ];
}

/** Later systems have this by themselves; WinRM 2.0 came with 150 MB, too little for installers. */
const memoryForShells = step({
  title: 'memory of a remote shell',
  command: 'call winrm set winrm/config/winrs @{MaxMemoryPerShellMB="1024"}',
  why: ['WMF 3.0 itself goes by it only with KB2842230.'],
});

const rule = 'lyncimg WinRM over HTTPS';

/** The last step: until then nobody reaches what is not ready. */
const firewall = [
  ...step({
    title: 'older firewall rule',
    command: `netsh advfirewall firewall delete rule name="${rule}"`,
    codes: [0, 1],
    why: [
      '1: there is none. Un-keying removes it by this name. Source: Microsoft, netsh advfirewall firewall.',
    ],
  }),
  ...step({
    title: 'firewall rule for 5986',
    command: `netsh advfirewall firewall add rule name="${rule}" dir=in action=allow protocol=TCP localport=5986 profile=any`,
    why: [],
  }),
];

export const restartRoutine = [
  ':restart',
  ...remarks(['The boot task goes on at the next start.']),
  'del /q "%LYNCIMG%\\restart" 2>nul',
  'call :say "restart"',
  'shutdown /r /f /t 0',
  'set "CODE=%ERRORLEVEL%"',
  'call :done "restart" "0"',
  'exit /b %ERRORLEVEL%',
  '',
];
