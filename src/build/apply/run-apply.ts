// Installs on a machine that has its owner what it lacks: a run with its folder, its log and its record, as a build has
// them. On every way out no child runs, nothing is served and no file with a secret is left.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { legacyProvider } from '../../doctor/index.js';
import { fileFailure } from '../../errors/index.js';
import type { Run, Store } from '../../images/index.js';
import { placeholderText } from '../../media/index.js';
import { renderApply, restartHeldBack, writeRendered, type ApplyRequest } from '../../render/index.js';
import { makeTemporary } from '../run-folders.js';
import { applyEnvironment } from './apply-environment.js';
import type { ApplyEvent } from './apply-events.js';
import { applyFailure } from './apply-failure.js';
import { runAnsible } from './ansible-run.js';
import { addressFacing } from './facing-address.js';
import type { ReadyAnsible } from './ready-ansible.js';
import { serveMedia, type MediaServer, type ServedFile } from './serve-media.js';

/** How the machine is reached; the way is in `what.transport`. */
export interface ApplyMachine {
  /** Without brackets. */
  host: string;
  port: number;
  /** `host:port`, for people. */
  name: string;
  user: string;
  password: string;
  /** PEM; null: the roots that Node brings, by which the machine was looked at. */
  authorities: string | null;
}

export interface ApplyOptions {
  machine: ApplyMachine;
  what: ApplyRequest;
  /** Where the files that are no placeholders lie: path on the disc -> absolute path. */
  sources: ReadonlyMap<string, string>;
  /** Where they are served; null: at the address from which this host reaches the machine. */
  serveAt: { address: string; port: number } | null;
  ansible: ReadyAnsible;
  store: Store;
  /** The environment of lyncimg itself. */
  environment: NodeJS.ProcessEnv;
  /** Ends it; its reason becomes the outcome's error. */
  signal: AbortSignal;
  emit: (event: ApplyEvent) => void;
}

export interface ApplyOutcome {
  run: string;
  /** With log and rendered files. */
  folder: string;
  /** Names of the tasks that changed something on the machine, in order. */
  changed: string[];
  /** The folder on the machine in which the files that were brought still lie; null where none does. */
  filesLeftIn: string | null;
  /** The restart that it ended before, where none was allowed. */
  restartHeldBack: string | null;
  /** Why it did not go well; null where it did. */
  error: Error | null;
}

/** Throws only where no run could be begun (E_STORE_UNSAFE, E_FILE_ACCESS, E_DISK_FULL), or the signal's reason. */
export async function runApply(options: ApplyOptions): Promise<ApplyOutcome> {
  const { store, signal, emit } = options;
  signal.throwIfAborted();
  const run = await store.beginRun();
  emit({ type: 'run-started', run: run.id, folder: run.folder });
  const about = { run: run.id, folder: run.folder };
  const done: Done = { changed: [], filesLeftIn: null };
  try {
    const restart = await inRun(options, run, done);
    await run.finish('done');
    return { ...about, ...done, restartHeldBack: restart, error: null };
  } catch (caught) {
    const error = asError(signal.aborted ? signal.reason : fileFailure(caught, run.folder));
    const note = error.message.replaceAll(/[\s\p{Cc}]+/gu, ' ');
    // A full disk must not hide why it failed: what is secret goes before the record is written.
    await run.finish(signal.aborted ? 'interrupted' : 'failed', note).catch(() => undefined);
    return { ...about, ...done, restartHeldBack: null, error };
  }
}

/** What has happened on the machine so far. */
type Done = Pick<ApplyOutcome, 'changed' | 'filesLeftIn'>;

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}

async function inRun(options: ApplyOptions, run: Run, done: Done): Promise<string | null> {
  const temporary = await makeTemporary(run);
  let server: MediaServer | null = null;
  try {
    server = await serve(options);
    return await install(options, { run, temporary: temporary.path, server, done });
  } finally {
    await server?.close();
    await temporary.remove();
  }
}

