// A small cmd.exe: it runs a batch file against a machine that is only a model. What it does not know it throws at.
import { parseLine, type Condition, type Node, type Redirect } from './cmd-syntax.js';

export interface ProgramCall {
  /** As typed, with its quotes. */
  args: string;
  stdin: string;
}

/** What a cmd.exe finds around it. Paths have backslashes. */
export interface Surroundings {
  read(path: string): string | undefined;
  /** False where nothing can be written there, such as to a port that is not there. */
  write(path: string, text: string, append: boolean): boolean;
  exists(path: string): boolean;
  remove(pattern: string): void;
  makeFolder(path: string): void;
  /** Undefined where there is no such program. */
  run(name: string, call: ProgramCall): { stdout?: string; code: number } | undefined;
}

interface Result {
  stdout: string;
  code: number | undefined;
}

class Leave extends Error {
  readonly code: number;
  constructor(code: number) {
    super('EXIT /B outside of a batch file');
    this.code = code;
  }
}
class Jump extends Error {
  readonly label: string;
  constructor(label: string) {
    super('GOTO outside of a batch file');
    this.label = label;
  }
}

interface Frame {
  path: string;
  args: string[];
}

/** Runs a batch file as Windows would start it, and answers its exit code. */
export function runBatch(around: Surroundings, path: string, args: string[] = []): number {
  return new Cmd(around).batch({ path, args });
}

/** `cmd.exe /c TEXT`: what stands between percent signs stays where there is no such variable. */
export function runCommandLine(around: Surroundings, text: string): { stdout: string; code: number } {
  const cmd = new Cmd(around);
  const { stdout, code } = cmd.execute(parseLine(text), '', new Map());
  return { stdout, code: code ?? cmd.errorLevel };
}

/** Splitting a script for each of its lines takes long. */
const linesOfText = new Map<string, string[]>();

class Cmd {
  readonly #around: Surroundings;
  #variables = new Map<string, string>();
  #delayed = false;
  #frame: Frame = { path: '', args: [] };
  errorLevel = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  batch(frame: Frame, from?: string): number {
    const outer = this.#frame;
    const scope = { variables: new Map(this.#variables), delayed: this.#delayed };
    const setlocal = { seen: false };
    this.#frame = frame;
    this.#onSetlocal = () => {
      setlocal.seen = true;
    };
    try {
      this.errorLevel = this.#lines(frame, from);
    } finally {
      this.#frame = outer;
      // The end of a batch file, or of what CALL began, is an ENDLOCAL.
      if (setlocal.seen) {
        this.#variables = scope.variables;
        this.#delayed = scope.delayed;
      }
    }
    return this.errorLevel;
  }
  #onSetlocal: () => void = () => undefined;

  #lines(frame: Frame, from?: string): number {
    let at = from === undefined ? 0 : this.#label(frame, from);
    for (;;) {
      // cmd.exe opens the file anew for each line, by its path.
      const line = this.#text(frame)[at];
      if (line === undefined) return this.errorLevel;
      at += 1;
      if (line.trim() === '' || line.startsWith(':') || /^@?(rem\b|echo off$)/i.test(line)) continue;
      try {
        const { code } = this.execute(parseLine(this.#percent(line)), '', new Map());
        if (code !== undefined) this.errorLevel = code;
      } catch (signal) {
        if (signal instanceof Leave) return signal.code;
        if (!(signal instanceof Jump)) throw signal;
        at = this.#label(frame, signal.label);
      }
    }
  }

  #text({ path }: Frame): string[] {
    const text = this.#around.read(path);
    if (text === undefined) throw new Error(`The batch file cannot be found: ${path}`);
    const known = linesOfText.get(text);
    if (known !== undefined) return known;
    if (/(^|[^\r])\n/.test(text)) throw new Error(`${path} has lines that end with LF alone`);
    const lines = text.split('\r\n').slice(0, -1);
    linesOfText.set(text, lines);
    return lines;
  }

  #label(frame: Frame, label: string): number {
    const at = this.#text(frame).findIndex((line) => line.toLowerCase() === `:${label.toLowerCase()}`);
    if (at < 0) throw new Error(`The system cannot find the batch label specified - ${label}`);
    return at + 1;
  }

