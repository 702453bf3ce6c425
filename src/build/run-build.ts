// The build of one plan: its layers from the bottom up, then the image. The run's record is opened first and closed
// last; on every way out no child runs and no secret is left, unless a guest is kept on purpose.
import type { InspectedTools } from '../doctor/index.js';
import { fileFailure } from '../errors/index.js';
import type { Run, Store } from '../images/index.js';
import { checkMediaDisc } from '../media/index.js';
import type { Plan } from '../plan/index.js';
import type { MachineSpec, Platform, PlatformSettings } from '../platforms/index.js';
import { renderPlan, type HandWritten } from '../render/index.js';
import { selfEnvironment } from './child-environment.js';
import { buildChain, type ChainResult } from './chain.js';
import { makeCredentials } from './credentials.js';
import type { BuildEvent, Happening } from './events.js';
import type { GateReport } from './gate.js';
import type { MachineSetup } from './machine-setup.js';
import { makeTemporary } from './run-folders.js';
import { openWorkbench, type Workbench } from './workbench.js';

export interface BuildOptions {
  plan: Plan;
  /** The plan's operating system, with its catalogue of features. */
  os: Parameters<typeof renderPlan>[0]['catalogOs'];
  platform: Platform;
  machine: MachineSpec;
  settings: PlatformSettings;
  /** Null where no machine is made: the guest is a child of the build. */
  setup: MachineSetup | null;
  handWritten: HandWritten;
  /** Where the plan's media lie that are no placeholders: path on the disc -> absolute path. */
  mediaFiles: ReadonlyMap<string, string>;
  tools: InspectedTools;
  store: Store;
  /** Program and first arguments with which a child starts this same lyncimg. */
  selfCommand: string[];
  /** The environment of lyncimg itself; children get a built one. */
  environment: NodeJS.ProcessEnv;
  /** Of lyncimg, for manifests. */
  version: string;
  /** Builds every layer and the image anew. */
  force: boolean;
  /** Leaves the guest of a layer that failed running. */
  keepOnFailure: boolean;
  /** Ends the build within ten seconds; its reason becomes the outcome's error. */
  signal: AbortSignal;
  emit: (event: BuildEvent) => void;
  now?: () => Date;
  /** Makes the key of each layer; generating RSA keys takes a fifth of a second that tests save. */
  credentials?: typeof makeCredentials;
}

interface BuildEnd {
  run: string;
  /** With logs and reports. */
  folder: string;
  rehearsal: boolean;
  durationMs: number;
}

/** How it ended, as a value: a caller has things to write in either case. */
export type BuildOutcome = BuildEnd &
  (
    | ({ outcome: 'built' | 'reused' } & ChainResult)
    /** The report is that of the layer that failed, where its gate had judged. */
    | { outcome: 'failed' | 'interrupted'; error: unknown; report: GateReport | null }
  );

/** Throws only where no run could be begun (E_STORE_UNSAFE, E_FILE_ACCESS, E_DISK_FULL). */
export async function runBuild(options: BuildOptions): Promise<BuildOutcome> {
  const { plan, platform, store, signal, emit, now = () => new Date() } = options;
  const { rehearsal } = platform;
  const startedAt = now().getTime();
  let verdicts: GateReport | null = null;
  const tell = (happening: Happening): void => {
    // A layer that is done has nothing to say of the failure of what comes after it.
    if (happening.type === 'layer-built') verdicts = null;
    emit({ at: now().toISOString(), ...happening });
  };
  signal.throwIfAborted();
  const run = await store.beginRun();
  const layers = plan.layers.map(({ name, digest }) => ({ name, digest }));
  const about = { role: plan.role, os: plan.os.id, platform: platform.name, rehearsal };
  tell({ type: 'build-started', run: run.id, folder: run.folder, ...about, layers });

  const onVerdicts = (layer: string, report: GateReport): void => {
    verdicts = report;
    tell({ type: 'gate-judged', layer, counts: report.counts });
  };
  const end = (outcome: BuildOutcome['outcome'], reference: string | null): BuildEnd => {
    const durationMs = now().getTime() - startedAt;
    tell({ type: 'build-finished', outcome, rehearsal, reference, durationMs });
    return { run: run.id, folder: run.folder, rehearsal, durationMs };
  };
  try {
    const result = await inRun({ options, run, tell, now, onVerdicts });
    await run.finish('done');
    const outcome = result.image === 'reused' && result.layers.every(isReused) ? 'reused' : 'built';
    return { ...end(outcome, result.reference), outcome, ...result };
  } catch (caught) {
    const outcome = signal.aborted ? 'interrupted' : 'failed';
    const error: unknown = signal.aborted ? signal.reason : fileFailure(caught, run.folder);
    await closeFailedRun(run, outcome, error);
    return { ...end(outcome, null), outcome, error, report: verdicts };
  }
}

interface InRun {
  options: BuildOptions;
  run: Run;
  tell: (happening: Happening) => void;
  now: () => Date;
  onVerdicts: (layer: string, report: GateReport) => void;
}

async function inRun({ options, run, tell, now, onVerdicts }: InRun): Promise<ChainResult> {
  const { plan, os: catalogOs, platform, handWritten, environment, tools: inspected } = options;
  const temporary = await makeTemporary(run);
  let workbench: Promise<Workbench> | undefined;
  const openOnce = (): Promise<Workbench> =>
    (workbench ??= openWorkbench({
      ...{ inspected, environment, tell, runFolder: run.folder },
      files: () =>
        renderPlan({
          plan,
          catalogOs,
          platform,
          machine: options.machine,
          settings: options.settings,
          handWritten,
          packerVersion: inspected.packer?.version ?? null,
        }),
    }));
  try {
    if (options.setup !== null) await checkDiscs(plan, run, temporary.path, environment);
    const { setup, mediaFiles, store, selfCommand, version, force, keepOnFailure, signal } = options;
    return await buildChain(
      {
        ...{ plan, platform, store, run, selfCommand, environment, version, force, keepOnFailure, signal },
        ...{ setup, mediaFiles, temporary: temporary.path, tell, now, workbench: openOnce },
        makeCredentials: options.credentials ?? makeCredentials,
      },
      onVerdicts,
    );
  } finally {
    await temporary.remove();
  }
}

/** What no disc can hold is said before the first machine is made, not after the layers below were baked for hours. */
async function checkDiscs(
  { layers }: Plan,
  { marker }: Run,
  temporary: string,
  from: NodeJS.ProcessEnv,
): Promise<void> {
  const env = selfEnvironment({ from, marker, temporary });
  for (const { media } of layers) await checkMediaDisc({ items: media, env });
}

function isReused({ status }: { status: 'built' | 'reused' }): boolean {
  return status === 'reused';
}

/** A full disk must not hide why the build failed: the secrets are gone by then, and the record may stay open. */
async function closeFailedRun(run: Run, outcome: 'failed' | 'interrupted', error: unknown): Promise<void> {
  if (run.record.state === 'kept') return;
  const note = (error instanceof Error ? error.message : String(error)).replaceAll(/[\s\p{Cc}]+/gu, ' ');
  await run.finish(outcome, note).catch(() => undefined);
}