async function serve(options: ApplyOptions): Promise<MediaServer | null> {
  const { what, sources, serveAt, machine, signal, emit } = options;
  if (what.media.length === 0) return null;
  const files = new Map(
    what.media.map((item): [string, ServedFile] => {
      const path = sources.get(item.path);
      if (item.origin === 'placeholder') return [item.path, { text: placeholderText(item) }];
      if (path === undefined) throw new Error(`nobody says where ${item.path} lies`);
      return [item.path, { path }];
    }),
  );
  const at = serveAt ?? { address: await addressFacing(machine, signal), port: 0 };
  const server = await serveMedia({ files, ...at });
  emit({ type: 'serving', at: server.at, files: files.size });
  return server;
}

interface Installing {
  run: Run;
  temporary: string;
  server: MediaServer | null;
  done: Done;
}

/** The restart that it ended before; null where it came to its end. */
async function install(options: ApplyOptions, installing: Installing): Promise<string | null> {
  const { machine, what, ansible, signal, emit } = options;
  const { run, server, done } = installing;
  const { files, errands, removal } = renderApply(what);
  const rendered = join(run.folder, 'rendered');
  await writeRendered(files, rendered);
  const reports = join(run.folder, 'reports');
  await mkdir(reports, { mode: 0o700 });
  const log = join(run.folder, 'ansible.log');
  const env = await environmentOf(options, { ...installing, rendered, reports });
  emit({ type: 'ansible-started', log });
  if (removal !== null) done.filesLeftIn = what.platform.mediaDrive;
  const { ended, failedTask } = await runAnsible({
    ansible: ansible.tool.path,
    folder: rendered,
    env,
    log,
    events: join(reports, 'ansible-events.jsonl'),
    secrets: [machine.password, ...(server === null ? [] : [server.secret])],
    signal,
    onStarted: (tool) => run.recordProcess({ what: 'ansible', ...tool.group }),
    onTask: (event) => {
      // It is skipped, or fails by intention, of which the outcome tells.
      if (restartHeldBack(event.task) !== null) return;
      if (event.type === 'task-finished') {
        if (event.status === 'changed' && !errands.has(event.task)) done.changed.push(event.task);
        if (event.task === removal && (event.status === 'changed' || event.status === 'ok'))
          done.filesLeftIn = null;
      }
      emit(event);
    },
  });
  if (ended.exitCode === 0) return null;
  const restart = failedTask?.status === 'failed' ? restartHeldBack(failedTask.name) : null;
  if (restart !== null) return restart;
  throw applyFailure({
    host: machine.name,
    task: failedTask,
    lastLines: ended.tail,
    log,
    folder: run.folder,
    python: ansible.tool.python ?? 'the Python of Ansible',
    media: server,
  });
}

async function environmentOf(
  { machine, what, ansible, environment }: ApplyOptions,
  { run, temporary, server, rendered, reports }: Installing & { rendered: string; reports: string },
): Promise<Record<string, string>> {
  let caFile: string | null = null;
  if (what.transport.scheme === 'https') {
    // A copy: both clients trust the same, whatever becomes of the user's file.
    caFile = join(run.folder, 'trusted.pem');
    await writeFile(caFile, machine.authorities ?? `${rootCertificates.join('\n')}\n`);
  }
  let opensslConfig: string | null = null;
  if (ansible.needsLegacyProvider) {
    opensslConfig = join(run.folder, 'openssl.cnf');
    await writeFile(opensslConfig, `${legacyProvider.join('\n')}\n`);
  }
  const { host, port, user, password } = machine;
  return applyEnvironment({
    ...{ from: environment, run, host, port, user, password, caFile, reports, temporary, opensslConfig },
    ansibleConfig: join(rendered, 'ansible.cfg'),
    mediaUrl: server?.url ?? null,
  });
}
