// Media files for a person: what is needed and there, what was added, verified and fetched.
import type {
  AddedFile,
  DownloadNews,
  FetchedFile,
  ListedFile,
  MediaList,
  VerifiedFile,
} from '../media/index.js';
import { columns } from './columns.js';
import { plainLine } from './plain-characters.js';

/** A table, then what is to know of each file that is not there; ends with a newline. */
export function mediaListText({ os, files }: MediaList): string {
  if (files.length === 0) return `Nothing on ${plainLine(os)} needs a file of its own.\n`;
  const rows = files.map(({ state, path, sizeBytes, sha256, title }) => [
    stateWords[state],
    path,
    sizeBytes === null ? '-' : sizeText(sizeBytes),
    sha256 === null ? 'unknown' : 'known',
    title,
  ]);
  const missing = files.filter(({ state }) => state !== 'present');
  const lines = [...table([['STATE', 'PATH', 'SIZE', 'SHA-256', 'WHAT'], ...rows])];
  const notes = files.flatMap(noteLines);
  if (notes.length > 0) lines.push('', ...notes);
  lines.push('', missing.length === 0 ? 'All files are here.' : missingText(missing));
  return `${lines.join('\n')}\n`;
}

const stateWords: Record<ListedFile['state'], string> = {
  present: 'present',
  missing: 'missing',
  'wrong-hash': 'WRONG',
  placeholder: 'placeholder',
};

function missingText(missing: readonly ListedFile[]): string {
  const ways = missing.some(({ url }) => url !== null)
    ? 'lyncimg media fetch downloads those with an address; lyncimg media add FILE records those that you have.'
    : 'lyncimg media add FILE records those that you have.';
  return `${missing.length} not here. ${ways}`;
}

function noteLines({ path, state, problem, published, url, licence }: ListedFile): string[] {
  const facts: [string, string | null][] = [
    ['problem', state === 'missing' && problem?.startsWith('neither') === true ? null : problem],
    ['published', published],
    ['fetch from', url],
    ['licence', licence],
  ];
  const told = facts.flatMap(([label, text]) => (text === null ? [] : [['', label, text]]));
  return told.length === 0 ? [] : [plainLine(path), ...table(told)];
}

/** One line a file; ends with a newline. */
export function mediaAddedText(files: readonly AddedFile[]): string {
  return files
    .map(({ file, path, recognisedBy, hashKnown, outcome }) => {
      const hash = hashKnown ? 'its SHA-256 is right' : 'nobody says what its SHA-256 should be';
      return `${plainLine(`${outcome}: ${path} is ${file} (by ${recognisedBy}; ${hash})`)}\n`;
    })
    .join('');
}

/** One line a file, what is wrong first; ends with a newline. */
export function mediaVerifiedText(files: readonly VerifiedFile[]): string {
  const wrong = files.filter(({ state }) => state !== 'ok');
  const rows = [...wrong, ...files.filter(({ state }) => state === 'ok')].map(
    ({ state, path, location, found }) => [state === 'ok' ? 'ok' : 'WRONG', path, found ?? location],
  );
  return `${table(rows).join('\n')}\n`;
}

/** One line a file; ends with a newline. Problems are told elsewhere. */
export function mediaFetchedText(files: readonly FetchedFile[]): string {
  const rows = files.map(({ outcome, path, sha256, published, problem }) => [
    outcome === 'no-address' ? 'no address' : outcome,
    path,
    sha256 ?? problem?.code ?? (outcome === 'no-address' ? (published ?? 'its publisher is not known') : ''),
  ]);
  return `${table(rows).join('\n')}\n`;
}

/** A line of progress, without its end. */
export function downloadLine(news: DownloadNews): string {
  const path = plainLine(news.path);
  switch (news.type) {
    case 'started': {
      const size = news.total === null ? '' : ` of ${sizeText(news.total)}`;
      return news.from === 0
        ? `${path}: fetching${news.total === null ? '' : ` ${sizeText(news.total)}`}`
        : `${path}: going on at ${sizeText(news.from)}${size}`;
    }
    case 'progress': {
      const share =
        news.total === null || news.total === 0 ? null : Math.floor((news.bytes / news.total) * 100);
      return `${path}: ${share === null ? sizeText(news.bytes) : `${share} %`}`;
    }
    case 'broke-off':
      return plainLine(`${news.path}: broke off (${news.reason}); again in ${news.pauseMs / 1000} s`);
  }
}

/** As file managers and Microsoft's pages count: 1 MB is 1024 kB. */
function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? String(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

function table(rows: readonly string[][]): string[] {
  return columns(rows.map((row) => row.map(plainLine)));
}
