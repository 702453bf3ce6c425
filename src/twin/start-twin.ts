// One run of a twin, from power-on to power-off: state in, key taken, listeners open, state out.
import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fail, fileFailure } from '../errors/index.js';
import { Access, administrator, thumbprint, type AccessKey } from './access.js';
import { readAnswerDisc } from './answer-disc.js';
import { deployed } from './deploy.js';
import type { Deployment } from './deployment-schema.js';
import { openEndpoint } from './endpoint.js';
import { loadFeatures } from './feature-catalogue.js';
import { freshState, hasOwnFirstBoot } from './fresh-state.js';
import { makeOwnKey, stateAtRest, takeDiscKey, takeOwnKey } from './keys.js';
import { ModelledMachine } from './machine-model.js';
import { mediaFolder } from './media.js';
import { modelledOsIds, osModel, type OsModel } from './os.js';
import type { MachineState } from './state.js';
import { checkWritable, readState, writeState } from './state-file.js';
import { hasBootTask } from './tasks.js';
import { traceTo, type Trace } from './trace.js';

export interface StartOptions {
  packageRoot: string;
  /** Null: that of the state. */
  os: string | null;
  /** A new 2008 R2 as Setup leaves it, without what first boot brings. */
  beforeFirstBoot?: boolean;
  /** Read when it is there, written at power-off. Null: nothing is kept. */
  stateFile: string | null;
  /** A state that is read and never written (an image). Excludes stateFile. */
  imageFile: string | null;
  answerFolder: string | null;
  mediaFolder: string | null;
  httpsPort: number;
  httpPort: number;
  /** PEM; null: no client certificate lets anybody in. */
  clientCaFile: string | null;
  as: Deployment | null;
  traceFile: string | null;
  /** LYNCIMG_TWIN_PASSWORD. */
  password: string | undefined;
  onDefect: (error: unknown) => void;
  /** How long things take on the guest; tests are in a hurry. */
  pace?: { restartMs: number; unkeyMs: number };
}

/** The one line that `twin start` prints. */
export interface ReadyLine {
  type: 'twin-ready';
  rehearsal: true;
  pid: number;
  os: string;
  address: '127.0.0.1';
  port: number;
  httpPort: number;
  user: string;
  caFile: string;
  thumbprint: string;
  /** Mode 0600; null when the password was given. */
  passwordFile: string | null;
}

export interface RunningTwin {
  ready: ReadyLine;
  machine: ModelledMachine;
  /** Settles when the machine is off, its state is saved and nothing of the run is left. */
  ended: Promise<{ by: 'guest' | 'host' }>;
  /** The host pulls the plug. */
  switchOff(): void;
}

export async function startTwin(options: StartOptions): Promise<RunningTwin> {
  const { os, state } = await stateToStart(options);
  await checkMedia(options.mediaFolder);
  if (options.stateFile !== null) await checkWritable(options.stateFile);
  const file = options.stateFile ?? options.imageFile ?? 'the state';
  if (options.answerFolder !== null && !hasBootTask(state)) throw fail('E_TWIN_SEALED', { file });
  const clientCa = await clientCaOf(options.clientCaFile);
  const key = await keyOf(options);
  const machine = new ModelledMachine({
    state,
    os,
    catalogue: await loadFeatures(options.packageRoot, os.id),
    media: mediaFolder(options.mediaFolder === null ? null : resolve(options.mediaFolder)),
    ...options.pace,
  });
  const access = new Access();
  const trace = options.traceFile === null ? null : await traceTo(machine, options.traceFile);
  await begin(machine, options.as, trace);
  if (options.answerFolder === null) takeOwnKey(machine);
  else takeDiscKey(machine);
  access.take(key);
  machine.events.on('unkeyed', () => {
    access.forget();
  });
  const off = new Promise<{ by: 'guest' | 'host' }>((done) => {
    machine.events.once('off', done);
  });
  const { httpsPort, httpPort, onDefect } = options;
  const papers = await layOut(key, options.answerFolder).catch(async (error: unknown) => {
    await trace?.close();
    throw error;
  });
  const endpoint = await openEndpoint({
    ...{ machine, access, key, clientCa, httpsPort, httpPort, onDefect },
  }).catch(async (error: unknown) => {
    await papers.remove();
    await trace?.close();
    throw error;
  });
  const ended = off.then(async (how) => {
    await endpoint.close();
    await papers.remove();
    await trace?.close();
    if (options.stateFile !== null) await writeState(options.stateFile, stateAtRest(machine.state));
    return how;
  });
  return {
    ready: {
      type: 'twin-ready',
      rehearsal: true,
      pid: process.pid,
      os: os.id,
      address: '127.0.0.1',
      port: endpoint.httpsPort,
      httpPort: endpoint.httpPort,
      user: administrator,
      caFile: papers.caFile,
      thumbprint: thumbprint(key.cert),
      passwordFile: papers.passwordFile,
    },
    machine,
    ended,
    switchOff: () => {
      machine.switchOff();
    },
  };
}

