// One command of a shell: gathers stdin, runs, keeps its output until somebody receives it.
import { WsmanFault, type ShellOutput } from '../../wsman/index.js';
import type { Machine } from '../machine.js';
import type { CommandResult } from './result.js';
import type { Recognised } from './scripts/script.js';

/** A client's MaxEnvelopeSize is 153,600: base64 of this much and the envelope around it fit. */
const largestPiece = 96 * 1024;
/** Ansible's largest payload is 0.3 MB; files come in this way too. */
const largestStdin = 64 * 1024 * 1024;

export class RunningCommand {
  private readonly machine: Machine;
  private readonly what: Recognised;
  private stdin: Buffer[] = [];
  private stdinBytes = 0;
  private isStarted = false;
  private isGone = false;
  private output: { stdout: Buffer; stderr: Buffer; exitCode: number } | undefined;
  private defect: { error: unknown } | undefined;
  private readonly waiting = new Set<() => void>();
  private readonly ending = new AbortController();

  constructor(machine: Machine, what: Recognised) {
    this.machine = machine;
    this.what = what;
    if (!what.readsStdin) this.start();
  }

  send(bytes: Buffer, end: boolean): void {
    if (this.isStarted) return;
    this.stdinBytes += bytes.length;
    if (this.stdinBytes > largestStdin) {
      this.isStarted = true;
      this.finish({
        stdout: '',
        stderr: `the twin takes at most ${largestStdin} bytes of input\r\n`,
        exitCode: 1,
      });
      return;
    }
    this.stdin.push(bytes);
    if (end) this.start();
  }

  /** Answers at once when there is something to say. */
  async receive(timeoutMs: number): Promise<ShellOutput> {
    await this.until(timeoutMs);
    // A restart or a Delete in the meantime took the shell away.
    if (this.isGone) throw new WsmanFault('UNEXPECTED_SELECTORS');
    if (this.defect !== undefined) throw this.defect.error;
    if (this.output === undefined)
      return { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), done: false, exitCode: 0 };
    const stdout = this.output.stdout.subarray(0, largestPiece);
    const stderr = this.output.stderr.subarray(0, largestPiece - stdout.length);
    this.output.stdout = this.output.stdout.subarray(stdout.length);
    this.output.stderr = this.output.stderr.subarray(stderr.length);
    const done = this.output.stdout.length === 0 && this.output.stderr.length === 0;
    return { stdout, stderr, done, exitCode: this.output.exitCode };
  }

  /** Ctrl+C: the process ends with STATUS_CONTROL_C_EXIT. */
  interrupt(): void {
    if (this.output !== undefined) return;
    this.isStarted = true;
    this.finish({ stdout: '', stderr: '', exitCode: 0xc000013a });
    this.ending.abort();
  }

  /** The shell or the command is no more. */
  discard(): void {
    this.isGone = true;
    this.stdin = [];
    this.ending.abort();
    this.wake();
  }

  private start(): void {
    this.isStarted = true;
    const stdin = Buffer.concat(this.stdin);
    this.stdin = [];
    void this.run(stdin);
  }

  private async run(stdin: Buffer): Promise<void> {
    try {
      this.finish(await this.what.run(this.machine, stdin, this.ending.signal));
    } catch (error) {
      // Goes to whoever receives: the server makes a fault of it and reports the defect.
      this.defect = { error };
      this.wake();
    }
  }

  private finish({ stdout, stderr, exitCode }: CommandResult): void {
    this.output ??= { stdout: Buffer.from(stdout), stderr: Buffer.from(stderr), exitCode };
    this.wake();
  }

  private wake(): void {
    for (const resume of this.waiting) resume();
    this.waiting.clear();
  }

  private async until(timeoutMs: number): Promise<void> {
    if (this.isGone || this.output !== undefined || this.defect !== undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resume, timeoutMs);
      const { waiting } = this;
      function resume(): void {
        clearTimeout(timer);
        waiting.delete(resume);
        resolve();
      }
      waiting.add(resume);
    });
  }
}
