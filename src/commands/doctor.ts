import { Flags } from '@oclif/core';
import { BaseCommand, examinationOf, planningFlags } from '../cli/index.js';
import { examine, type DoctorReport } from '../doctor/index.js';
import { doctorText } from '../report/index.js';

export default class Doctor extends BaseCommand {
  static override summary =
    'Look whether this machine can bake: tools, platform, media, room, and what mends what is amiss.';
  static override description = [
    'It looks at what lyncimg.yaml asks for, or flags; where neither names a platform, at what concerns all of them. What',
    'can be proved is tried out: guests are booted (one sector, under software emulation and under KVM), folders are',
    'written to, ports are reached. Nothing is changed and nothing is left behind. build asks the same, as far as it takes',
    'no time, before it starts.',
    'LYNCIMG_PACKER names the Packer to use in place of the one on PATH.',
    'Exit: 0 nothing stands in the way (warnings and unknowns may be left), 2 wrong input, 3 there is a problem.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --os 2012r2 --platform twin',
    '<%= config.bin %> <%= command.id %> --json',
  ];
  static override flags = {
    ...planningFlags,
    output: Flags.string({
      description: "Folder of layers, images and runs; by default LYNCIMG_HOME, then lyncimg.yaml's.",
      helpValue: 'DIR',
    }),
  };

  async run(): Promise<DoctorReport> {
    const { flags } = await this.parse(Doctor);
    const { os, role, platform, option, output } = flags;
    const report = await examine(
      await examinationOf({
        flags: { os, role, platform, option },
        packageRoot: this.packageRoot,
        folder: process.cwd(),
        env: process.env,
        signal: this.interrupted.signal,
        output,
      }),
    );
    const width = process.stdout.columns > 0 ? process.stdout.columns : 100;
    this.log(doctorText(report, { width }).trimEnd());
    if (!report.usable) process.exitCode = 3;
    return report;
  }
}
