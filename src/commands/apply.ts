import { chooseNeeds, readyAnsible, runApply, type ApplyEvent, type ChosenNeeds } from '../build/index.js';
import {
  applyFlags,
  applyRequest,
  applyResult,
  assignmentOfRoles,
  BaseCommand,
  confirm,
  filesToApply,
  lookAtMachine,
  openState,
  parseOptionValues,
  planApply,
  readMachine,
  readOneMachine,
  type ApplyEnd,
  type ApplyPlan,
  type ApplyResult,
  type Look,
  type OneMachine,
  type ReachedMachine,
} from '../cli/index.js';
import { fail } from '../errors/index.js';
import { applyEnd, applyEventLine, applyList, verdictTable } from '../report/index.js';
import { kindOf } from '../requirements/index.js';
import { twinModelDigest } from '../twin/index.js';
import type { Assignment } from '../verify/index.js';

type Flags = Awaited<ReturnType<Apply['read']>>['flags'];

/** What is known before anything is changed. */
interface Prepared {
  flags: Flags;
  asked: OneMachine;
  machine: ReachedMachine;
  assignment: Assignment;
  look: Look;
  plan: ApplyPlan;
  chosen: ChosenNeeds;
}

const nothing: ChosenNeeds = { install: [], left: [], mayRestart: false };

export default class Apply extends BaseCommand {
  static override summary = 'Install what a role needs on a machine that runs already.';
  static override description = [
    'The machine is looked at first, as by verify: only what is missing is installed, by Ansible, as in a bake. What is',
    "for its owner to decide is left alone: domain, name, network, hardware; so are WinRM's listener and the password.",
    'What would be done is listed on stderr and asked for; --yes asks nobody. In the end the machine is verified.',
    'The machine fetches the files that it needs from this host over HTTP and checks their SHA-256.',
    'Exit: as verify (0, 1, 4); 0 where the answer was no, 2 wrong input or nobody to ask, 3 a tool or the machine failed.',
  ].join('\n');
  static override examples = [
    "<%= config.bin %> <%= command.id %> --host fe01.lync.example.net --user 'LYNC\\admin' --role front-end",
    '<%= config.bin %> <%= command.id %> --host 10.0.0.15 --user Administrator --ca-file ca.pem --role edge --yes --reboot',
  ];
  static override flags = applyFlags;

  /** Of a run that failed, for --json. */
  #changed: readonly string[] = [];

  async run(): Promise<ApplyResult> {
    const { flags, asked, machine, assignment } = await this.read();
    const look = await this.#look(machine, assignment, flags);
    const { judged } = look.host.os;
    // Another Windows, or one that nobody knows: the verdicts say so.
    if (judged === null) return this.#end({ outcome: 'nothing-to-do', chosen: nothing, look, run: null });
    const { reboot, option } = flags;
    const plan = await planApply({
      ...{ role: asked.role, os: judged, option, packageRoot: this.packageRoot, folder: process.cwd() },
      ...{ env: process.env, twinModel: twinModelDigest, signal: this.interrupted.signal },
    });
    const chosen = chooseNeeds({
      ...{ plan: plan.plan, verdicts: look.role.verdicts, reboot, os: plan.planned.os, kinds: kindOf },
    });
    const { host, restartPending } = look;
    tell(applyList({ host, role: asked.role, chosen, reboot, restartPending, width: width(process.stderr) }));
    if (chosen.install.length === 0) return this.#end({ outcome: 'nothing-to-do', chosen, look, run: null });
    return this.#install({ flags, asked, machine, assignment, look, plan, chosen });
  }