  /** The first phase: %%, %~1, %~dp0 and variables. */
  #percent(line: string): string {
    return line.replaceAll(/%%|%~dp0|%~?(\d)|%([^%:]+)%/g, (all, digit?: string, name?: string) => {
      if (all === '%%') return '%';
      if (all === '%~dp0') return this.#frame.path.slice(0, this.#frame.path.lastIndexOf('\\') + 1);
      if (digit !== undefined) {
        const value = this.#frame.args[Number(digit) - 1] ?? '';
        return all.startsWith('%~') ? value.replace(/^"(.*)"$/, '$1') : value;
      }
      return this.#variable(name ?? '');
    });
  }

  #variable(name: string): string {
    const key = name.toUpperCase();
    if (key === 'ERRORLEVEL') return String(this.errorLevel);
    if (key === 'DATE') return '2026-11-27';
    if (key === 'TIME') return ' 9:00:00.00';
    return this.#variables.get(key) ?? '';
  }

  /** What comes in after parsing: FOR variables, then ! !. It is text and nothing else. */
  #late(text: string, loops: ReadonlyMap<string, string>): string {
    let result = text;
    for (const [letter, value] of loops) result = result.replaceAll(`%${letter}`, () => value);
    if (!this.#delayed) return result;
    return result.replaceAll(/!([^!]+)!/g, (_, name: string) => this.#variable(name));
  }

  execute(node: Node, stdin: string, loops: ReadonlyMap<string, string>): Result {
    switch (node.type) {
      case 'simple':
        return this.#redirected(node.redirects, stdin, loops, (input) =>
          this.#command(this.#late(node.text, loops), input),
        );
      case 'block':
        return this.#redirected(node.redirects, stdin, loops, (input) =>
          this.execute(node.body, input, loops),
        );
      case 'if': {
        const holds = this.#holds(node.condition, loops) !== node.not;
        return holds ? this.execute(node.body, stdin, loops) : { stdout: '', code: undefined };
      }
      case 'for':
        return this.#loop(node, loops);
      case 'both': {
        const left = this.execute(node.left, stdin, loops);
        if (node.operator === '|') {
          const right = this.execute(node.right, left.stdout, loops);
          return { stdout: right.stdout, code: right.code ?? 0 };
        }
        if (left.code !== undefined) this.errorLevel = left.code;
        if (node.operator === '&&' && (left.code ?? 0) !== 0) return left;
        const right = this.execute(node.right, stdin, loops);
        return { stdout: left.stdout + right.stdout, code: right.code ?? left.code };
      }
    }
  }

  #redirected(
    redirects: readonly Redirect[],
    stdin: string,
    loops: ReadonlyMap<string, string>,
    run: (stdin: string) => Result,
  ): Result {
    let input = stdin;
    let output: Redirect | undefined;
    for (const redirect of redirects) {
      const target = unquoted(this.#late(redirect.target, loops));
      if (redirect.handle === '0') {
        const text = target.toLowerCase() === 'nul' ? '' : this.#around.read(target);
        // The system cannot find the file specified: the command is not run.
        if (text === undefined) return { stdout: '', code: 1 };
        input = text;
      }
      if (redirect.handle === '1') output = { ...redirect, target };
    }
    if (output === undefined) return run(input);
    const isNul = output.target.toLowerCase() === 'nul';
    // The file is there, and empty, before the command runs.
    if (!isNul && !this.#around.write(output.target, '', output.append)) return { stdout: '', code: 1 };
    const { stdout, code } = run(input);
    if (!isNul) this.#around.write(output.target, stdout, true);
    return { stdout: '', code };
  }

  #holds(condition: Condition, loops: ReadonlyMap<string, string>): boolean {
    if (condition.is === 'equal') {
      const [left, right] = [condition.left, condition.right].map((side) => this.#late(side, loops));
      return condition.ignoreCase ? left?.toLowerCase() === right?.toLowerCase() : left === right;
    }
    const what = this.#late(condition.what, loops);
    if (condition.is === 'exist') return this.#around.exists(unquoted(what));
    if (condition.is === 'defined') return this.#variables.has(what.toUpperCase());
    return this.errorLevel >= Number(what);
  }

  #loop(node: Extract<Node, { type: 'for' }>, outer: ReadonlyMap<string, string>): Result {
    const set = this.#late(node.set, outer);
    const values =
      node.kind === 'words'
        ? set.split(/[\s,;=]+/).filter((word) => word !== '')
        : node.kind === 'numbers'
          ? numbers(set)
          : this.#linesOf(set, node.options);
    let stdout = '';
    for (const value of values) {
      const { stdout: one, code } = this.execute(node.body, '', new Map([...outer, [node.variable, value]]));
      if (code !== undefined) this.errorLevel = code;
      stdout += one;
    }
    return { stdout, code: undefined };
  }

  /** FOR /F: 'command' or "text"; empty lines are left out, and one CR before the end of a line goes with it. */
  #linesOf(set: string, options: string): string[] {
    const command = /^'(.*)'$/.exec(set)?.[1];
    const text = command === undefined ? unquoted(set) : runCommandLine(this.#around, command).stdout;
    const delimiters = /delims=(.*)$/.exec(options)?.[1] ?? ' \t';
    const token = Number(/tokens=(\d)/.exec(options)?.[1] ?? 1);
    return text
      .split('\n')
      .map((line) => line.replace(/\r$/, ''))
      .filter((line) => line.replaceAll('\r', '') !== '' || line === '\r')
      .flatMap((line) => {
        if (delimiters === '') return line;
        const words = line.split(new RegExp(`[${delimiters}]+`)).filter((word, at) => word !== '' || at > 0);
        return words[token - 1] ?? [];
      });
  }

  #command(text: string, stdin: string): Result {
    const match = /^("[^"]*"|[^\s/]+)(.*)$/s.exec(text);
    const name = unquoted(match?.[1] ?? '').toLowerCase();
    const rest = match?.[2] ?? '';
    const args = rest.trim();
    switch (name) {
      case 'echo':
        return { stdout: `${rest.replace(/^\s/, '')}\r\n`, code: undefined };
      case 'rem':
        return { stdout: '', code: undefined };
      case 'set':
        return this.#set(args, stdin);
      case 'setlocal':
        this.#onSetlocal();
        if (/EnableDelayedExpansion/i.test(args)) this.#delayed = true;
        if (/DisableDelayedExpansion/i.test(args)) this.#delayed = false;
        return { stdout: '', code: undefined };
      case 'goto':
        throw new Jump(args.replace(/^:/, ''));
      case 'exit':
        throw new Leave(Number(/^\/b\s*(-?\d+)?$/i.exec(args)?.[1] ?? this.errorLevel));
      case 'call':
        return this.#call(this.#percent(args), stdin);
      case 'type': {
        const content = this.#around.read(unquoted(args));
        return content === undefined ? { stdout: '', code: 1 } : { stdout: content, code: 0 };
      }
      case 'del':
        this.#around.remove(unquoted(args.replace(/^\/q\s+/i, '')));
        return { stdout: '', code: undefined };
      case 'mkdir':
        this.#around.makeFolder(unquoted(args));
        return { stdout: '', code: undefined };
      case 'start':
        return this.#command(args.replace(/^\/wait\s+""\s+/i, ''), stdin);
      default: {
        const result = this.#around.run(name, { args, stdin });
        if (result === undefined) throw new Error(`'${name}' is not recognized as a command`);
        return { stdout: result.stdout ?? '', code: result.code };
      }
    }
  }

  #call(args: string, stdin: string): Result {
    const label = /^:(\S+)\s*(.*)$/s.exec(args);
    if (label !== null) {
      const frame = { path: this.#frame.path, args: words(label[2] ?? '') };
      return { stdout: '', code: this.#inner(() => this.batch(frame, label[1])) };
    }
    const [first = '', ...others] = words(args);
    if (/\.cmd"?$/i.test(first)) {
      const frame = { path: unquoted(first), args: others };
      return { stdout: '', code: this.#inner(() => this.batch(frame)) };
    }
    return this.#command(args, stdin);
  }

  #inner(run: () => number): number {
    const outer = this.#onSetlocal;
    try {
      return run();
    } finally {
      this.#onSetlocal = outer;
    }
  }

  /** In a .cmd file SET that succeeds also clears ERRORLEVEL. SET /P cuts control characters off the end of its line. */
  #set(args: string, stdin: string): Result {
    const prompt = /^\/p\s+"(\w+)="$/i.exec(args);
    if (prompt !== null) {
      const line = /^[^\n]*/.exec(stdin)?.[0] ?? '';
      // eslint-disable-next-line no-control-regex -- that is what SET /P does
      const value = line.slice(0, 1021).replace(/[\x00-\x1f]+$/, '');
      if (value === '') return { stdout: '', code: 1 };
      this.#variables.set((prompt[1] ?? '').toUpperCase(), value);
      return { stdout: '', code: 0 };
    }
    const given = /^"(\w+)=(.*)"$/s.exec(args) ?? /^(\w+)=([^"]*)$/s.exec(args);
    if (given === null) throw new Error(`SET of another form: ${args}`);
    const name = (given[1] ?? '').toUpperCase();
    if (given[2] === '') this.#variables.delete(name);
    else this.#variables.set(name, given[2] ?? '');
    return { stdout: '', code: 0 };
  }
}

function numbers(set: string): string[] {
  const [from = 0, step = 1, to = 0] = set.split(',').map(Number);
  const found: string[] = [];
  for (let at = from; at <= to; at += step) found.push(String(at));
  return found;
}

export function unquoted(text: string): string {
  return text.replaceAll('"', '');
}

/** Arguments of a batch file, each with its quotes. */
function words(text: string): string[] {
  return text.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
}
