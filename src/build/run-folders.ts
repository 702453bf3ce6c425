// Where things lie in a run's folder, and what of it goes when the layer is done.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileFailure } from '../errors/index.js';
import type { Run } from '../images/index.js';
import { layerFolder } from '../render/index.js';

/** The folders and files of one layer's build. */
export interface LayerPlaces {
  /** Logs and reports: stays. */
  folder: string;
  reports: string;
  twinLog: string;
  packerLog: string;
  /** What the guest wrote to its serial port, where the platform's template has it written (platforms/serial-log.ts). */
  serialLog: string;
  ansibleEvents: string;
  gateReport: string;
  /** What Packer says of the machine that it made, for the store. */
  machineNote: string;
  /** Where Packer leaves the machine that it makes: goes to the store, or is of no more use. */
  output: string;
  /** The guest's disk, as it were, where it is a child of the build: goes the same way. */
  state: string;
  media: string;
  /** Below the run's secrets: goes with the layer's key. */
  secrets: string;
  answer: string;
  answerDisc: string;
  /** Of which Packer makes the answer disc, where it does that itself. */
  answerFiles: string;
  caFile: string;
  trustBundle: string;
}

export function layerPlaces(run: Run, index: number, layer: string): LayerPlaces {
  const name = layerFolder(index, layer);
  const folder = join(run.folder, name);
  const reports = join(folder, 'reports');
  const secrets = join(run.secretsFolder, name);
  const answer = join(secrets, 'answer');
  return {
    folder,
    reports,
    twinLog: join(folder, 'twin.log'),
    packerLog: join(folder, 'packer.log'),
    serialLog: join(folder, 'serial.log'),
    ansibleEvents: join(reports, 'ansible-events.jsonl'),
    gateReport: join(reports, `verify-${layer}.json`),
    machineNote: join(folder, 'machine.json'),
    output: join(folder, 'output'),
    state: join(folder, 'state.json'),
    media: join(folder, 'media'),
    secrets,
    answer,
    answerDisc: join(secrets, 'answer.iso'),
    answerFiles: join(secrets, 'answer-files'),
    caFile: join(answer, 'ca.crt'),
    trustBundle: join(secrets, 'trusted.pem'),
  };
}

export async function makeLayerFolders({ folder, reports, media, secrets }: LayerPlaces): Promise<void> {
  try {
    for (const path of [folder, reports, media, secrets]) await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileFailure(error, folder);
  }
}

/**
 * The length that TMPDIR may have. Packer speaks to its plugins over sockets in it (`packer-plugin` and up to ten
 * digits), and Linux takes 107 bytes for the path of a socket (unix(7)).
 */
const longestTemporary = 80;

/**
 * The TMPDIR of a run's children: in the run's folder, where it goes with the run, unless its path would be too long
 * or has something in it that a shell would not take as it is (Packer names its scripts to /bin/sh without quotes).
 * Nothing secret is ever written there.
 */
export async function makeTemporary(run: Run): Promise<{ path: string; remove: () => Promise<void> }> {
  const inside = join(run.folder, 'tmp');
  const fits = Buffer.byteLength(inside) <= longestTemporary && /^[\w/.@%+=:,-]+$/.test(inside);
  let path = inside;
  try {
    if (fits) await mkdir(inside, { mode: 0o700 });
    else path = await mkdtemp(join(tmpdir(), 'lyncimg-'));
  } catch (error) {
    throw fileFailure(error, inside);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
