// Requests of the tests, one for each system, and what the model must know of them.
import type { AnswerFileRequest, GeneralizeRequest } from '../../../src/render/answer-file/index.js';
import { editions, type Purpose, type System } from './model/machine.js';

export const systems: readonly System[] = ['2008r2', '2012', '2012r2'];
export const firmwares = ['bios', 'uefi'] as const;

const titles: Readonly<Record<System, string>> = {
  '2008r2': 'Windows Server 2008 R2',
  '2012': 'Windows Server 2012',
  '2012r2': 'Windows Server 2012 R2',
};

type Revealed = Extract<AnswerFileRequest, { reveal: true }>;

export function installRequest(system: System, change: Partial<Revealed> = {}): Revealed {
  return {
    ...windows(system),
    firmware: 'bios',
    reveal: true,
    key: { policy: 'kms' },
    administratorPassword: 'Gold3n "Pass & Word" ',
    firstLogonCommand:
      'cmd.exe /d /c for %d in (D E F G H) do if exist %d:\\first-boot.cmd call %d:\\first-boot.cmd',
    drivers: [],
    ...change,
  };
}

export function generalizeRequest(
  system: System,
  change: Partial<GeneralizeRequest> = {},
): GeneralizeRequest {
  return { ...windows(system), key: 'kms', ...change };
}

function windows(system: System): Omit<GeneralizeRequest, 'key'> {
  const [imageName, kmsClientKey] = Object.entries(editions[system])[0]!;
  return {
    os: { id: system, title: titles[system] },
    edition: { title: `${titles[system]} Standard`, imageName, kmsClientKey },
    language: 'en-US',
    locale: 'en-US',
    keyboard: null,
    timeZone: 'UTC',
  };
}

/** Of the right form, and nobody's. */
export const ownKey = 'ABCDE-FGHIJ-KLMNO-PQRST-UVWXY';
export const drivers = ['viostor\\2k12R2\\amd64', 'NetKVM\\2k12R2\\amd64'];

/** By the name of the file that is checked in. */
export const installGoldens: Readonly<Record<string, Revealed>> = {
  ...Object.fromEntries(
    systems.flatMap((system) =>
      firmwares.map((firmware) => [`${system}-${firmware}`, installRequest(system, { firmware })]),
    ),
  ),
  'variant-own-key': installRequest('2012r2', { key: { policy: 'own', productKey: ownKey } }),
  'variant-evaluation': installRequest('2008r2', { key: { policy: 'none' } }),
  'variant-drivers-german': installRequest('2012r2', {
    locale: 'de-DE',
    timeZone: 'W. Europe Standard Time',
    drivers,
    owner: { name: 'Betrieb & Technik', organization: 'Müller "Söhne" GmbH' },
  }),
};

export const sealedGoldens: Readonly<Record<string, GeneralizeRequest>> = {
  ...Object.fromEntries(systems.map((system) => [`generalize-${system}`, generalizeRequest(system)])),
  'generalize-variant-own-key-owner': generalizeRequest('2012r2', {
    key: 'own',
    owner: { name: 'Operations', organization: 'Contoso' },
  }),
};

export function purposeOf(request: AnswerFileRequest | GeneralizeRequest): Purpose {
  const isInstall = 'firmware' in request;
  return {
    file: isInstall ? 'install' : 'generalize',
    system: request.os.id,
    firmware: isInstall ? request.firmware : 'bios',
    key: isInstall ? request.key.policy : request.key,
    owner: request.owner !== undefined,
    drivers: isInstall && request.drivers.length > 0,
  };
}
