import {
  askHosts,
  assignmentOfPlan,
  assignmentOfRoles,
  BaseCommand,
  checkReportFiles,
  jsonText,
  parseOptionValues,
  readAuthentication,
  readFacts,
  readHosts,
  readTls,
  tlsWarning,
  verifyFlags,
  winrmPorts,
  writeReportFile,
} from '../cli/index.js';
import { fail, formatError } from '../errors/index.js';
import { junit, progressLine, readinessText, suitesOf, verdictTable } from '../report/index.js';
import { kindOf } from '../requirements/index.js';
import {
  assessHost,
  factsText,
  judgeHost,
  readinessReport,
  verifyReport,
  type Assignment,
  type Collected,
  type HostFacts,
  type JudgeOptions,
  type ReadinessReport,
  type VerifyReport,
} from '../verify/index.js';

type Flags = Awaited<ReturnType<Verify['read']>>;

export default class Verify extends BaseCommand {
  static override summary =
    'Check machines against what a role needs, over WinRM, without running anything on them.';
  static override description = [
    'Facts are read by WS-Management (WQL and the registry); no PowerShell is started on the machine.',
    'Without --role or --plan the answer is what each machine is ready for.',
    'The password comes from LYNCIMG_PASSWORD, --password-file, or a prompt. It is tried on one machine before others',
    'are asked, and a refused one is not tried again.',
    'Exit: 0 nothing falls short (warnings included), 1 something does, 4 nothing does but not everything could be',
    'judged, 2 wrong input, 3 no machine could be asked. Without a role: 0 answered, 4 in part, 3 not at all.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --host fe01.lync.example.net --user Administrator --role front-end',
    "<%= config.bin %> <%= command.id %> --hosts-file pool.txt --user 'LYNC\\audit' --role front-end --junit verdicts.xml",
    '<%= config.bin %> <%= command.id %> --host fe01.lync.example.net --user Administrator --save-facts fe01.jsonl',
    '<%= config.bin %> <%= command.id %> --from fe01.jsonl --role edge --explain',
  ];

  static override flags = verifyFlags;

  async run(): Promise<VerifyReport | ReadinessReport> {
    const flags = await this.read();
    const assignment = await this.#assignment(flags);
    await checkReportFiles([flags.output, flags.junit, flags['save-facts']]);
    const { stage, gate, explain } = flags;
    const judging: JudgeOptions = { kindOf, stage, gate, explain };
    const { hosts, failure } = await this.#facts(flags, assignment, judging);
    await writeReportFile(flags['save-facts'], () => factsText(hosts));

    const width = process.stdout.columns > 0 ? process.stdout.columns : 100;
    const { report, text } = isReadiness(flags)
      ? readiness(hosts, assignment, { judging, width, verbose: flags.verbose })
      : verdicts(hosts, assignment, { judging, width, verbose: flags.verbose });
    await writeReportFile(flags.output, () => jsonText(report));
    await writeReportFile(flags.junit, () => junit('counts' in report ? suitesOf(report) : []));
    process.exitCode = report.exit;
    if (failure === null) this.log(text.trimEnd());
    // One machine that could not be asked: its error, with what to do, says more than a page of unknowns.
    else if (this.jsonEnabled()) process.stderr.write(`${formatError(failure)}\n`);
    else throw failure;
    return report;
  }

  /** The flags, checked for what does not go together. */
  async read() {
    const { flags } = await this.parse(Verify);
    if (flags.gate && flags.stage === 'machine')
      throw wrongUse('--gate judges the image; it does not go with --stage machine.');
    if (flags.from === undefined && flags.host === undefined && flags['hosts-file'] === undefined)
      throw wrongUse('No machine is named: --host, --hosts-file, or --from for facts that were kept.');
    if (isReadiness(flags) && flags.junit !== undefined)
      throw wrongUse('--junit needs a --role: what a machine is ready for is no test.');
    return flags;
  }

  #assignment(flags: Flags): Promise<Assignment> {
    if (flags.plan !== undefined && flags.layer !== undefined)
      return assignmentOfPlan(flags.plan, flags.layer);
    return assignmentOfRoles({
      packageRoot: this.packageRoot,
      folder: process.cwd(),
      roles: flags.role ?? [],
      os: flags.os,
      options: parseOptionValues(flags.option ?? []),
    });
  }

  /** What the machines answered, now or when the facts were kept; and why the only one could not be asked. */
  async #facts(
    flags: Flags,
    assignment: Assignment,
    judging: JudgeOptions,
  ): Promise<{ hosts: HostFacts[]; failure: Collected['failure'] }> {
    if (flags.from !== undefined) return { hosts: await readFacts(flags.from), failure: null };
    const { signal } = this.interrupted;
    const { scheme, concurrency, timeout, jump } = flags;
    const defaultPort = flags.port ?? winrmPorts[scheme];
    const hosts = await readHosts({ hosts: flags.host ?? [], file: flags['hosts-file'], defaultPort });
    const min = flags['tls-min'];
    const tls = await readTls({ caFile: flags['ca-file'], fingerprints: flags.fingerprint, min });
    const warning = scheme === 'https' ? tlsWarning(min) : null;
    if (warning !== null) process.stderr.write(`${warning}\n`);
    const auth = await readAuthentication({
      ...{ method: flags.auth, user: flags.user, passwordFile: flags['password-file'] },
      ...{ cert: flags.cert, key: flags.key },
      ...{ env: process.env, input: process.stdin, stderr: process.stderr, signal },
    });
    const judge = isReadiness(flags) ? assessHost : judgeHost;
    const collected = await askHosts({
      ...{ hosts, scheme, auth, tls, jump, env: process.env, signal, concurrency, assignment, judging },
      hostTimeoutMs: flags['host-timeout'] * 1000,
      timeoutMs: timeout === undefined ? null : timeout * 1000,
      onHost: ({ facts }, done) => {
        if (hosts.length === 1) return;
        const line = progressLine(judge(facts, assignment, judging), { done, total: hosts.length });
        process.stderr.write(`${line}\n`);
      },
    });
    const [only] = collected;
    const isLost = collected.length === 1 && only?.facts.answered === false;
    return { hosts: collected.map(({ facts }) => facts), failure: isLost ? only.failure : null };
  }
}

function isReadiness({ role, plan }: Pick<Flags, 'role' | 'plan'>): boolean {
  return role === undefined && plan === undefined;
}

function verdicts(
  hosts: readonly HostFacts[],
  assignment: Assignment,
  { judging, ...table }: { judging: JudgeOptions; width: number; verbose: boolean },
): { report: VerifyReport; text: string } {
  const report = verifyReport(hosts.map((facts) => judgeHost(facts, assignment, judging)));
  return { report, text: verdictTable(report, table) };
}

function readiness(
  hosts: readonly HostFacts[],
  assignment: Assignment,
  { judging, ...table }: { judging: JudgeOptions; width: number; verbose: boolean },
): { report: ReadinessReport; text: string } {
  const report = readinessReport(hosts.map((facts) => assessHost(facts, assignment, judging)));
  return { report, text: readinessText(report, table) };
}

function wrongUse(message: string): Error {
  return fail('E_USAGE', { message });
}
