// Progress for a terminal: a line a layer with its phase, the Ansible task that runs now, counts and elapsed time.
// listr2 lives here and nowhere else. Two of its habits are switched off: it writes to stdout, which is for results,
// and on SIGINT it ends the process before anybody could clean up.
import type { ListrDefaultRendererLogLevels } from 'listr2';
import type { BuildEvent, EventSink } from '../../build/index.js';
import { describeContact, describeCounts, describeEvent, elapsed, phaseName, short } from './wording.js';

/** One line of the display. Events may come before listr2 has started its task, so the line holds the state. */
class Line {
  readonly name: string;
  title: string;
  output = '';
  startedAt: number | undefined;
  show: () => void = () => undefined;
  readonly done: Promise<void>;
  #ended = false;
  #resolve!: () => void;
  #reject!: (error: Error) => void;

  constructor(name: string) {
    this.name = name;
    this.title = name;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // A line that fails before listr2 looks at it must not count as an unhandled rejection.
    this.done.catch(() => undefined);
  }

  say(title: string, output = ''): void {
    if (this.#ended) return;
    this.title = title;
    this.output = output;
    this.show();
  }

  /** The first end counts. */
  end(title: string, error?: Error): void {
    this.startedAt = undefined;
    this.say(title);
    this.#ended = true;
    if (error === undefined) this.#resolve();
    else this.#reject(error);
  }
}

const imageLine = 'image';

/** @param stderr where to draw; a terminal. */
export function listrSink(stderr: NodeJS.WriteStream): EventSink {
  let display: { lines: Map<string, Line>; run: Promise<unknown> } | undefined;
  const ticking = setInterval(() => {
    for (const line of display?.lines.values() ?? []) if (line.startedAt !== undefined) line.show();
  }, 1000);
  ticking.unref();

  const open = (names: string[]): void => {
    const lines = new Map([...names, imageLine].map((name) => [name, new Line(name)]));
    display = { lines, run: draw([...lines.values()], stderr) };
  };
  const finish = async (): Promise<void> => {
    const ended = display;
    display = undefined;
    // What has not come to its end by now was stopped.
    for (const line of ended?.lines.values() ?? []) line.end(line.title, new Error('stopped'));
    await ended?.run;
  };
  // Words stand above and below the display, never in it: listr2 holds them back until it has ended.
  const write = (lines: string[]): void => {
    for (const line of lines) stderr.write(`${line}\n`);
  };

  // Two displays at once would draw over each other: what comes while one ends waits.
  let ending: Promise<void> | undefined;
  const waiting: BuildEvent[] = [];
  const take = (event: BuildEvent): void => {
    if (event.type === 'build-started') {
      write(describeEvent(event));
      open(event.layers.map(({ name }) => name));
    } else if (event.type === 'build-finished') {
      ending = finish().then(() => {
        ending = undefined;
        write(describeEvent(event));
        takeWaiting();
      });
    } else if (display === undefined || !showOnLine(display.lines, event)) {
      write(describeEvent(event));
    }
  };
  const takeWaiting = (): void => {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      take(event);
      if (ending !== undefined) return;
    }
  };
  return {
    event: (event) => {
      if (ending === undefined) take(event);
      else waiting.push(event);
    },
    close: async () => {
      clearInterval(ticking);
      while (ending !== undefined) await ending;
      await finish();
    },
  };
}

async function draw(lines: Line[], stderr: NodeJS.WriteStream): Promise<unknown> {
  // Loaded here, because every command would otherwise pay for it at its start.
  const { Listr, ListrLogger, ProcessOutput } = await import('listr2');
  const logger = new ListrLogger<ListrDefaultRendererLogLevels>({
    useIcons: true,
    toStderr: [],
    processOutput: new ProcessOutput(stderr, stderr),
  });
  const tasks = lines.map((line) => ({
    title: line.title,
    task: async (_: unknown, task: { title: string; output: string }): Promise<void> => {
      line.show = () => {
        const since = line.startedAt === undefined ? '' : ` ${elapsed(Date.now() - line.startedAt)}`;
        task.title = `${line.title}${since}`;
        // A blank takes the last output away; nothing at all would leave it standing.
        if (line.output !== '' || task.output) task.output = line.output || ' ';
      };
      line.show();
      await line.done;
    },
  }));
  const listr = new Listr(tasks, {
    concurrent: false,
    exitOnError: true,
    registerSignalListeners: false,
    forceTTY: true,
    renderer: 'default',
    rendererOptions: { logger, formatOutput: 'truncate', collapseErrors: false, showErrorMessage: false },
  });
  // The failure itself is told by the command, with its code and hint.
  return listr.run().catch(() => undefined);
}

/** True when the event found its line. */
function showOnLine(lines: Map<string, Line>, event: BuildEvent): boolean {
  const line = lines.get('layer' in event ? event.layer : imageLine);
  if (line === undefined) return false;
  const { name } = line;
  switch (event.type) {
    case 'layer-reused':
      line.end(`${name}: stored already (${short(event.digest)})`);
      return true;
    case 'layer-waiting':
      line.say(`${name}: waiting for ${event.holder}`);
      return true;
    case 'layer-started':
      line.startedAt = Date.parse(event.at);
      line.say(`${name}: building (${event.reason})`);
      return true;
    case 'phase-started':
      line.say(`${name}: ${phaseName(event.phase)}`);
      return true;
    case 'guest-contact':
      line.say(`${name}: ${describeContact(event)}`);
      return true;
    case 'task-started':
      line.say(`${name}: ${phaseName('ansible')} ${event.index}/${event.total}`, event.task);
      return true;
    case 'gate-judged':
      line.say(`${name}: gate ${describeCounts(event.counts)}`);
      return true;
    case 'layer-built':
      line.end(`${name}: built in ${elapsed(event.durationMs)}`);
      return true;
    case 'layer-failed':
      line.end(`${name}: failed (${event.code})`, new Error(event.message));
      return true;
    case 'image-reused':
      line.end(`image: stored already (${event.reference})`);
      return true;
    case 'image-sealed':
      line.end(`image: ${event.reference}`);
      return true;
    case 'tool-started':
    case 'task-finished':
      return true; // in the log file
    case 'warning':
    case 'kept':
    case 'cleaned':
    case 'build-started':
    case 'build-finished':
      return false;
  }
}
