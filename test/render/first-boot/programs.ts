// What the programs of Windows do to the modelled guest, with the exit codes that their documents and users name. A form
// of a command that no document has, throws.
import { argvOf } from './argv.js';
import { bootTask, discAt, type Guest } from './guest.js';

type Outcome = { stdout?: string; code: number };
type Program = (guest: Guest, args: string, stdin: string, name: string) => Outcome;

const done = (stdout = ''): Outcome => ({ stdout, code: 0 });
const failed = (code = 1): Outcome => ({ code });

function parts(args: string, form: RegExp): string[] {
  const match = form.exec(args);
  if (match === null) throw new Error(`no document has this form: ${args}`);
  return match.slice(1).map((part: string | undefined) => part ?? '');
}

/** wmic ends each line with CR CR LF. */
function wmic(name: string, value: string | undefined): Outcome {
  const lines = value === undefined ? [] : ['', '', `${name}=${value}`, '', ''];
  return done(lines.map((line) => `${line}\r\r\n`).join(''));
}

function reg(guest: Guest, args: string): Outcome {
  const [verb = '', key = '', value = '', data = ''] = parts(
    args,
    /^(add|delete) "([^"]+)" \/v (\w+)(?: \/t (?:REG_DWORD|REG_SZ) \/d (\S+))? \/f$/,
  );
  const at = `${key}\\${value}`.toLowerCase();
  if (verb === 'delete') return guest.registry.delete(at) ? done() : failed();
  guest.registry.set(at, data);
  return done();
}

function schtasks(guest: Guest, args: string): Outcome {
  const [name = '', command = '', toRun = ''] = parts(
    args,
    /^(?:\/create \/tn (\S+) \/sc onstart \/ru SYSTEM \/rl highest \/f \/tr "([^"]+)"|\/run \/tn (\S+))$/,
  );
  if (toRun === '') guest.tasks.set(name, command);
  else {
    if (!guest.tasks.has(toRun)) return failed();
    // The worst that can be: it is done before whoever started it goes on.
    bootTask(guest);
  }
  return done();
}

function certutil(guest: Guest, args: string): Outcome {
  const [looked = '', password = '', file = ''] = parts(
    args,
    /^(?:-store My (\w+)|-f -p (\S+) -importpfx "([^"]+)")$/,
  );
  if (looked !== '') {
    return guest.certificates.some(({ thumbprint }) => thumbprint === looked) ? done() : failed(-2146885628);
  }
  if (discAt(guest, file)?.files.has(file.slice(3).toLowerCase()) !== true) return failed(-2147024894);
  if (password !== guest.pfx.password) return failed(-2147024810);
  guest.certificates.push({ thumbprint: guest.pfx.thumbprint, commonName: guest.pfx.commonName });
  return done();
}

