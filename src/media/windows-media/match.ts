// Which image of a WIM stands for which Windows and edition of the catalogue.
import type { WindowsImage } from '../wim/image.js';
import type { WantedEdition, WantedSystem } from './model.js';

/**
 * Whether an image is of an operating system: by the version that its XML gives, and by being a server (Windows 7, 8 and
 * 8.1 have the versions of 2008 R2, 2012 and 2012 R2). `too-old`: it is, without the service pack that is asked for.
 */
export function standing(image: WindowsImage, os: WantedSystem): 'same' | 'too-old' | 'other' {
  if (image.version === null || !isServer(image)) return 'other';
  const [major, minor, build = 0] = image.version.split('.').map(Number);
  const [wantedMajor, wantedMinor, wantedBuild = 0] = os.version.split('.').map(Number);
  if (major !== wantedMajor || minor !== wantedMinor) return 'other';
  // A service pack raises the build; any other build is a version that was never released.
  const lacksServicePack = (image.servicePack ?? (build < wantedBuild ? 0 : os.servicePack)) < os.servicePack;
  if (build !== wantedBuild && !(build < wantedBuild && lacksServicePack)) return 'other';
  return lacksServicePack ? 'too-old' : 'same';
}

function isServer({ installationType, productType, editionId }: WindowsImage): boolean {
  if (installationType !== null) return /^server\b/i.test(installationType);
  if (productType !== null) return !/^winnt$/i.test(productType);
  return editionId !== null && /^server/i.test(editionId);
}

/** Its XML says so, or its name does. */
export function isServerCore({ installationType, name, flags }: WindowsImage): boolean {
  return (
    /^server core$/i.test(installationType ?? '') ||
    [name, flags].some((text) => /server\w+core$/i.test(text ?? ''))
  );
}

/** Also Server Core of it, which may have an EditionID of its own. */
export function isEdition({ editionId, name }: WindowsImage, edition: WantedEdition): boolean {
  const same = (text: string, wanted: string): boolean => withoutCore(text) === wanted.toLowerCase();
  if (editionId === null) return same(name, edition.imageName);
  return edition.editionIds.some((wanted) => same(editionId, wanted));
}

function withoutCore(text: string): string {
  return text.toLowerCase().replace(/core$/, '');
}
