// Windows media in small, made with the tools of Debian: WIMs by wimlib, ISOs by genisoimage. What they say of themselves
// is what Microsoft's say (names, editions, builds, labels); of Windows there is nothing on them.
import { execa } from 'execa';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface MadeImage {
  name: string;
  /** Properties of the XML by their paths, such as WINDOWS/ARCH. */
  properties: Record<string, string>;
}

/** @param megabytes files of so much random content each: a WIM is split between them */
export async function makeWim(
  path: string,
  images: readonly MadeImage[],
  megabytes: readonly number[] = [],
): Promise<void> {
  const content = `${path}.content`;
  await mkdir(content, { recursive: true });
  for (const [index, size] of megabytes.entries())
    await writeFile(join(content, `file${index}`), randomBytes(Math.round(size * 1024 * 1024)));
  for (const [index, { name, properties }] of images.entries()) {
    const how =
      index === 0 ? ['capture', content, path, name, '--compress=none'] : ['append', content, path, name];
    await wimlib(...how);
    const set = Object.entries(properties).flatMap(([key, value]) => ['--image-property', `${key}=${value}`]);
    if (set.length > 0) await wimlib('info', path, String(index + 1), ...set);
  }
  await rm(content, { recursive: true });
}

export async function wimlib(...args: string[]): Promise<string> {
  return (await execa('wimlib-imagex', args)).stdout;
}

/** ISO 9660 and UDF 1.02, as Microsoft's are; without `udf` ISO 9660 alone. */
export async function makeIso(
  iso: string,
  folder: string,
  { label = 'TEST', udf = true }: { label?: string; udf?: boolean } = {},
): Promise<string> {
  const form = udf ? ['-udf'] : ['-J', '-r'];
  await execa('genisoimage', ['-quiet', '-input-charset', 'utf-8', ...form, '-V', label, '-o', iso, folder]);
  return iso;
}

const systems = {
  '2008r2': { title: 'Windows Server 2008 R2', version: [6, 1, 7601, 17514, 1] },
  '2012': { title: 'Windows Server 2012', version: [6, 2, 9200, 16384, 0] },
  '2012r2': { title: 'Windows Server 2012 R2', version: [6, 3, 9600, 17031, 0] },
} as const;
export type WindowsOfTests = keyof typeof systems;

/** By system and licence, as their downloads are called. */
export const labels: Record<WindowsOfTests, { evaluation: string; volume: string }> = {
  '2008r2': { evaluation: 'GRMSXEVAL_EN_DVD', volume: 'GRMSXVOL_EN_DVD' },
  '2012': { evaluation: 'HRM_SSS_X64FREE_EN-US_DV5', volume: 'HRM_SSS_X64FREV_EN-US_DV5' },
  '2012r2': { evaluation: 'IR3_SSS_X64FREE_EN-US_DV9', volume: 'IR5_SSS_X64FREV_EN-US_DV9' },
};

/** In the order that Microsoft has them in: Server Core comes first from 2012 on. */
export function imagesOf(os: WindowsOfTests, { evaluation = false } = {}): MadeImage[] {
  const { title, version } = systems[os];
  const [major, minor, build, servicePackBuild, servicePack] = version;
  const editions =
    os === '2008r2' ? ['Standard', 'Enterprise', 'Datacenter', 'Web'] : ['Standard', 'Datacenter'];
  const kinds = os === '2008r2' ? ['', 'Core'] : ['Core', ''];
  return editions.flatMap((edition) =>
    kinds.map((core) => {
      const id = `Server${edition}${evaluation && os !== '2008r2' ? 'Eval' : ''}`;
      const name = `${title} ${`Server${edition}${core}`.toUpperCase()}`;
      return {
        name,
        properties: {
          DESCRIPTION: name,
          FLAGS: `${id}${core}`,
          'WINDOWS/ARCH': '9',
          'WINDOWS/EDITIONID': os === '2008r2' ? `${id}${core}` : id,
          'WINDOWS/INSTALLATIONTYPE': core === '' ? 'Server' : 'Server Core',
          'WINDOWS/PRODUCTTYPE': 'ServerNT',
          'WINDOWS/LANGUAGES/LANGUAGE': 'en-US',
          'WINDOWS/LANGUAGES/DEFAULT': 'en-US',
          'WINDOWS/VERSION/MAJOR': String(major),
          'WINDOWS/VERSION/MINOR': String(minor),
          'WINDOWS/VERSION/BUILD': String(build),
          'WINDOWS/VERSION/SPBUILD': String(servicePackBuild),
          'WINDOWS/VERSION/SPLEVEL': String(servicePack),
        },
      };
    }),
  );
}

export interface WindowsIsoOptions {
  evaluation?: boolean;
  kind?: 'wim' | 'esd' | 'swm';
  /** The payload of .NET Framework 3.5; by default where the system has it there. */
  sxs?: boolean;
  label?: string;
  images?: readonly MadeImage[];
  /** Further files by their paths on the disc, such as sources/ei.cfg. */
  files?: Record<string, string>;
  /** Paths that are taken away again. */
  without?: readonly string[];
}

/** Makes `<name>.iso` below a folder. */
export async function windowsIso(
  folder: string,
  os: WindowsOfTests,
  options: WindowsIsoOptions = {},
): Promise<string> {
  const {
    evaluation = false,
    kind = 'wim',
    sxs = os !== '2008r2',
    images = imagesOf(os, { evaluation }),
  } = options;
  const { label = labels[os][evaluation ? 'evaluation' : 'volume'], files = {}, without = [] } = options;
  const tree = join(folder, `${os}-${label}`);
  const wim = join(tree, 'sources/install.wim');
  await mkdir(dirname(wim), { recursive: true });
  await makeWim(wim, images, kind === 'swm' ? [0.9, 0.9, 0.9] : []);
  if (kind === 'swm') await wimlib('split', wim, join(tree, 'sources/install.swm'), '1');
  if (kind === 'esd') await wimlib('export', wim, 'all', join(tree, 'sources/install.esd'), '--solid');
  if (kind !== 'wim') await rm(wim);
  const payload = { 'sources/sxs/microsoft-windows-netfx3-ondemand-package.cab': 'MSCF' };
  for (const [path, text] of Object.entries({ 'setup.exe': 'MZ', ...(sxs ? payload : {}), ...files })) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  }
  for (const path of without) await rm(join(tree, path), { recursive: true });
  const iso = await makeIso(`${tree}.iso`, tree, { label });
  await rm(tree, { recursive: true });
  return iso;
}
