// A declared address, on the network card that is connected. The card goes by its index: its name is in the guest's
// language, and another one on each Windows and after each change of card.
import type { StaticAddress } from '../../platforms/index.js';
import { remarks, step } from './script.js';

export function network({ address, prefix, gateway, dns }: StaticAddress): string[] {
  const [first, ...others] = dns;
  return [
    'set CARD=',
    'rem A card may need a while after the start: a minute at most.',
    'for /l %%N in (1,1,12) do call :card',
    'set "STEP=connected network card"',
    'if not defined CARD goto failed',
    ...remarks([
      'The layer below may have it already, and netsh fails where nothing is to change. Source: Microsoft, netsh interface',
      'ipv4 set address; name is a name or an index.',
    ]),
    `netsh interface ipv4 show addresses name=%CARD% | findstr /r /c:" ${address.replaceAll('.', '\\.')}\\>" >nul`,
    'if not errorlevel 1 goto after-address',
    ...step({
      title: 'static address',
      command:
        `netsh interface ipv4 set address name=%CARD% source=static address=${address} ` +
        `mask=${maskOf(prefix)} gateway=${gateway ?? 'none'}`,
      why: [],
    }),
    ':after-address',
    ...(first === undefined
      ? []
      : step({
          title: 'DNS server',
          command: `netsh interface ipv4 set dnsservers name=%CARD% source=static address=${first} validate=no`,
          why: [
            'Source: Microsoft, netsh interface ipv4 set dnsservers. Nobody waits for an answer of the server here.',
          ],
        })),
    ...others.flatMap((server, index) =>
      step({
        title: `DNS server ${index + 2}`,
        command: `netsh interface ipv4 add dnsservers name=%CARD% address=${server} index=${index + 2} validate=no`,
        why: [],
      }),
    ),
  ];
}

/** The first connected card, if there is one. */
export const cardRoutine = [
  ':card',
  'if defined CARD exit /b 0',
  'rem Source: Microsoft, Win32_NetworkAdapter: status 2 is connected. wmic ends lines with CR CR LF, and each FOR takes',
  'rem one CR away; without a terminal it waits for input unless it is given none.',
  `for /f "tokens=2 delims==" %%A in ('wmic nic where "PhysicalAdapter=TRUE and NetConnectionStatus=2" get InterfaceIndex /value ^<nul') do for /f "delims=" %%B in ("%%A") do if not defined CARD set "CARD=%%B"`,
  'if not defined CARD ping -n 6 127.0.0.1 >nul',
  'exit /b 0',
];

function maskOf(prefix: number): string {
  const bits = 2 ** 32 - 2 ** (32 - prefix);
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
}
