// What the tests of Windows media share.
import { LyncimgError } from '../../../src/errors/index.js';
import type { WantedSystem, WindowsImage, WindowsMedia } from '../../../src/media/index.js';

/** The code of what a promise throws; any other error is thrown on. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await errorOf(promise);
  return error.code;
}

export async function errorOf(promise: Promise<unknown>): Promise<LyncimgError> {
  const error = await promise.then(
    () => new Error('nothing was thrown'),
    (caught: unknown) => caught,
  );
  if (error instanceof LyncimgError) return error;
  throw error;
}

export function codeThrown(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof LyncimgError) return error.code;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** As the catalogue has them, in short. */
export const systems: Record<'2008r2' | '2012' | '2012r2', WantedSystem> = {
  '2008r2': system(
    '2008r2',
    'Windows Server 2008 R2',
    '6.1.7601',
    ['Standard', 'Enterprise', 'Datacenter'],
    false,
  ),
  '2012': system('2012', 'Windows Server 2012', '6.2.9200', ['Standard', 'Datacenter'], true),
  '2012r2': system('2012r2', 'Windows Server 2012 R2', '6.3.9600', ['Standard', 'Datacenter'], true),
};

function system(
  id: string,
  title: string,
  version: string,
  editions: string[],
  eval_: boolean,
): WantedSystem {
  return {
    ...{ id, title, version, servicePack: id === '2008r2' ? 1 : 0 },
    editions: editions.map((edition) => ({
      id: edition.toLowerCase(),
      title: `${title} ${edition}`,
      editionIds: [`Server${edition}`, ...(eval_ ? [`Server${edition}Eval`] : [])],
      imageName: `${title} SERVER${edition.toUpperCase()}`,
    })),
  };
}

const builds = { '2008r2': '6.1.7601.17514', '2012': '6.2.9200.16384', '2012r2': '6.3.9600.17031' };

/** The images that Microsoft's media of a system have. */
export function imagesOf(os: keyof typeof systems, { evaluation = false } = {}): WindowsImage[] {
  const { editions, title } = systems[os];
  const names = [...editions.map(({ id }) => id), ...(os === '2008r2' ? ['web'] : [])];
  const coreFirst = os !== '2008r2';
  return names.flatMap((edition, at) =>
    [0, 1].map((second) => {
      const core = (second === 0) === coreFirst;
      const id = `Server${edition[0]?.toUpperCase()}${edition.slice(1)}${evaluation && os !== '2008r2' ? 'Eval' : ''}`;
      return image({
        index: at * 2 + second + 1,
        name: `${title} SERVER${edition.toUpperCase()}${core ? 'CORE' : ''}`,
        editionId: core && os === '2008r2' ? `${id}Core` : id,
        installationType: core ? 'Server Core' : 'Server',
        version: builds[os],
        servicePack: os === '2008r2' ? 1 : 0,
        flags: core ? `${id}Core` : id,
      });
    }),
  );
}

export function image(more: Partial<WindowsImage> & { version?: string | null } = {}): WindowsImage {
  const version = more.version === undefined ? builds['2012r2'] : more.version;
  return {
    ...{ index: 1, name: 'Windows Server 2012 R2 SERVERSTANDARD', displayName: null, description: null },
    ...{
      editionId: 'ServerStandard',
      installationType: 'Server',
      productType: 'ServerNT',
      architecture: 'amd64',
    },
    ...{
      servicePack: 0,
      languages: ['en-US'],
      defaultLanguage: 'en-US',
      flags: null,
      sizeBytes: 12_051_460_352,
    },
    ...more,
    version,
    build: version === null ? null : Number(version.split('.')[2]),
  };
}

export function mediaWith(images: WindowsImage[], more: Partial<WindowsMedia> = {}): WindowsMedia {
  return {
    ...{ label: 'IR5_SSS_X64FREV_EN-US_DV9', sizeBytes: 5_397_889_024, spanBytes: 5_397_000_000 },
    installImage: {
      ...{ path: 'sources/install.wim', kind: 'wim', sizeBytes: 4_000_000_000, parts: 1, missingParts: [] },
    },
    ...{ images, evaluation: false, volumeLicence: true, sxs: true },
    ...more,
  };
}
