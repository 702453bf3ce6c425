// The two streams of the process, which can break at any time: `| head` ends, the disk behind `>` is full, the terminal
// is closed. Node then emits `error` on the stream, and ends the process where nobody listens.

/**
 * From now on a broken stderr is nothing: it carries progress, and telling must not stop the doing. Of a broken stdout
 * `onLost` is told, unless its reader has gone, as `| head` does when it has enough.
 */
export function watchOutputStreams(onLost: (error: Error) => void): void {
  process.stderr.off('error', ignore).on('error', ignore);
  // With its own listener oclif throws whatever is no EPIPE. None is ever taken away again: results that were lost
  // are told of when the command is over.
  process.stdout.removeAllListeners('error').on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') onLost(error);
  });
}

function ignore(): void {
  // The next write is tried again: a full disk may have room by then.
}
