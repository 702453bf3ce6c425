// Which licence the media is for: evaluation, volume or retail. Nothing on it says so in one place.
//
// Windows Server 2012 and later: the EditionID of evaluation media ends in Eval, which settles it (wimlib's listing of
// the 2012 R2 evaluation WIM, published with several deployment scripts; the image names are the same on both).
//
// 2008 R2 has the same EditionIDs on all media. What is left is
// - `sources/ei.cfg`. Microsoft's page "Windows Setup Edition Configuration and Product ID Files" has OEM and Retail as
//   channels and 0 or 1 below [VL]; published deployment scripts tell volume media by the channel Volume. A channel
//   called Eval is on no page that could be found, and is taken at its word.
// - the label: GRMSXVOL, GRMSXFRER (osinfo-db of the libosinfo project); GRMSXEVAL is what Microsoft's download of the
//   evaluation is called by, as it calls the others by their labels. Of later ones X64FREV is volume (osinfo-db).
// Whoever makes an ISO anew may give it any label; where nothing speaks, the answer is `unknown`.
import type { WindowsImage } from '../wim/image.js';
import type { WindowsMedia } from './model.js';

export interface EditionConfig {
  /** In lower case; '' where it is not given. */
  channel: string;
  volumeLicence: boolean | null;
}

/** `ei.cfg`: a section, and its value on the next line that is not empty. */
export function parseEditionConfig(text: string): EditionConfig {
  const lines = text
    .split(/\r\n?|\n/)
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '');
  const valueOf = (section: string): string => {
    const at = lines.indexOf(`[${section}]`);
    const value = at === -1 ? '' : (lines[at + 1] ?? '');
    return value.startsWith('[') ? '' : value;
  };
  const volume = valueOf('vl');
  return {
    channel: valueOf('channel'),
    volumeLicence: volume === '1' ? true : volume === '0' ? false : null,
  };
}

export function isEvaluationEdition({ editionId }: WindowsImage): boolean {
  return editionId !== null && /eval$/i.test(editionId);
}

/** True where EditionIDs of its Windows say whether it is for evaluation: from 6.2 on. */
export function editionTellsEvaluation({ editionId, version }: WindowsImage): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return editionId !== null && (major > 6 || (major === 6 && minor >= 2));
}

export function licenceOf(given: {
  images: readonly WindowsImage[];
  label: string;
  /** Null where there is no ei.cfg. */
  config: EditionConfig | null;
}): Pick<WindowsMedia, 'evaluation' | 'volumeLicence'> {
  const evaluation = evaluationOf(given);
  return { evaluation, volumeLicence: evaluation === true ? false : volumeLicenceOf(given) };
}

type Given = Parameters<typeof licenceOf>[0];

function evaluationOf({ images, label, config }: Given): WindowsMedia['evaluation'] {
  const evaluations = images.filter(isEvaluationEdition);
  if (evaluations.length > 0) return evaluations.length === images.length ? true : 'unknown';
  if (images.length > 0 && images.every(editionTellsEvaluation)) return false;
  if (config?.channel.startsWith('eval') === true || /^GRMSXEVAL/i.test(label)) return true;
  if (config?.volumeLicence === true || /^(GRMSXVOL|GRMSXFRER)/i.test(label)) return false;
  return 'unknown';
}

function volumeLicenceOf({ label, config }: Given): WindowsMedia['volumeLicence'] {
  if (config?.volumeLicence === true || config?.channel === 'volume') return true;
  if (config?.volumeLicence === false || config?.channel === 'retail' || config?.channel === 'oem')
    return false;
  if (/^GRMSXVOL|_X64FREV_/i.test(label)) return true;
  if (/^GRMSXFRER|_X64FRE_/i.test(label)) return false;
  return 'unknown';
}