async function stateToStart(options: StartOptions): Promise<{ os: OsModel; state: MachineState }> {
  const wanted = options.os?.toLowerCase() ?? null;
  const file = options.imageFile ?? options.stateFile;
  const isThere = file !== null && (options.imageFile !== null || (await exists(file)));
  const read = isThere ? await readState(file) : null;
  if (read !== null && wanted !== null && read.os !== wanted)
    throw fail('E_TWIN_OTHER_OS', { file: file ?? '', os: wanted, found: read.os });
  const id = read?.os ?? wanted;
  if (id === null) throw fail('E_TWIN_OS_MISSING', { file: file ?? '', known: [...modelledOsIds] });
  const os = osModel(id);
  if (os === undefined) throw fail('E_TWIN_OS', { os: id, known: [...modelledOsIds] });
  const beforeFirstBoot = options.beforeFirstBoot === true;
  if (beforeFirstBoot && read !== null)
    throw fail('E_TWIN_BEFORE_FIRST_BOOT', {
      reason: `${file ?? ''} is the state of a machine that has run`,
    });
  if (beforeFirstBoot && !hasOwnFirstBoot(os.id))
    throw fail('E_TWIN_BEFORE_FIRST_BOOT', { reason: `first boot brings a ${os.id} machine nothing` });
  const state = read ?? freshState({ os: os.id, now: new Date(), beforeFirstBoot });
  return { os, state: options.as === null ? state : deployed(state, options.as) };
}

/** From here on the trace is open. */
async function begin(machine: ModelledMachine, as: Deployment | null, trace: Trace | null): Promise<void> {
  try {
    machine.switchOn();
    if (as !== null) machine.arrange(as);
  } catch (error) {
    await trace?.close();
    throw error;
  }
}

async function keyOf(options: StartOptions): Promise<AccessKey & { passwordMade: boolean }> {
  const { answerFolder, password } = options;
  if (answerFolder === null) return makeOwnKey(password, new Date());
  return { ...(await readAnswerDisc(answerFolder, password)), passwordMade: false };
}

interface Papers {
  caFile: string;
  passwordFile: string | null;
  remove(): Promise<void>;
}

/** What a person needs to come in by hand, in a folder of its own that goes when the machine goes off. */
async function layOut(
  key: AccessKey & { passwordMade: boolean },
  answerFolder: string | null,
): Promise<Papers> {
  if (answerFolder !== null)
    return { caFile: resolve(answerFolder, 'ca.crt'), passwordFile: null, remove: () => Promise.resolve() };
  const prefix = join(tmpdir(), 'lyncimg-twin-');
  const folder = await mkdtemp(prefix).catch((error: unknown) => {
    throw fileFailure(error, prefix);
  });
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await chmod(folder, 0o700);
    const caFile = join(folder, 'ca.crt');
    await writeFile(caFile, key.ca, { mode: 0o600 });
    const passwordFile = key.passwordMade ? join(folder, 'password') : null;
    if (passwordFile !== null) await writeFile(passwordFile, key.password, { mode: 0o600 });
    return { caFile, passwordFile, remove };
  } catch (error) {
    await remove();
    throw fileFailure(error, folder);
  }
}

async function clientCaOf(file: string | null): Promise<string | null> {
  if (file === null) return null;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fail('E_TWIN_CLIENT_CA', { reason: (error as Error).message }, { where: { file } });
  });
  try {
    new X509Certificate(text);
    return text;
  } catch {
    throw fail('E_TWIN_CLIENT_CA', { reason: 'it holds no certificate in PEM form' }, { where: { file } });
  }
}

async function checkMedia(folder: string | null): Promise<void> {
  if (folder === null) return;
  const status = await stat(folder).catch(() => undefined);
  if (status?.isDirectory() !== true) throw fail('E_TWIN_MEDIA', { folder }, { where: { file: folder } });
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
