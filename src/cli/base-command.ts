// What every command shares: flags, one door for signals, one door for errors.
import { Command, Errors, Flags } from '@oclif/core';
import { fail, formatError, formatWhere, LyncimgError, ProblemsError } from '../errors/index.js';
import { watchOutputStreams } from './output-streams.js';
import { usageMessage } from './usage-message.js';

export abstract class BaseCommand extends Command {
  static override baseFlags = {
    verbose: Flags.boolean({
      description: 'Show the stack of an error.',
      helpGroup: 'GLOBAL',
    }),
  };
  static override enableJsonFlag = true;

  /**
   * Aborted by a signal, or by what makes going on senseless (stdout lost, a stray exception); its reason is the error
   * that the command then ends with.
   */
  protected readonly interrupted = new AbortController();
  /** What ended the command from outside its own course. */
  #broken: LyncimgError | undefined;

  override async init(): Promise<void> {
    await super.init();
    // listr2, execa and oclif all have handlers of their own; ours only aborts, and the run ends by its own path.
    process.on('SIGINT', this.#onSigint);
    process.on('SIGTERM', this.#onSigterm);
    process.on('SIGHUP', this.#onSighup);
    process.on('uncaughtException', this.#onStray);
    watchOutputStreams((cause) => {
      this.#break(fail('E_OUTPUT_STREAM', { reason: cause.message }));
    });
  }

  /** The folder of the installed package: `catalog/`, `playbooks/` and `packer/` lie in it. */
  protected get packageRoot(): string {
    return this.config.root;
  }

  /** How a child process starts this same lyncimg: program and first arguments. */
  protected get selfCommand(): string[] {
    return [process.execPath, ...process.execArgv, process.argv[1] ?? ''];
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- oclif's signature; a throw must become a rejection
  protected override async catch(error: Error): Promise<never> {
    const known =
      this.interrupted.signal.aborted && isAbort(error) ? reasonOf(this.interrupted.signal) : asKnown(error);
    if (known instanceof Errors.ExitError) throw known;
    if (this.jsonEnabled()) this.logJson(this.toErrorJson(known));
    // What broke the command is told at the exit, once, whichever way the command gets there.
    if (known === this.#broken) throw new Errors.ExitError(known.exitCode);
    if (!this.jsonEnabled()) process.stderr.write(`${formatError(known)}\n`);
    if (process.argv.includes('--verbose')) process.stderr.write(`${error.stack ?? error.message}\n`);
    throw new Errors.ExitError(known.exitCode);
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    process.off('SIGINT', this.#onSigint);
    process.off('SIGTERM', this.#onSigterm);
    process.off('SIGHUP', this.#onSighup);
    process.off('uncaughtException', this.#onStray);
    await super.finally(error);
  }

  protected override toErrorJson(error: unknown): unknown {
    if (error instanceof ProblemsError) return { error: { problems: error.problems.map(errorData) } };
    return { error: errorData(error as LyncimgError) };
  }

  readonly #onSigint = (): void => {
    this.interrupted.abort(fail('E_INTERRUPTED', { state: 'What was complete is kept.' }));
  };

  readonly #onSigterm = (): void => {
    this.interrupted.abort(fail('E_TERMINATED', { state: 'What was complete is kept.' }));
  };

  readonly #onSighup = (): void => {
    const state = 'The terminal was closed (SIGHUP). What was complete is kept.';
    this.interrupted.abort(fail('E_TERMINATED', { state }));
  };

  readonly #onStray = (error: Error): void => {
    this.#break(fail('E_INTERNAL', { message: error.message }, { cause: error.cause }), error);
  };

  /**
   * Ends the command by its own path, so that it cleans up. Told when the process exits: the command may return as if
   * nothing had happened, or never come to its end; and a live display would draw over it.
   */
  #break(reason: LyncimgError, stray?: Error): void {
    // Lost results are of no interest to a command that is being ended; a defect always is.
    if (this.#broken !== undefined || (this.interrupted.signal.aborted && stray === undefined)) return;
    this.#broken = reason;
    process.exitCode = reason.exitCode;
    process.once('exit', () => {
      process.stderr.write(`${formatError(reason)}\n`);
      if (stray !== undefined && process.argv.includes('--verbose')) process.stderr.write(`${stray.stack}\n`);
    });
    this.interrupted.abort(reason);
  }
}

const endedFromOutside = new Set(['E_INTERRUPTED', 'E_TERMINATED', 'E_OUTPUT_STREAM', 'E_INTERNAL']);

function isAbort(error: Error): boolean {
  return !(error instanceof LyncimgError) || endedFromOutside.has(error.code);
}

function reasonOf(signal: AbortSignal): LyncimgError {
  return signal.reason as LyncimgError;
}

function asKnown(error: Error): LyncimgError | ProblemsError | Errors.ExitError {
  if (error instanceof LyncimgError || error instanceof ProblemsError || error instanceof Errors.ExitError)
    return error;
  // oclif's own complaints (unknown flag, missing argument) are wrong use, not defects.
  if (error instanceof Errors.CLIError)
    return fail('E_USAGE', { message: usageMessage(error.message), hint: 'Run the command with --help.' });
  return fail('E_INTERNAL', { message: error.message }, { cause: error.cause });
}

function errorData(error: LyncimgError): Record<string, unknown> {
  return {
    code: error.code,
    message: error.message,
    where: error.where === undefined ? null : formatWhere(error.where),
    suggestions: error.suggestions,
    exitCode: error.exitCode,
  };
}
