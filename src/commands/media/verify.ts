import { BaseCommand } from '../../cli/index.js';
import { orThrow } from '../../errors/index.js';
import { readLock, verifyLock, type VerifiedFile } from '../../media/index.js';
import { mediaVerifiedText } from '../../report/index.js';

export default class MediaVerify extends BaseCommand {
  static override summary =
    'Check every file of media.lock.yaml: that it is there, its size and its SHA-256.';
  static override description =
    'Exit: 0 all are what the lock says, 1 at least one is not, 2 the lock cannot be read.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<{ files: VerifiedFile[] }> {
    await this.parse(MediaVerify);
    const lock = orThrow(await readLock(process.cwd()));
    const files = await verifyLock(lock, this.interrupted.signal);
    if (files.length === 0) this.logToStderr('media.lock.yaml names no file. lyncimg media add FILE does.');
    else this.log(mediaVerifiedText(files).trimEnd());
    if (files.some(({ state }) => state !== 'ok')) process.exitCode = 1;
    return { files };
  }
}
