// The state of a machine at rest, in one file. Read as hostile; written whole or not at all; never with a key in it.
import { access, constants, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ZodError } from 'zod';
import { fail } from '../errors/index.js';
import { canonicalJson, writeFileAtomic } from '../util/index.js';
import type { MachineState } from './state.js';
import { stateSchema } from './state-schema.js';

/** 32 MiB of files in base64, and the rest. */
const largestState = 64 * 1024 * 1024;

/** Throws E_TWIN_STATE_MISSING or E_TWIN_STATE_FILE. */
export async function readState(file: string): Promise<MachineState> {
  const status = await stat(file).catch(() => undefined);
  if (status === undefined) throw fail('E_TWIN_STATE_MISSING', { file }, { where: { file } });
  if (!status.isFile() || status.size > largestState) throw wrong(file, 'it is no file of a reasonable size');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw wrong(file, error instanceof Error ? error.message : String(error));
  });
  return parseState(text, file);
}

export function parseState(text: string, file: string): MachineState {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(file, error instanceof Error ? error.message : String(error));
  }
  const parsed = stateSchema.safeParse(value);
  if (!parsed.success) throw wrong(file, firstIssue(parsed.error));
  return parsed.data as MachineState;
}

/** Sorted keys: the same state gives the same bytes. Throws E_TWIN_STATE_WRITE. */
export async function writeState(file: string, state: MachineState): Promise<void> {
  await writeFileAtomic(file, `${canonicalJson(state)}\n`, 0o600).catch((error: unknown) => {
    throw cannotWrite(file, error);
  });
}

/** Asked before a machine runs for an hour. Throws E_TWIN_STATE_WRITE. */
export async function checkWritable(file: string): Promise<void> {
  await access(dirname(resolve(file)), constants.W_OK).catch((error: unknown) => {
    throw cannotWrite(file, error);
  });
}

function cannotWrite(file: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  const reason = code ?? (error instanceof Error ? error.message : String(error));
  return fail('E_TWIN_STATE_WRITE', { file, reason }, { where: { file }, cause: error });
}

export function firstIssue(error: ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  return `${path === '' ? 'the document' : path}: ${issue?.message ?? 'is wrong'}`;
}

function wrong(file: string, reason: string): Error {
  return fail('E_TWIN_STATE_FILE', { file, reason }, { where: { file } });
}
