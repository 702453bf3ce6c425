import { Flags } from '@oclif/core';
import { BaseCommand, downloadSink, mediaFlags, neededMedia } from '../../cli/index.js';
import { formatError, orThrow } from '../../errors/index.js';
import { defaultLine, fetchFiles, readLock, type FetchedFile } from '../../media/index.js';
import { mediaFetchedText } from '../../report/index.js';

type Fetched = Omit<FetchedFile, 'problem'> & { problem: { code: string; message: string } | null };

export default class MediaFetch extends BaseCommand {
  static override summary =
    'Download the files that a role needs and that are not here, where an address is known.';
  static override description = [
    'Files go to media/ of this folder and are recorded in media.lock.yaml. What broke off is gone on with. A file is kept',
    'only if it has the SHA-256 of the catalogue. No other command downloads anything; a proxy is not used.',
    'Exit: 0 all are here, 1 one has no known address, 2 one was refused here, 3 a server did not give one.',
  ].join('\n');
  static override examples = ['<%= config.bin %> <%= command.id %> --os 2012r2 --role front-end'];
  static override flags = {
    ...mediaFlags,
    'allow-unknown-hash': Flags.boolean({
      description: 'Take files whose SHA-256 nobody says, on the word of the server (https only).',
    }),
  };

  async run(): Promise<{ files: Fetched[] }> {
    const { flags } = await this.parse(MediaFetch);
    const { os, role, option } = flags;
    const folder = process.cwd();
    const needed = await neededMedia({ flags: { os, role, option }, packageRoot: this.packageRoot, folder });
    const files = await fetchFiles({
      wanted: needed.files,
      lock: orThrow(await readLock(folder)),
      allowUnknownHash: flags['allow-unknown-hash'],
      line: defaultLine(process.env),
      now: () => new Date(),
      signal: this.interrupted.signal,
      tell: downloadSink((line) => {
        process.stderr.write(`${line}\n`);
      }),
    });
    if (files.length > 0) this.log(mediaFetchedText(files).trimEnd());
    for (const { problem } of files) if (problem !== null) this.logToStderr(formatError(problem));
    const exit = exitOf(files);
    if (exit > 0) process.exitCode = exit;
    return {
      files: files.map(({ problem, ...file }) => ({
        ...file,
        problem: problem === null ? null : { code: problem.code, message: problem.message },
      })),
    };
  }
}

/** The worst of them. */
function exitOf(files: readonly FetchedFile[]): number {
  const exits = files.map(({ outcome, problem }) => problem?.exitCode ?? (outcome === 'no-address' ? 1 : 0));
  return Math.max(0, ...exits);
}
