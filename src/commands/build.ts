import { Flags } from '@oclif/core';
import { recoverKilledRuns, runBuild } from '../build/index.js';
import {
  BaseCommand,
  builtImageOf,
  checkReportFiles,
  chooseSinks,
  planningFlags,
  planRoles,
  requirePlatform,
  stateFolder,
  writeReportFile,
  type BuildResult,
  type BuiltImage,
} from '../cli/index.js';
import { openStore } from '../images/index.js';
import { junit } from '../report/index.js';
import { twinModelDigest } from '../twin/index.js';
import type { VerifyReport } from '../verify/index.js';

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

  async run(): Promise<BuildResult> {
    const { flags } = await this.parse(Build);
    const { os, role, platform, option, force } = flags;
    const folder = process.cwd();
    const env = process.env;
    await requirePlatform({ folder, platform, os, roles: role });
    await checkReportFiles([flags.junit]);
    const planned = await planRoles({
      flags: { os, role, platform, option },
      packageRoot: this.packageRoot,
      folder,
      env,
      twinModel: twinModelDigest,
    });
    const { signal } = this.interrupted;
    signal.throwIfAborted();
    const { workspace, tools, handWritten, os: catalogOs } = planned;
    const store = openStore(stateFolder({ flag: flags.output, env, workspace, folder }));
    const sink = chooseSinks({ stderr: process.stderr, environment: env, events: flags.events });
    const images: BuiltImage[] = [];
    const reports: VerifyReport[] = [];
    try {
      for (const what of await recoverKilledRuns(store)) {
        sink.event({ at: new Date().toISOString(), type: 'cleaned', what });
      }
      for (const plan of planned.plans) {
        const outcome = await runBuild({
          ...{ plan, os: catalogOs, platform: planned.platform, handWritten, tools, store, force, signal },
          selfCommand: this.selfCommand,
          environment: env,
          version: this.config.version,
          keepOnFailure: flags['keep-on-failure'],
          emit: (event) => {
            sink.event(event);
          },
        });
        if (outcome.report !== null) reports.push(outcome.report);
        if ('error' in outcome) throw outcome.error;
        images.push(builtImageOf(plan, outcome));
      }
    } finally {
      await sink.close();
      for (const { reference } of images) this.log(reference);
      if (reports.length > 0) await writeReportFile(flags.junit, () => junit(reports));
    }
    return { apiVersion: 'lyncimg/v1', kind: 'BuildResult', images };
  }
}
