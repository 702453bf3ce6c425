// A run: one command that builds. Its folder holds what it rendered, its logs, its secrets while it lasts, and a
// record of who runs it and which children it has, so that the next command can clear up after a kill -9.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fileFailure } from '../errors/index.js';
import { writeFileAtomic, type ProcessIdentity } from '../util/index.js';
import { plainText } from './manifest-schema.js';
import { ownIdentity, ownName } from './owner-name.js';
import { makeFolder } from './store-folder.js';

/** `kept`: left for a look by --keep-on-failure, never cleared up by itself. `ended`: was kept, and then ended. */
export const finishedStates = ['done', 'failed', 'interrupted', 'kept', 'ended', 'abandoned'] as const;
export type FinishedState = (typeof finishedStates)[number];

/** A child of a run, by the group that it leads. */
export interface RunProcess {
  /** `packer`, `twin`, … */
  what: string;
  pgid: number;
  startTime: number | null;
  boot: string | null;
}

export interface RunRecord {
  apiVersion: 'lyncimg/v1';
  kind: 'Run';
  id: string;
  owner: ProcessIdentity;
  state: 'running' | FinishedState;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string | null;
  /** For people: why it failed, how to reach what was kept. */
  note: string | null;
  processes: RunProcess[];
}

export interface Run {
  readonly id: string;
  /** Absolute, 0700. */
  readonly folder: string;
  /** Absolute, 0700: everything secret lies in here, and is deleted when the run finishes. */
  readonly secretsFolder: string;
  /** `LYNCIMG_RUN=<id>`: in the environment of every child of the run, and of nothing else. */
  readonly marker: string;
  readonly record: Readonly<RunRecord>;
  /** Before anything is asked of a child: it is then found again whatever happens to this process. */
  recordProcess(process: RunProcess): Promise<void>;
  /** Records how it ended. The secrets go with it, unless it is kept. */
  finish(state: FinishedState, note?: string): Promise<void>;
  deleteSecrets(): Promise<void>;
}

const recordName = 'run.json';
const identity = z.object({
  pid: z.int().positive(),
  startTime: z.int().nonnegative().nullable(),
  boot: plainText.nullable(),
});

const runSchema = z.object({
  apiVersion: z.literal('lyncimg/v1'),
  kind: z.literal('Run'),
  id: plainText,
  owner: identity,
  state: z.enum(['running', ...finishedStates]),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  note: plainText.nullable(),
  processes: z.array(
    z.object({
      what: plainText,
      // Group 0 and 1 would mean our own and everybody's.
      pgid: z.int().min(2),
      startTime: z.int().nonnegative().nullable(),
      boot: plainText.nullable(),
    }),
  ),
}) satisfies z.ZodType<RunRecord>;

/** Makes the folder of a new run, owned by this process. */
export async function beginRun(runsFolder: string, now: Date): Promise<Run> {
  await makeFolder(runsFolder);
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const id = `${time}-${randomBytes(4).toString('hex')}`;
  const record: RunRecord = {
    apiVersion: 'lyncimg/v1',
    kind: 'Run',
    id,
    owner: ownIdentity(),
    state: 'running',
    startedAt: now.toISOString(),
    finishedAt: null,
    note: null,
    processes: [],
  };
  // Under a name of its own until the record is in it: a folder of a run always says whose it is.
  const temporary = join(runsFolder, `.new-${ownName()}`);
  try {
    await mkdir(join(temporary, 'secrets'), { recursive: true, mode: 0o700 });
    await writeFileAtomic(join(temporary, recordName), recordText(record), 0o600);
    await rename(temporary, join(runsFolder, id));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw fileFailure(error, join(runsFolder, id));
  }
  return runOf(join(runsFolder, id), record);
}

/** Why a record cannot be used: it is damaged, or of a lyncimg that writes another form. */
export type Unreadable = 'damaged' | 'other version';

/** The run in that folder. */
export async function readRun(folder: string): Promise<Run | Unreadable> {
  const path = join(folder, recordName);
  let data: unknown;
  try {
    data = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return 'damaged';
    throw fileFailure(error, path);
  }
  const parsed = runSchema.safeParse(data);
  if (parsed.success) return runOf(folder, parsed.data);
  const version = z.object({ apiVersion: z.string() }).safeParse(data).data?.apiVersion ?? '';
  return version.startsWith('lyncimg/') && version !== 'lyncimg/v1' ? 'other version' : 'damaged';
}

/** Of a folder whose record cannot be read, too. */
export async function deleteSecretsIn(folder: string): Promise<void> {
  await rm(join(folder, 'secrets'), { recursive: true, force: true });
}

function runOf(folder: string, record: RunRecord): Run {
  let written: Promise<void> = Promise.resolve();
  // One write after the other: two children may start at once.
  const write = (): Promise<void> => {
    const text = recordText(record);
    written = written
      .catch(() => undefined)
      .then(() => writeFileAtomic(join(folder, recordName), text, 0o600))
      .catch((error: unknown) => {
        throw fileFailure(error, join(folder, recordName));
      });
    return written;
  };
  const deleteSecrets = (): Promise<void> => deleteSecretsIn(folder);
  return {
    id: record.id,
    folder,
    secretsFolder: join(folder, 'secrets'),
    marker: `LYNCIMG_RUN=${record.id}`,
    record,
    deleteSecrets,
    recordProcess: (process) => {
      record.processes.push(process);
      return write();
    },
    finish: async (state, note) => {
      // First the secrets: on a full disk the record may not be written any more.
      if (state !== 'kept') await deleteSecrets();
      Object.assign(record, { state, finishedAt: new Date().toISOString(), note: note ?? record.note });
      await write();
    },
  };
}

function recordText(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
