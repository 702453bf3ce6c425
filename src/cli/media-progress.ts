// Progress of downloads as plain lines, few enough for a log.
import type { DownloadNews } from '../media/index.js';
import { downloadLine } from '../report/index.js';

/** Where no total is known, a line for each of so many bytes. */
const strideBytes = 64 * 1024 * 1024;

/** Tells of every tenth part, of each beginning and of each break. */
export function downloadSink(print: (line: string) => void): (news: DownloadNews) => void {
  let told = 0;
  return (news) => {
    if (news.type === 'progress') {
      const step = stepOf(news.bytes, news.total);
      if (step <= told) return;
      told = step;
    } else if (news.type === 'started') told = stepOf(news.from, news.total);
    print(downloadLine(news));
  };
}

function stepOf(bytes: number, total: number | null): number {
  return total === null || total === 0 ? Math.floor(bytes / strideBytes) : Math.floor((bytes / total) * 10);
}
