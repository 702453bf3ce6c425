// Whether a wanted Windows can be installed from media: everything that speaks against it, at once. Pure.
import { fail } from '../../errors/index.js';
import type { WindowsImage } from '../wim/image.js';
import { editionTellsEvaluation, isEvaluationEdition } from './licence.js';
import { isEdition, isServerCore, standing } from './match.js';
import type { WantedEdition, WantedSystem, WantedWindows, WindowsMedia } from './model.js';
import { foundImages, shown } from './wording.js';

export const findingCodes = [
  'no-image',
  'parts-missing',
  'cut-short',
  'wrong-os',
  'wrong-edition',
  'server-core',
  'architecture',
  'service-pack',
  'evaluation-key',
  'evaluation-unknown',
  'key-asked',
  'sxs-missing',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export interface MediaFinding {
  code: FindingCode;
  /** A warning speaks against nothing that is known for sure. */
  severity: 'error' | 'warning';
  /** Whole sentences, for people. */
  reason: string;
  /** The images on the disc, in words. */
  found: string[];
}

export interface FittingImage {
  index: number;
  name: string;
}

export interface MediaFindings {
  /** No finding is an error. */
  fits: boolean;
  /** What to install; null where it does not fit. */
  image: FittingImage | null;
  findings: MediaFinding[];
}

/** Throws E_WINDOWS_EDITION_UNKNOWN where the operating system has no such edition. */
export function judgeMedia(media: WindowsMedia, wanted: WantedWindows): MediaFindings {
  const edition = requireEdition(wanted.os, wanted.edition);
  const found = foundImages(media.images);
  const findings: MediaFinding[] = [];
  const tell: Tell = (code, reason, severity = 'error') => {
    findings.push({ code, severity, reason, found });
  };
  judgeDisc(media, wanted, tell);
  const image = media.images.length === 0 ? null : chooseImage(media.images, wanted.os, edition, tell);
  if (image !== null) {
    judgeImage(image, wanted.os, tell);
    judgeKey(image, media, wanted, tell);
  }
  const fits = image !== null && findings.every(({ severity }) => severity === 'warning');
  return { fits, image: fits ? { index: image.index, name: image.name } : null, findings };
}

type Tell = (code: FindingCode, reason: string, severity?: MediaFinding['severity']) => void;

export function requireEdition(os: WantedSystem, id: string): WantedEdition {
  const edition = os.editions.find((one) => one.id === id.toLowerCase());
  if (edition !== undefined) return edition;
  const known = os.editions.map((one) => one.id);
  throw fail('E_WINDOWS_EDITION_UNKNOWN', { os: os.title, edition: id, known });
}

function judgeDisc(media: WindowsMedia, { os, netfx3Elsewhere }: WantedWindows, tell: Tell): void {
  const { installImage, images } = media;
  if (installImage === null)
    tell(
      'no-image',
      'It has no sources/install.wim, install.esd or install.swm: nothing could be installed from it.',
    );
  else if (images.length === 0) tell('no-image', `${installImage.path} is empty.`);
  const [missing] = installImage?.missingParts ?? [];
  if (installImage !== null && missing !== undefined)
    tell(
      'parts-missing',
      `${installImage.path} is the first of ${installImage.parts} parts, and ${missing} is not there.`,
    );
  if (media.spanBytes > media.sizeBytes)
    tell(
      'cut-short',
      `Its volume spans ${media.spanBytes} bytes, and the file has ${media.sizeBytes}: its end may be missing.`,
      'warning',
    );
  if (!media.sxs && hasPayloadRemoved(os) && installImage !== null)
    tell(
      'sxs-missing',
      `It has no .NET Framework 3.5 in sources/sxs, and ${os.title} is installed without: the feature could not be added from this disc.`,
      netfx3Elsewhere === true ? 'warning' : 'error',
    );
}

/** From Windows Server 2012 on; 2008 R2 has .NET Framework 3.5 in its image. */
function hasPayloadRemoved({ version }: WantedSystem): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 6 || (major === 6 && minor >= 2);
}

