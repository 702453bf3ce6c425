// What every command shares: flags, one door for signals, one door for errors.
import { Command, Errors, Flags } from '@oclif/core';
import { fail, formatError, formatWhere, LyncimgError, ProblemsError } from '../errors/index.js';

export abstract class BaseCommand extends Command {
  static override baseFlags = {
    verbose: Flags.boolean({
      description: 'Show the stack of an error.',
      helpGroup: 'GLOBAL',
    }),
  };
  static override enableJsonFlag = true;

  /** Aborted by SIGINT or SIGTERM; its reason is the error that the command then ends with. */
  protected readonly interrupted = new AbortController();

  override async init(): Promise<void> {
    await super.init();
    // listr2, execa and oclif all have handlers of their own; ours only aborts, and the run ends by its own path.
    process.on('SIGINT', this.#onSigint);
    process.on('SIGTERM', this.#onSigterm);
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
    else process.stderr.write(`${formatError(known)}\n`);
    if (process.argv.includes('--verbose')) process.stderr.write(`${error.stack ?? error.message}\n`);
    throw new Errors.ExitError(known.exitCode);
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    process.off('SIGINT', this.#onSigint);
    process.off('SIGTERM', this.#onSigterm);
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
}

function isAbort(error: Error): boolean {
  return !(error instanceof LyncimgError) || error.code === 'E_INTERRUPTED' || error.code === 'E_TERMINATED';
}

function reasonOf(signal: AbortSignal): LyncimgError {
  return signal.reason as LyncimgError;
}

function asKnown(error: Error): LyncimgError | ProblemsError | Errors.ExitError {
  if (error instanceof LyncimgError || error instanceof ProblemsError || error instanceof Errors.ExitError)
    return error;
  // oclif's own complaints (unknown flag, missing argument) are wrong use, not defects.
  if (error instanceof Errors.CLIError)
    return fail('E_USAGE', { message: error.message }, { cause: undefined });
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
