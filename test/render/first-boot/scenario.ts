// A guest with the answer disc that was rendered for it, and what must hold once it is keyed.
import { expect } from 'chai';
import { guestName, renderFirstBoot } from '../../../src/render/first-boot/index.js';
import type { FirstBootRequest } from '../../../src/render/first-boot/request.js';
import type { BootPackage, OsId } from '../../../src/requirements/index.js';
import { runBatch } from './cmd.js';
import { bootTask, newGuest, ruleName, start, surroundings, type Disc, type Guest } from './guest.js';

export const systems: readonly OsId[] = ['2008r2', '2012', '2012r2'];

/** One of each sort that a command line could stumble over. */
export const password = 'a %PATH% !LOG! ^& "x" \\" <>| end\\';
export const certificatePassword = 'Certificate0Password';
export const thumbprint = '0123456789ABCDEF0123456789ABCDEF01234567';

const pack = (name: string, path: string, more: Partial<BootPackage> = {}): BootPackage => ({
  ...{ name, title: `${name} (of a test)`, kind: 'msu', path, arguments: [] },
  ...{ exitCodes: [0, 3010, 2359302], source: 'A page & more' },
  ...more,
});

export const packages: readonly BootPackage[] = [
  pack('KB4490628', 'hotfixes/Windows6.1-KB4490628-x64.msu'),
  pack('KB4474419', 'hotfixes/Windows6.1-KB4474419-v3-x64.msu'),
  pack('dotnet45', 'packages/dotnetfx45_full_x86_x64.exe', {
    ...{ kind: 'exe', arguments: ['/q', '/norestart'], exitCodes: [0, 3010] },
  }),
  pack('KB2506143', 'hotfixes/Windows6.1-KB2506143-x64.msu'),
  pack('KB2842230', 'hotfixes/Windows6.1-KB2842230-x64.msu'),
];

export const tools = {
  disc: 'the tools disc',
  find: 'setup64.exe',
  install: '"%DISC%\\setup64.exe" /S /v"/qn REBOOT=R"',
  exitCodes: [0, 3010],
};

export const network = {
  address: '10.1.2.3',
  prefix: 22,
  gateway: '10.1.2.1',
  dns: ['10.1.2.1', '10.9.9.9'],
};

export function request(
  os: OsId,
  layer: 'first' | 'next',
  more: Partial<FirstBootRequest> = {},
): FirstBootRequest {
  return {
    ...{ os, layer, secrets: { password, certificatePassword }, thumbprint },
    ...{ network, guestTools: layer === 'first' ? tools : null },
    packages: layer === 'first' && os === '2008r2' ? packages : [],
    ...more,
  };
}

/** The disc as the build makes it: the rendered files, the answer file, the certificate. */
export function answerDisc(files: ReadonlyMap<string, string>, letter: string): Disc {
  const found = new Map([...files].map(([path, text]) => [path.replaceAll('/', '\\').toLowerCase(), text]));
  found.set('lyncimg\\server.pfx', 'PFX');
  return disc('LYNCIMG', letter, found);
}

export function mediaDisc(letter: string): Disc {
  return disc(
    'LYNCIMG_MEDIA',
    letter,
    new Map(packages.map(({ path }) => [path.replaceAll('/', '\\').toLowerCase(), ''])),
  );
}

export function disc(label: string, letter: string, files: Map<string, string>): Disc {
  return { label, letter, volume: `\\\\?\\Volume{${label.toLowerCase()}-${letter.charCodeAt(0)}}\\`, files };
}

/** Out of Windows Setup, with all that a fresh Windows may bring in the way. */
export function fresh(os: OsId, files: ReadonlyMap<string, string>, more: Partial<Guest> = {}): Guest {
  const winlogon = 'hklm\\software\\microsoft\\windows nt\\currentversion\\winlogon';
  return newGuest(os, {
    discs: [
      disc('IR_SSS_X64FREV_EN-US_DV9', 'D:', new Map([['setup.exe', '']])),
      answerDisc(files, 'E:'),
      mediaDisc('F:'),
      disc('VMware Tools', 'G:', new Map([['setup64.exe', '']])),
    ],
    registry: new Map([
      [`${winlogon}\\autoadminlogon`, '1'],
      [`${winlogon}\\defaultpassword`, 'of-setup'],
      [`${winlogon}\\autologoncount`, '1'],
    ]),
    pfx: { password: certificatePassword, thumbprint, commonName: guestName },
    rules: [{ name: ruleName, form: 'of somebody else' }],
    winrm: { start: 'demand', running: false },
    account: { name: 'Administrator', password, active: true },
    ...more,
  });
}

