// Windows media for a person: what is on the disc, which editions of it can be installed, and what speaks against it.
import type { JudgedEdition, MediaCheck } from '../media/index.js';
import { columns } from './columns.js';
import { plainLine } from './plain-characters.js';
import { hanging } from './wrapped.js';

/** Ends with a newline. */
export function windowsMediaText(check: MediaCheck): string {
  const findings = mergedFindings(check.judged).map(findingLines);
  const parts = [discLines(check), imageTable(check), judgedTable(check), ...findings, [conclusion(check)]];
  const told = parts.filter((lines) => lines.length > 0);
  return `${told.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function discLines({ file, media }: MediaCheck): string[] {
  const { label, sizeBytes, installImage, images, sxs } = media;
  const facts = [
    ['label', label === '' ? 'none' : label],
    ['size', bytesText(sizeBytes)],
    ['image', installImage === null ? 'none' : `${installImage.path}, ${bytesText(installImage.sizeBytes)}`],
    ['licence', licenceText(media)],
    ['.NET 3.5', sxs ? 'in sources/sxs' : 'not in sources/sxs'],
  ];
  // Of a disc with no image nobody asks for more.
  const told = images.length === 0 ? facts.slice(0, 3) : facts;
  return [plainLine(file), ...columns(told.map((row) => ['', ...row.map(plainLine)]))];
}

function licenceText({ evaluation, volumeLicence }: MediaCheck['media']): string {
  if (evaluation === true) return 'evaluation: takes no product key';
  const volume = volumeLicence === true ? 'volume licence' : volumeLicence === false ? 'retail or OEM' : null;
  if (evaluation === 'unknown') return `${volume ?? 'nothing on the disc says which'}; perhaps evaluation`;
  return volume ?? 'not evaluation; volume licence or retail';
}

function imageTable({ media }: MediaCheck): string[] {
  const { images } = media;
  if (images.length === 0) return [];
  const rows = images.map((image) => [
    String(image.index),
    image.name,
    image.editionId ?? '-',
    image.installationType ?? '-',
    image.architecture ?? '-',
    image.version ?? '-',
    languagesText(image.languages, image.defaultLanguage),
  ]);
  const head = ['INDEX', 'NAME', 'EDITION ID', 'TYPE', 'FOR', 'VERSION', 'LANGUAGES'];
  return columns([head, ...rows.map((row) => row.map(plainLine))]);
}

function languagesText(languages: readonly string[], first: string | null): string {
  if (languages.length === 0) return first ?? '-';
  const others = languages.filter((language) => language !== first);
  return [...(others.length < languages.length && first !== null ? [first] : []), ...others].join(' ');
}

function judgedTable({ judged }: MediaCheck): string[] {
  if (judged.length === 0) return [];
  const rows = judged.map(({ fits, os, edition, image }) => [
    fits ? 'yes' : 'NO',
    os,
    edition,
    image === null ? '' : `index ${image.index}, ${image.name}`,
  ]);
  return columns([['FITS', 'OS', 'EDITION', 'INSTALLS'], ...rows.map((row) => row.map(plainLine))]);
}

interface Merged {
  finding: JudgedEdition['findings'][number];
  editions: string[];
}

/** What holds for several editions is told once. */
function mergedFindings(judged: readonly JudgedEdition[]): Merged[] {
  const merged = new Map<string, Merged>();
  for (const { os, edition, findings } of judged) {
    for (const finding of findings) {
      const key = `${finding.code} ${finding.reason}`;
      const { editions } = merged.get(key) ?? { editions: [] };
      merged.set(key, { finding, editions: [...editions, `${os} ${edition}`] });
    }
  }
  const all = [...merged.values()];
  const isError = ({ finding }: Merged): boolean => finding.severity === 'error';
  return [...all.filter(isError), ...all.filter((one) => !isError(one))];
}

function findingLines({ finding: { code, severity, reason }, editions }: Merged): string[] {
  const head = severity === 'error' ? code : `warning: ${code}`;
  return [
    `${head} (${plainLine(editions.join(', '))})`,
    ...hanging('', plainLine(reason), { indent: 2, column: 0, width: 100 }),
  ];
}

function conclusion({ asked, fits, judged, media }: MediaCheck): string {
  if (fits) return asked.key === null ? 'It fits. With --key the product key is judged too.' : 'It fits.';
  if (judged.length > 0) return 'It does not fit.';
  if (media.installImage === null) return 'It is no Windows media: there is no install image in sources.';
  return 'It does not fit: no Windows Server that Lync Server 2013 is supported on is on it.';
}

/** As download pages give sizes, so that they can be compared. */
function bytesText(bytes: number): string {
  return `${bytes.toLocaleString('en-GB')} bytes`;
}
