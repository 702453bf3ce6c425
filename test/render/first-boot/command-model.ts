// Which commands and switches cmd.exe of each Windows has, as far as first boot may use them: written from Microsoft's
// command reference and from the help texts, not from what is rendered. A line that is not in it is a problem.
import type { OsId } from '../../../src/requirements/index.js';
import { unquoted } from './cmd.js';
import { parseLine, type Node } from './cmd-syntax.js';

interface Command {
  /** The Windows that brought this form; 6.0 is older than any that counts here. */
  since: number;
  form: RegExp;
}

const versions: Record<OsId, number> = { '2008r2': 6.1, '2012': 6.2, '2012r2': 6.3 };

const name = String.raw`(?:[\w.%!~\\-]+)`;
const path = String.raw`(?:"[^"]+"|[\w.%!~:\\-]+)`;
const always = (form: RegExp, since = 6): Command => ({ since, form });

const commands: Readonly<Record<string, readonly Command[]>> = {
  // Of cmd.exe itself.
  echo: [always(/.*/)],
  set: [always(/^"\w+=[^"]*"$/), always(/^\w+=[\w%]*$/), always(/^\/p "\w+="$/)],
  setlocal: [always(/^EnableExtensions DisableDelayedExpansion$/), always(/^EnableDelayedExpansion$/)],
  goto: [always(/^[\w-]+$/)],
  exit: [always(/^\/b (?:\d+|%ERRORLEVEL%)$/)],
  type: [always(new RegExp(`^${path}$`))],
  del: [always(new RegExp(`^/q ${path}$`))],
  mkdir: [always(new RegExp(`^${path}$`))],
  vol: [always(/^[%A-Z]{1,2}:$/)],
  // Programs.
  find: [always(/^"[^"]+"$/)],
  findstr: [always(/^\/r \/c:"[^"]+"$/)],
  ping: [always(/^-n \d+ 127\.0\.0\.1$/)],
  mode: [always(/^COM1: baud=\d+ parity=[neo] data=[78] stop=[12](?: (?:to|xon|octs|odsr)=(?:on|off))*$/)],
  icacls: [always(/^"[^"]+" \/inheritance:r \/grant:r(?: \*S-1-5-[\d-]+:\(OI\)\(CI\)F)+$/)],
  mountvol: [always(/^(?:[A-Z]:|%\w+%) \/[ld]$/), always(/^(?:[A-Z]:|%\w+%) %\w+%$/)],
  reg: [
    always(/^add "HKLM\\[^"]+" \/v \w+ \/t (?:REG_SZ|REG_DWORD) \/d \d+ \/f$/),
    always(/^delete "HKLM\\[^"]+" \/v \w+ \/f$/),
  ],
  sc: [always(/^config \w+ start= (?:auto|demand|disabled|delayed-auto)$/)],
  net: [always(/^start \w+$/), always(/^user "!\w+!" !\w+! \/active:(?:yes|no) \/y$/)],
  shutdown: [always(/^\/r \/f \/t \d+$/)],
  certutil: [always(/^-store My \S+$/), always(/^-f -p \S+ -importpfx "[^"]+"$/)],
  schtasks: [
    always(/^\/create \/tn \\\S+ \/sc onstart \/ru SYSTEM \/rl highest \/f \/tr "[^"]+"$/),
    always(/^\/run \/tn \\\S+$/),
  ],
  wmic: [always(/^(?:nic|useraccount) where "[^"]+" get \w+ \/value$/)],
  // winrm.cmd, which only CALL comes back from; the hash tables came with WinRM 2.0.
  'call winrm': [
    always(/^(?:get|enumerate|delete) winrm\/config\/[\w/]+(?:\?Address=\*\+Transport=HTTPS?)?$/, 6.1),
    always(/^set winrm\/config\/[\w/]+ @\{\w+="\w+"\}$/, 6.1),
    always(
      /^create winrm\/config\/Listener\?Address=\*\+Transport=HTTPS @\{Hostname="[\w-]+";CertificateThumbprint="%\w+%"\}$/,
      6.1,
    ),
  ],
  netsh: [
    always(/^advfirewall firewall delete rule name="[^"]+"$/),
    always(
      /^advfirewall firewall add rule name="[^"]+" dir=in action=allow protocol=TCP localport=\d+ profile=any$/,
    ),
    always(/^interface ipv4 show addresses name=%\w+%$/),
    always(
      /^interface ipv4 set address name=%\w+% source=static address=[\d.]+ mask=[\d.]+ gateway=(?:none|[\d.]+)$/,
    ),
    // validate is newer than 2008 without R2.
    always(/^interface ipv4 set dnsservers name=%\w+% source=static address=[\d.]+ validate=no$/, 6.1),
    always(/^interface ipv4 add dnsservers name=%\w+% address=[\d.]+ index=\d validate=no$/, 6.1),
  ],
  wusa: [always(/^"[^"]+\.msu" \/quiet \/norestart$/)],
  // Installers, from the media disc or the tools disc.
  installer: [always(/.*/)],
  script: [always(new RegExp(`^(?:${name})?$`))],
};

/** Everything that is wrong with a script, as text. */
export function problemsOf(script: string, os: OsId): string[] {
  const lines = script.split('\r\n').slice(0, -1);
  return [
    ...(lines.some((line) => isCode(line) && /powershell/i.test(line)) ? ['it uses PowerShell'] : []),
    ...lines.flatMap((line) => problemsOfLine(line, os)),
    ...problemsOfLabels(lines),
    ...unloggedSteps(lines),
  ];
}

const isCode = (line: string): boolean => line !== '' && !/^(?::|rem |@echo off$)/.test(line);

function problemsOfLine(line: string, os: OsId): string[] {
  if (/^rem /.test(line)) return /[%&|<>^]/.test(line) ? [`a remark with a sign in it: ${line}`] : [];
  if (!isCode(line)) return [];
  try {
    return simpleOf(parseLine(line.replaceAll('%%', '%'))).flatMap((text) => {
      const problem = problemOf(text, os);
      return problem === null ? [] : [`${problem}: ${text}`];
    });
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Each command of a line, those that FOR /F runs among them. */
function simpleOf(node: Node): string[] {
  switch (node.type) {
    case 'simple':
      return [node.text];
    case 'block':
    case 'if':
      return simpleOf(node.body);
    case 'both':
      return [...simpleOf(node.left), ...simpleOf(node.right)];
    case 'for': {
      const inner = /^'(.*)'$/.exec(node.set)?.[1];
      return [...(inner === undefined ? [] : simpleOf(parseLine(inner))), ...simpleOf(node.body)];
    }
  }
}

function problemOf(text: string, os: OsId): string | null {
  const call = /^call (.+)$/.exec(text)?.[1];
  if (call?.startsWith(':') === true) return /^:\w+(?: "[^"]*")*$/.test(call) ? null : 'CALL of another form';
  const [, first = '', args = ''] =
    /^("[^"]*"|\S+)\s*(.*)$/.exec(call ?? text.replace(/^start \/wait "" /, '')) ?? [];
  const program = unquoted(first)
    .toLowerCase()
    .replace(/\.exe$/, '');
  const key = program === 'winrm' ? `${call === undefined ? '' : 'call '}winrm` : keyOf(program);
  const known = commands[key];
  if (known === undefined) return 'no such command';
  const form = known.find((one) => one.form.test(args));
  if (form === undefined) return 'no such switches';
  return form.since <= versions[os] ? null : `not on ${os}`;
}

function keyOf(program: string): string {
  if (/^(?:m:|%disc%)\\.+$/.test(program)) return 'installer';
  return /^%lyncimg%\\\w+\.cmd$/.test(program) ? 'script' : program;
}

/** Every label is there, once, and is gone to; a routine is entered by CALL alone. */
function problemsOfLabels(lines: readonly string[]): string[] {
  const labels = lines.filter((line) => line.startsWith(':')).map((line) => line.slice(1));
  const code = lines.filter(isCode).join('\n');
  const called = new Set([...code.matchAll(/\bcall :([\w-]+)/g)].map(([, label = '']) => label));
  const gone = new Set([...code.matchAll(/\bgoto ([\w-]+)/g)].map(([, label = '']) => label));
  const found = [...called, ...gone]
    .filter((label) => !labels.includes(label))
    .map((label) => `no label ${label}`);
  for (const label of labels) {
    if (labels.indexOf(label) !== labels.lastIndexOf(label)) found.push(`label ${label} twice`);
    if (!called.has(label) && !gone.has(label)) found.push(`nobody goes to ${label}`);
    const before = lines
      .slice(0, lines.indexOf(`:${label}`))
      .filter((line) => isCode(line) || line.startsWith(':'));
    const isEntered = !/^(?:exit \/b|goto )/.test(before.at(-1) ?? '');
    if (isEntered && !label.startsWith('after-')) found.push(`what stands above ${label} goes on into it`);
  }
  return found;
}

const programsThatAreSteps =
  /^(?:call :(?!done|say)|call winrm|reg |sc |net |netsh .*(?:rule|set|add) |start |certutil|schtasks \/create|icacls|shutdown|\(")/;

/** What changes the guest tells the log how it ended, and nothing goes on where it went wrong. */
function unloggedSteps(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => line === ':drives' || line === ':done');
  return lines.slice(0, end).flatMap((line, at) => {
    if (!programsThatAreSteps.test(line)) return [];
    const [code, log, stop] = lines.slice(at + 1);
    const isLogged = code === 'set "CODE=%ERRORLEVEL%"' && /^call :done "[^"]+" "[^"]+"$/.test(log ?? '');
    const isStopped = stop === 'if errorlevel 1 goto failed' || stop === 'exit /b %ERRORLEVEL%';
    return isLogged && isStopped ? [] : [`a step that nobody hears of: ${line}`];
  });
}