/** The image of that edition as a full installation; null, and why, where there is none. */
function chooseImage(
  images: readonly WindowsImage[],
  os: WantedSystem,
  edition: WantedEdition,
  tell: Tell,
): WindowsImage | null {
  const ofSystem = images.filter((image) => standing(image, os) !== 'other');
  if (ofSystem.length === 0) {
    tell('wrong-os', `${os.title} (${os.version}) is not on it.`);
    return null;
  }
  const ofEdition = ofSystem.filter((image) => isEdition(image, edition));
  if (ofEdition.length === 0) {
    tell('wrong-edition', `${edition.title} is not on it.`);
    return null;
  }
  const full = ofEdition.filter((image) => !isServerCore(image));
  const [best] = full.sort((a, b) => fitness(b, os, edition) - fitness(a, os, edition) || a.index - b.index);
  if (best !== undefined) return best;
  const indexes = ofEdition.map(({ index }) => index).join(', ');
  tell(
    'server-core',
    `${edition.title} is on it as Server Core alone (index ${indexes}), on which Lync Server 2013 is not supported.`,
  );
  return null;
}

/** Of several images of one edition the more fitting one, and the one with the name that Microsoft gave it. */
function fitness(image: WindowsImage, os: WantedSystem, edition: WantedEdition): number {
  return (
    (image.architecture === 'amd64' ? 4 : 0) +
    (standing(image, os) === 'same' ? 2 : 0) +
    (image.name.toLowerCase() === edition.imageName.toLowerCase() ? 1 : 0)
  );
}

function judgeImage(image: WindowsImage, os: WantedSystem, tell: Tell): void {
  const name = `Image ${image.index} (${shown(image.name)})`;
  if (image.architecture !== 'amd64')
    tell(
      'architecture',
      `${name} is for ${image.architecture ?? 'an unknown architecture'}, and Lync Server 2013 needs 64 bits (amd64).`,
    );
  if (standing(image, os) === 'too-old')
    tell(
      'service-pack',
      `${name} has service pack ${image.servicePack ?? 0}, and ${os.title} is supported with service pack ${os.servicePack}.`,
    );
}

function judgeKey(image: WindowsImage, media: WindowsMedia, { key }: WantedWindows, tell: Tell): void {
  if (key === null) return;
  const evaluation = isEvaluationEdition(image) || (editionTellsEvaluation(image) ? false : media.evaluation);
  if (key === 'none') {
    if (evaluation === false && media.volumeLicence !== true)
      tell(
        'key-asked',
        'It is not evaluation media, and not known to be volume licence media: Setup may stop and ask for a product key.',
        'warning',
      );
  } else if (evaluation === true) {
    tell(
      'evaluation-key',
      'It is evaluation media, and there Setup stops at a product key in the answer file: give none.',
    );
  } else if (evaluation === 'unknown') {
    tell(
      'evaluation-unknown',
      'Nothing on it says whether it is evaluation media; if it is, Setup stops at a product key in the answer file.',
      'warning',
    );
  }
}

/** The image to install; throws E_WINDOWS_MEDIA_UNFIT with all that speaks against it. */
export function requireFittingImage(file: string, media: WindowsMedia, wanted: WantedWindows): FittingImage {
  const { image, findings } = judgeMedia(media, wanted);
  if (image !== null) return image;
  const reasons = findings.filter(({ severity }) => severity === 'error').map(({ reason }) => reason);
  const found = foundImages(media.images);
  if (found.length > 0) reasons.push(`On it are: ${found.join('; ')}.`);
  throw fail('E_WINDOWS_MEDIA_UNFIT', {
    file,
    wanted: requireEdition(wanted.os, wanted.edition).title,
    reasons,
  });
}
