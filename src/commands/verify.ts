import { Flags } from '@oclif/core';
import {
  BaseCommand,
  checkReportFiles,
  exitCodeOf,
  isAboutHost,
  jsonText,
  parseHostAddress,
  parseOptionValues,
  readAuthorities,
  readPassword,
  subjectOfPlan,
  subjectOfRole,
  unanswered,
  writeReportFile,
} from '../cli/index.js';
import { fail } from '../errors/index.js';
import { junit, verdictTable } from '../report/index.js';
import { kindOf } from '../requirements/index.js';
import { verifyHost, type VerifyReport } from '../verify/index.js';

export default class Verify extends BaseCommand {
  static override summary =
    'Check a machine against what a role needs, over WinRM, without running anything on it.';
  static override description = [
    'Facts are read by WS-Management (WQL and the registry); no PowerShell is started on the machine.',
    'The password comes from LYNCIMG_PASSWORD, --password-file, or a prompt; a refused one is not tried again.',
    'Exit: 0 nothing falls short (warnings included), 1 something does, 4 nothing does but not everything could be',
    'judged, 2 wrong input or a machine of another operating system, 3 the machine could not be asked.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --host fe01.lync.example.net --user Administrator --role front-end',
    '<%= config.bin %> <%= command.id %> --host 127.0.0.1:40123 --ca-file ca.crt --user Administrator --role front-end --os 2012r2 --junit verdicts.xml',
  ];

  static override flags = {
    host: Flags.string({
      required: true,
      description: 'HOST, HOST:PORT or [IPv6]:PORT.',
      helpValue: 'HOST[:PORT]',
    }),
    scheme: Flags.option({ options: ['https', 'http'] as const })({
      default: 'https',
      description: 'How WinRM listens there.',
    }),
    'ca-file': Flags.string({
      description: "PEM of the authorities to trust instead of this system's.",
      helpValue: 'FILE',
    }),
    user: Flags.string({ required: true, description: 'An administrator of the machine.' }),
    'password-file': Flags.string({ description: 'File with the password on one line.', helpValue: 'FILE' }),
    role: Flags.string({
      description: 'What the machine is to be; by default the only role of lyncimg.yaml.',
    }),
    os: Flags.string({
      description: "Which Windows it should be; by default lyncimg.yaml's, else what the machine says.",
    }),
    option: Flags.string({ multiple: true, description: 'An option of the role.', helpValue: 'NAME=VALUE' }),
    plan: Flags.string({
      description: 'Judge by a plan instead of the catalogue: its layers up to --layer.',
      helpValue: 'FILE',
      dependsOn: ['layer'],
      exclusive: ['role', 'os', 'option'],
    }),
    layer: Flags.string({ description: 'The last layer of --plan that counts.', dependsOn: ['plan'] }),
    stage: Flags.option({ options: ['image', 'machine', 'all'] as const })({
      default: 'all',
      description: 'Judge what an image has, what only a deployed machine can have, or both.',
    }),
    gate: Flags.boolean({
      description: 'As in a build: list what only a deployed machine can have, without judging it.',
    }),
    output: Flags.string({ description: 'Write the report as JSON, too.', helpValue: 'FILE' }),
    junit: Flags.string({ description: 'Write the verdicts as JUnit XML, too.', helpValue: 'FILE' }),
    facts: Flags.string({ description: 'Keep what was read of the machine, as JSON.', helpValue: 'FILE' }),
    verbose: Flags.boolean({
      description: 'List what passed, too, and show the stack of an error.',
      helpGroup: 'GLOBAL',
    }),
  };

  async run(): Promise<VerifyReport> {
    const { flags } = await this.parse(Verify);
    const { stage, gate, user, scheme, output } = flags;
    if (gate && stage === 'machine')
      throw fail('E_USAGE', { message: '--gate judges the image; it does not go with --stage machine.' });
    const { signal } = this.interrupted;
    const address = parseHostAddress(flags.host, scheme);
    const subject =
      flags.plan === undefined || flags.layer === undefined
        ? await subjectOfRole({
            packageRoot: this.packageRoot,
            folder: process.cwd(),
            role: flags.role,
            os: flags.os,
            options: parseOptionValues(flags.option ?? []),
          })
        : await subjectOfPlan(flags.plan, flags.layer);
    await checkReportFiles([output, flags.junit, flags.facts]);
    const ca = flags['ca-file'] === undefined ? undefined : await readAuthorities(flags['ca-file']);
    const password = await readPassword({
      user,
      file: flags['password-file'],
      env: process.env,
      input: process.stdin,
      stderr: process.stderr,
      signal,
    });

    const now = (): Date => new Date();
    const startedAt = now().toISOString();
    const connection = { ...address, scheme, user, password, signal, ...(ca !== undefined && { ca }) };
    try {
      const { question } = subject;
      const { report, facts } = await verifyHost({ connection, question, kindOf, stage, gate, now });
      await writeReportFile(output, () => jsonText(report));
      await writeReportFile(flags.facts, () => jsonText(facts));
      await writeReportFile(flags.junit, () => junit([report]));
      const width = process.stdout.columns > 0 ? process.stdout.columns : 100;
      this.log(verdictTable(report, { width, verbose: flags.verbose }).trimEnd());
      process.exitCode = exitCodeOf(report);
      return report;
    } catch (error) {
      // A pipeline that compares sets of tests must not lose this machine's: they are there, as not checked.
      if (!signal.aborted && isAboutHost(error)) {
        const times = { startedAt, finishedAt: now().toISOString() };
        await writeReportFile(flags.junit, () => junit([unanswered(subject, address, error, times)]));
      }
      throw error;
    }
  }
}