function winrm(guest: Guest, args: string): Outcome {
  if (!guest.winrm.running) return failed(-2144108526);
  const [verb = '', resource = '', given = ''] = parts(
    args,
    /^(get|set|create|delete|enumerate) (winrm\/config\S*)(?: @\{(.+)\})?$/,
  );
  const values = new Map(
    [...given.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const transport = /^winrm\/config\/Listener\?Address=\*\+Transport=(HTTPS?)$/.exec(resource)?.[1];
  if (transport !== undefined && verb === 'delete') {
    const before = guest.listeners.length;
    if (guest.policyListener && transport === 'HTTP') return failed(-2144108297);
    guest.listeners = guest.listeners.filter((one) => one.transport !== transport);
    return guest.listeners.length < before ? done() : failed(-2144108267);
  }
  if (transport !== undefined && verb === 'create') {
    const [thumbprint = '', hostname = ''] = [values.get('CertificateThumbprint'), values.get('Hostname')];
    const certificate = guest.certificates.find((one) => one.thumbprint === thumbprint);
    const isTaken = guest.listeners.some((one) => one.transport === transport);
    if (transport !== 'HTTPS' || isTaken || certificate?.commonName !== hostname) return failed(-2144108269);
    guest.listeners.push({ transport, hostname, thumbprint });
    return done();
  }
  if (verb === 'enumerate' && resource === 'winrm/config/Listener') {
    return done(
      guest.listeners
        .map((one) => `Listener\r\n    Address = *\r\n    Transport = ${one.transport}\r\n`)
        .join(''),
    );
  }
  if (verb === 'get' && resource === 'winrm/config/service') {
    return done(`Service\r\n    AllowUnencrypted = ${guest.allowUnencrypted}\r\n`);
  }
  if (verb === 'set' && resource === 'winrm/config/service/auth') {
    guest.basic = values.get('Basic') === 'true';
    return done();
  }
  if (verb === 'set' && resource === 'winrm/config/winrs') {
    guest.shellMemory = Number(values.get('MaxMemoryPerShellMB'));
    return done();
  }
  throw new Error(`winrm ${args}: the model does not know it`);
}

function netsh(guest: Guest, args: string): Outcome {
  const rule = /^advfirewall firewall (add|delete) rule name="([^"]+)"(.*)$/.exec(args);
  if (rule !== null) {
    const [, verb, name = '', form = ''] = rule;
    if (verb === 'delete') {
      const before = guest.rules.length;
      guest.rules = guest.rules.filter((one) => one.name !== name);
      return guest.rules.length < before ? done() : failed();
    }
    parts(form, /^ dir=in action=allow protocol=TCP localport=\d+ profile=any$/);
    guest.rules.push({ name, form: form.trim() });
    return done();
  }
  const { card } = guest;
  const [verb = '', what = '', index = '', more = ''] = parts(
    args,
    /^interface ipv4 (show|set|add) (addresses|address|dnsservers) name=(\d+)(.*)$/,
  );
  if (Number(index) !== card.index) return failed();
  if (verb === 'show') {
    return done(card.address === null ? '' : `    IP Address:                           ${card.address}\r\n`);
  }
  if (what === 'address') {
    const [address = '', mask = '', gateway = ''] = parts(
      more,
      /^ source=static address=([\d.]+) mask=([\d.]+) gateway=(none|[\d.]+)$/,
    );
    if (card.address === address) return failed(); // The object already exists.
    Object.assign(card, { address, mask, gateway });
    return done();
  }
  const [server = ''] = parts(more, /^(?: source=static)? address=([\d.]+)(?: index=\d)? validate=no$/);
  card.dns = verb === 'set' ? [server] : [...card.dns, server];
  return done();
}

function mountvol(guest: Guest, args: string): Outcome {
  const [letter = '', what = ''] = parts(args, /^([A-Z]:) (\/l|\/d|\\\\\?\\Volume\{[^}]+\}\\)$/);
  const here = discAt(guest, letter);
  if (what === '/l') return here === undefined ? failed() : done(`    ${here.volume}\r\n\r\n`);
  if (what === '/d') {
    if (here === undefined) return failed();
    here.letter = null;
    return done();
  }
  const disc = guest.discs.find(({ volume }) => volume === what);
  if (disc === undefined || here !== undefined || disc.letter !== null) return failed();
  disc.letter = letter;
  return done();
}

function net(guest: Guest, args: string): Outcome {
  const argv = argvOf(args);
  if (argv[0] === 'start' && argv[1] === 'WinRM' && argv.length === 2) {
    if (guest.winrm.running) return failed(2);
    guest.winrm.running = true;
    return done();
  }
  // net user NAME PASSWORD /active:yes /y; a switch in the password's place is a switch.
  const [user, name, password = '', ...switches] = argv;
  const isForm = user === 'user' && switches.join(' ') === '/active:yes /y' && !/^(\/|\*$)/.test(password);
  if (!isForm || name !== guest.account.name || password.length > 127) return failed(2);
  Object.assign(guest.account, { password, active: true });
  return done();
}

/** An update refuses to go on top of one that waits for a restart; the codes are those of wusa.exe and of setups. */
function install(guest: Guest, file: string): Outcome {
  if (discAt(guest, file)?.files.has(file.slice(3).toLowerCase()) !== true) return failed(2);
  if (guest.pendingRestart) return failed(1618);
  const [, , needs, code] = installers.find(([name]) => file.toLowerCase().includes(name)) ?? [];
  if (code === undefined) throw new Error(`an installer that the model does not know: ${file}`);
  if (needs !== '' && !guest.installed.some((one) => one.includes(needs ?? ''))) return failed(-2145124329);
  guest.installed.push(file);
  guest.pendingRestart = code === 3010;
  return failed(code);
}

