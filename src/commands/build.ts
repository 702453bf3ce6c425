import { Flags } from '@oclif/core';
import { recoverKilledRuns, runBuild, type BuildOutcome } from '../build/index.js';
import {
  BaseCommand,
  builtImageOf,
  checkReportFiles,
  chooseSinks,
  machineSetup,
  preflightOf,
  planningFlags,
  planRoles,
  requirePlatform,
  stateFolder,
  writeReportFile,
  type BuildResult,
  type BuiltImage,
} from '../cli/index.js';
import { preflight, problemsOf } from '../doctor/index.js';
import { fail, LyncimgError } from '../errors/index.js';
import { openStore } from '../images/index.js';
import type { Plan } from '../plan/index.js';
import { junit, type JudgedHost, type UnansweredHost } from '../report/index.js';
import { twinModelDigest } from '../twin/index.js';

export default class Build extends BaseCommand {
  static override summary = 'Bake an image of a role: build the layers that are missing, verify each, seal.';
  static override description = [
    'Each link of a role is a layer that is built once and reused. Packer and Ansible run only for layers that are',
    'missing; a layer is kept only if every requirement is met, judged over WinRM before it is shut down.',
    'stdout gets the reference of each image, one a line, and nothing else; progress goes to stderr.',
    'On the platform twin everything runs for real but Windows: the result is a rehearsal, never an image.',
    'Exit: 0 done, 1 the gate found something missing, 2 wrong input, 3 a tool or the guest failed, 4 not everything',
    'could be judged, 130 and 143 interrupted; complete layers are kept in every case.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --os 2012r2',
    '<%= config.bin %> <%= command.id %> --os 2012r2 --role front-end --platform twin',
    '<%= config.bin %> <%= command.id %> --os 2012r2 --junit verdicts.xml --events events.jsonl',
  ];

  static override flags = {
    ...planningFlags,
    output: Flags.string({
      description: "Folder of layers, images and runs; by default LYNCIMG_HOME, then lyncimg.yaml's.",
      helpValue: 'DIR',
    }),
    force: Flags.boolean({ description: 'Build every layer and the image anew.' }),
    'keep-on-failure': Flags.boolean({
      description: 'Leave the guest of a layer that failed running, and say how to reach and how to end it.',
    }),
    events: Flags.string({
      description: 'Write what happens as JSON, one object a line; - is stderr, instead of progress.',
      helpValue: 'FILE|-',
    }),
    junit: Flags.string({ description: "Write the gate's verdicts as JUnit XML.", helpValue: 'FILE' }),
  };

  /** Of the roles that are done; they are told also when a later one fails. */
  readonly #images: BuiltImage[] = [];

  async run(): Promise<BuildResult> {
    const { flags } = await this.parse(Build);
    const { os, role, platform, option, force } = flags;
    const folder = process.cwd();
    const env = process.env;
    await requirePlatform({ folder, platform, os, roles: role });
    await checkReportFiles([flags.junit]);
    const { signal } = this.interrupted;
    const planned = await planRoles({
      flags: { os, role, platform, option },
      packageRoot: this.packageRoot,
      folder,
      env,
      twinModel: twinModelDigest,
      signal,
    });
    signal.throwIfAborted();
    const { workspace, tools, handWritten, mediaFiles, os: catalogOs, machine } = planned;
    const setup = await machineSetup({ planned, env, signal });
    if (setup !== null && flags['keep-on-failure']) throw cannotKeep(planned.platform.name);
    const state = stateFolder({ flag: flags.output, env, workspace, folder });
    const notReady = problemsOf(await preflight(preflightOf(planned, { state, env, signal })));
    if (notReady !== null) throw notReady;
    const store = openStore(state);
    const sink = chooseSinks({ stderr: process.stderr, environment: env, events: flags.events });
    const images = this.#images;
    const suites: (JudgedHost | UnansweredHost)[] = [];
    const startedAt = new Date().toISOString();
    let judged: JudgedHost | null = null;
    try {
      for (const what of await recoverKilledRuns(store)) {
        sink.event({ at: new Date().toISOString(), type: 'cleaned', what });
      }
      for (const plan of planned.plans) {
        const outcome = await runBuild({
          ...{ plan, os: catalogOs, platform: planned.platform, handWritten, mediaFiles, tools },
          ...{ machine: machine.spec, settings: machine.settings, setup },
          ...{ store, force, signal },
          selfCommand: this.selfCommand,
          environment: env,
          version: this.config.version,
          keepOnFailure: flags['keep-on-failure'],
          emit: (event) => {
            sink.event(event);
          },
        });
        if ('error' in outcome) {
          judged = fellShort(outcome);
          throw outcome.error;
        }
        suites.push(outcome.report);
        images.push(builtImageOf(plan, outcome));
      }
    } catch (error) {
      // Without it yesterday's file would stay, and be taken for the verdicts of today.
      const plan = planned.plans[images.length];
      if (plan !== undefined) suites.push(judged ?? notBuilt(plan, error, startedAt));
      throw error;
    } finally {
      await sink.close();
      for (const { reference } of images) this.log(reference);
      await writeReportFile(flags.junit, () => junit(suites));
    }
    return { apiVersion: 'lyncimg/v1', kind: 'BuildResult', images };
  }

  /** The images of the roles before the one that failed are in the store: --json must not lose them. */
  protected override toErrorJson(error: unknown): unknown {
    return { ...(super.toErrorJson(error) as object), images: this.#images };
  }
}

/** A machine that Packer made is Packer's: it is gone when Packer has ended. */
function cannotKeep(platform: string): LyncimgError {
  return fail('E_USAGE', {
    message: `--keep-on-failure keeps a guest that is a child of the build; on ${platform} Packer makes the machine and removes it.`,
    hint: "Leave it out; serial.log in the run's folder says how far first boot came.",
  });
}

/** The verdicts of the gate, where they are why the build failed: a green gate before another failure is none. */
function fellShort({ report }: BuildOutcome): JudgedHost | null {
  if (report === null) return null;
  const { fail, unknown } = report.counts;
  return fail + unknown > 0 ? report : null;
}

/** A role that was not built, as a report can show it: the reason, and each requirement as not checked. */
function notBuilt(plan: Plan, error: unknown, startedAt: string): UnansweredHost {
  const message = error instanceof Error ? error.message : String(error);
  return {
    host: 'build',
    role: plan.role,
    os: plan.os.id,
    error: { code: error instanceof LyncimgError ? error.code : 'E_INTERNAL', message },
    requirements: plan.layers.flatMap(({ requirements }) => requirements),
    startedAt,
    finishedAt: new Date().toISOString(),
  };
}
