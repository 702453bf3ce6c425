// Fake tools: executables on a PATH of the test's own. Two sorts: a script that always does the same, and one that
// connects back to the test, which then says what it prints, when it exits and what it starts: exact order, no sleeps.
import { createServer, type Server, type Socket } from 'node:net';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Writes an executable shell script and returns its path. */
export async function scriptTool(folder: string, name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** One run of a controlled tool, as it introduced itself. */
export interface ToolRun {
  readonly pid: number;
  readonly args: string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
  /** Resolves when it was written. */
  print(text: string, stream?: 'stdout' | 'stderr'): Promise<void>;
  /** From now on these signals do nothing. */
  ignore(...signals: NodeJS.Signals[]): Promise<void>;
  /** Starts a process that sleeps in the same group (or in one of its own) and holds the pipe; returns its pid. */
  startGrandchild(options?: { ownGroup?: boolean }): Promise<number>;
  exit(code: number): void;
}

export interface ControlledTool {
  readonly path: string;
  /** The next run that has begun. */
  started(): Promise<ToolRun>;
  /** How often it was started so far. */
  readonly runs: number;
  close(): Promise<void>;
}

/** An executable of that name in the folder, under the test's control. */
export async function controlledTool(folder: string, name: string): Promise<ControlledTool> {
  const socketPath = join(folder, `.${name}.sock`);
  const waiting: ((run: ToolRun) => void)[] = [];
  const begun: ToolRun[] = [];
  const sockets = new Set<Socket>();
  let runs = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A tool that is killed resets the connection; that is no failure of the test.
    socket.on('error', () => undefined);
    serve(socket, (run) => {
      runs += 1;
      const next = waiting.shift();
      if (next === undefined) begun.push(run);
      else next(run);
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const main = new URL('controlled-tool.js', import.meta.url).pathname;
  const path = await scriptTool(folder, name, `exec "${process.execPath}" "${main}" "${socketPath}" "$@"`);
  return {
    path,
    get runs() {
      return runs;
    },
    started: () =>
      new Promise((resolve) => {
        const run = begun.shift();
        if (run === undefined) waiting.push(resolve);
        else resolve(run);
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function serve(socket: Socket, begin: (run: ToolRun) => void): void {
  const answers: ((answer: { pid?: number }) => void)[] = [];
  let introduced = false;
  // A tool that is killed by what it was told to print answers no more: whoever waits for it goes on.
  socket.on('close', () => {
    for (const answer of answers.splice(0)) answer({});
  });
  createInterface({ input: socket }).on('line', (line) => {
    if (introduced) {
      answers.shift()?.(JSON.parse(line) as { pid?: number });
      return;
    }
    introduced = true;
    const hello = JSON.parse(line) as Pick<ToolRun, 'pid' | 'args' | 'env' | 'cwd'>;
    const ask = (command: object): Promise<{ pid?: number }> =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve({});
        else answers.push(resolve);
        socket.write(`${JSON.stringify(command)}\n`);
      });
    begin({
      ...hello,
      print: async (text, stream = 'stdout') => {
        await ask({ do: 'print', text, stream });
      },
      ignore: async (...signals) => {
        await ask({ do: 'ignore', signals });
      },
      startGrandchild: async (options = {}) => (await ask({ do: 'grandchild', ...options })).pid!,
      exit: (code) => void socket.write(`${JSON.stringify({ do: 'exit', code })}\n`),
    });
  });
}