/** Part of the name, what it is, what must be there before, how it ends. */
const installers: [name: string, what: string, needs: string, code: number][] = [
  ['kb4490628', 'servicing stack', '', 0],
  ['kb4474419', 'SHA-2', 'KB4490628', 3010],
  ['dotnetfx45', '.NET 4.5', '', 0],
  ['kb2506143', 'WMF 3.0', 'dotnetfx45', 3010],
  ['kb2842230', 'memory of WMF 3.0', 'KB2506143', 3010],
  ['setup64', 'guest tools', '', 3010],
];

export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['reg', reg],
  ['schtasks', schtasks],
  ['certutil', certutil],
  ['winrm', winrm],
  ['netsh', netsh],
  ['mountvol', mountvol],
  ['net', net],
  [
    'icacls',
    (_, args) => {
      parts(
        args,
        /^"[^"]+" \/inheritance:r \/grant:r \*S-1-5-18:\(OI\)\(CI\)F \*S-1-5-32-544:\(OI\)\(CI\)F$/,
      );
      return done();
    },
  ],
  ['mode', (guest) => (guest.serial === null ? failed(-1) : done())],
  [
    'ping',
    (guest) => {
      guest.waits += 1;
      guest.cardIn = Math.max(0, guest.cardIn - 1);
      guest.discsIn = Math.max(0, guest.discsIn - 1);
      return done();
    },
  ],
  [
    'vol',
    (guest, args) => {
      const disc = discAt(guest, args);
      return disc === undefined ? failed() : done(` Datenträger in Laufwerk E: ist ${disc.label}\r\n`);
    },
  ],
  [
    'find',
    (_, args, stdin) => {
      const [text = ''] = parts(args, /^"([^"]+)"$/);
      const lines = stdin.split('\r\n').filter((line) => line.includes(text));
      return { stdout: lines.map((line) => `${line}\r\n`).join(''), code: lines.length > 0 ? 0 : 1 };
    },
  ],
  [
    'findstr',
    (_, args, stdin) => {
      const [pattern = ''] = parts(args, /^\/r \/c:"([^"]+)"$/);
      // \> is the end of a word.
      const expression = new RegExp(pattern.replaceAll('\\>', '\\b'));
      return stdin.split('\r\n').some((line) => expression.test(line)) ? done() : failed();
    },
  ],
  [
    'wmic',
    (guest, args) => {
      const [path = '', where = '', property = ''] = parts(
        args,
        /^(nic|useraccount) where "([^"]+)" get (\w+) \/value$/,
      );
      if (path === 'nic' && where === 'PhysicalAdapter=TRUE and NetConnectionStatus=2') {
        return wmic(property, guest.cardIn > 0 ? undefined : String(guest.card.index));
      }
      if (path === 'useraccount' && where === "LocalAccount=TRUE and SID like 'S-1-5-21-%-500'") {
        return wmic(property, guest.account.name);
      }
      throw new Error(`a query that the model does not know: ${where}`);
    },
  ],
  [
    'sc',
    (guest, args) => {
      parts(args, /^config WinRM start= auto$/);
      guest.winrm.start = 'auto';
      return done();
    },
  ],
  [
    'shutdown',
    (guest, args) => {
      parts(args, /^\/r \/f \/t 0$/);
      guest.restarts += 1;
      return done();
    },
  ],
  [
    'wusa',
    (guest, args) => {
      const [file = ''] = parts(args, /^"([^"]+)" \/quiet \/norestart$/);
      return install(guest, file);
    },
  ],
  [
    'dotnetfx45_full_x86_x64',
    (guest, args, _, name) => (parts(args, /^(\/q \/norestart)$/), install(guest, name)),
  ],
  ['setup64', (guest, args, _, name) => (parts(args, /^(\/S \/v"\/qn REBOOT=R")$/), install(guest, name))],
]);