/** The first logon after Setup: whoever is logged on runs the command of the answer file. */
export function logOn(guest: Guest): number {
  const drive = guest.discs.find(({ files }) => files.has('lyncimg\\first-boot.cmd'))?.letter ?? '';
  return runBatch(surroundings(guest), `${drive}\\lyncimg\\first-boot.cmd`);
}

/** As a layer is kept: un-keyed, with the boot task of its first layer, and M: left to a drive of then. */
export function kept(os: OsId, files: ReadonlyMap<string, string>, more: Partial<Guest> = {}): Guest {
  const boot = renderFirstBoot(request(os, 'first')).get('lyncimg/boot.cmd') ?? '';
  return newGuest(os, {
    files: new Map([['c:\\programdata\\lyncimg\\boot.cmd', boot]]),
    folders: new Set(['c:\\programdata\\lyncimg']),
    tasks: new Map([['\\lyncimg\\boot', 'cmd.exe /d /c C:\\ProgramData\\lyncimg\\boot.cmd']]),
    discs: [mediaDisc('D:'), answerDisc(files, 'M:')],
    registry: new Map([
      [
        'hklm\\system\\currentcontrolset\\control\\securityproviders\\schannel\\protocols\\tls 1.2\\server\\enabled',
        '1',
      ],
      [
        'hklm\\system\\currentcontrolset\\control\\securityproviders\\schannel\\protocols\\tls 1.2\\server\\disabledbydefault',
        '0',
      ],
    ]),
    pfx: { password: certificatePassword, thumbprint, commonName: guestName },
    rules: [{ name: ruleName, form: 'of somebody else' }],
    winrm: { start: 'demand', running: false },
    account: { name: 'Verwalter & Sohn', password: 'scrambled', active: false },
    listeners: [
      { transport: 'HTTP', hostname: '', thumbprint: '' },
      { transport: 'HTTPS', hostname: 'old', thumbprint: 'old' },
    ],
    ...more,
  });
}

export function run(guest: Guest, layer: 'first' | 'next'): Guest {
  if (layer === 'first') logOn(guest);
  else start(guest);
  return guest;
}

export function logOf(guest: Guest): string {
  return guest.files.get('c:\\programdata\\lyncimg\\first-boot.log') ?? '';
}

/** All that a build counts on, and all that un-keying will look for. */
export function expectKeyed(guest: Guest, { os, layer }: { os: OsId; layer: 'first' | 'next' }): void {
  const listener = { transport: 'HTTPS', hostname: guestName, thumbprint };
  const form = 'dir=in action=allow protocol=TCP localport=5986 profile=any';
  expect(logOf(guest)).to.contain('ready: HTTPS listener');
  expect(guest.listeners).to.deep.equal([listener]);
  expect(guest.certificates.map((one) => one.thumbprint)).to.deep.equal([thumbprint]);
  expect(guest).to.deep.include({ basic: true, allowUnencrypted: false, shellMemory: 1024, tls12: true });
  expect(guest.winrm).to.deep.equal({ start: 'auto', running: true });
  expect(guest.rules).to.deep.equal([{ name: ruleName, form }]);
  expect(guest.account).to.deep.include({ password, active: true });
  expect(guest.discs.find(({ letter }) => letter === 'M:')?.label).to.equal('LYNCIMG_MEDIA');
  expect(guest.card).to.deep.include({ address: '10.1.2.3', mask: '255.255.252.0', gateway: '10.1.2.1' });
  expect(guest.card.dns).to.deep.equal(network.dns);
  const own = (name: string): string | undefined => guest.files.get(`c:\\programdata\\lyncimg\\${name}`);
  expect([own('thumbprint'), own('keyed')]).to.deep.equal([`${thumbprint}\r\n`, `${thumbprint}\r\n`]);
  expect([...guest.files.keys()].filter((path) => /done-|restart/.test(path))).to.deep.equal([]);
  if (layer === 'next') return;
  expect(
    [...guest.registry].filter(([key]) => key.includes('winlogon')).map(([, value]) => value),
  ).to.deep.equal(['0']);
  const installed = guest.installed.map((file) => file.slice(file.lastIndexOf('\\') + 1).toLowerCase());
  const wanted =
    os === '2008r2' ? packages.map(({ path }) => path.slice(path.lastIndexOf('/') + 1).toLowerCase()) : [];
  expect(installed).to.deep.equal(['setup64.exe', ...wanted]);
  expect([...guest.registry.keys()].filter((key) => key.includes('tls 1.2'))).to.have.length(
    os === '2008r2' ? 4 : 0,
  );
}

/** A start of Windows that changes nothing: the boot task finds the key in force. */
export function startAgain(guest: Guest): string[] {
  const before = guest.history.length;
  guest.winrm.running = true;
  bootTask(guest);
  return guest.history.slice(before);
}