  /** The flags, checked, and how the machine is reached. */
  async read() {
    const { flags } = await this.parse(Apply);
    const asked = readOneMachine(flags);
    const assignment = await assignmentOfRoles({
      packageRoot: this.packageRoot,
      folder: process.cwd(),
      roles: [asked.role],
      os: flags.os,
      options: parseOptionValues(flags.option ?? []),
    });
    const machine = await readMachine({
      ...{ host: asked.host, scheme: flags.scheme, method: flags.auth, user: flags.user },
      ...{ passwordFile: flags['password-file'], caFile: flags['ca-file'] },
      ...{ env: process.env, input: process.stdin, stderr: process.stderr },
      signal: this.interrupted.signal,
    });
    return { flags, asked, machine, assignment };
  }

  #look(
    { address, transport, auth, tls }: ReachedMachine,
    assignment: Assignment,
    flags: Flags,
  ): Promise<Look> {
    return lookAtMachine({
      ...{ address, auth, tls, assignment, scheme: transport.scheme },
      hostTimeoutMs: flags['host-timeout'] * 1000,
      signal: this.interrupted.signal,
    });
  }

  async #install(prepared: Prepared): Promise<ApplyResult> {
    const { flags, asked, machine, assignment, look, plan, chosen } = prepared;
    const { signal } = this.interrupted;
    const { workspace, tools } = plan.planned;
    const folder = process.cwd();
    const name = look.host.host;
    const count = chosen.install.length;
    const canAsk = process.stdin.isTTY;
    if (!flags.yes && !canAsk) throw fail('E_APPLY_UNCONFIRMED', { host: name, count });
    const ansible = await readyAnsible(tools, { method: machine.transport.method, env: process.env });
    const { rehearsal } = look.host;
    const files = await filesToApply({ plan: plan.plan, chosen, folder, rehearsal, signal });
    const question = `Install ${count === 1 ? 'this' : `these ${count}`} on ${name}?`;
    if (!flags.yes && !(await confirm({ question, input: process.stdin, stderr: process.stderr, signal })))
      return this.#end({ outcome: 'declined', chosen, look, run: null });

    for (const message of ansible.warnings) tellEvent({ type: 'warning', message });
    const { address, transport, user, password, tls } = machine;
    const run = await runApply({
      machine: { ...address, name, user, password, authorities: tls.ca ?? null },
      what: applyRequest(plan, chosen, {
        ...{ media: files.items, transport, reboot: flags.reboot },
        restartFirst: look.restartPending === true,
      }),
      ...{ sources: files.sources, serveAt: asked.serveAt, ansible, signal },
      store: await openState({ flag: flags.output, env: process.env, workspace, folder }),
      environment: process.env,
      emit: tellEvent,
    });
    if (run.error !== null) {
      this.#changed = run.changed;
      tell(applyEnd({ ...run, restartPending: null }));
      throw run.error;
    }
    const after = await this.#look(machine, assignment, flags);
    const outcome = run.restartHeldBack === null ? 'applied' : 'restart-needed';
    return this.#end({ outcome, chosen, look: after, run });
  }

  #end(end: ApplyEnd): ApplyResult {
    const { outcome, look, run } = end;
    const result = applyResult(end);
    if (run !== null) tell(applyEnd({ ...run, restartPending: result.restartPending }));
    else if (outcome === 'declined') tell('Nothing was changed.\n');
    if (outcome === 'declined') return result;
    this.log(verdictTable(look.report, { width: width(process.stdout), verbose: false }).trimEnd());
    process.exitCode = look.report.exit;
    return result;
  }

  /** What a run did before it failed must not be lost. */
  protected override toErrorJson(error: unknown): unknown {
    return { ...(super.toErrorJson(error) as object), changed: this.#changed };
  }
}

/** Not the command's own warn: that is silent under --json, and a person wants to know what happens to a machine. */
function tell(text: string): void {
  process.stderr.write(text);
}

function tellEvent(event: ApplyEvent): void {
  const line = applyEventLine(event);
  if (line !== null) tell(`${line}\n`);
}

function width({ columns }: NodeJS.WriteStream): number {
  return columns > 0 ? columns : 100;
}
