// A build under the test's control: real plan, store, rendering and protocol, but `packer` and `lyncimg twin` are
// programs that ask the test what to do. Exact order, no sleeps, no real tools.
import { afterEach, before, beforeEach } from 'mocha';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runBuild, type BuildEvent, type BuildOptions, type BuildOutcome } from '../../src/build/index.js';
import { makeCredentials, makePassword, type Credentials } from '../../src/build/credentials.js';
import { loadCatalog } from '../../src/catalog/index.js';
import type { InspectedTools } from '../../src/doctor/index.js';
import { orThrow } from '../../src/errors/index.js';
import { openStore, type Store } from '../../src/images/index.js';
import { placeholderItem } from '../../src/media/index.js';
import { makePlan, mediaOf, selectRequirements, type Plan } from '../../src/plan/index.js';
import { platformOf, settingsOf } from '../../src/platforms/index.js';
import { contentDigest, readHandWritten, type HandWritten } from '../../src/render/index.js';
import type { OsModel } from '../../src/requirements/index.js';
import type { Verdict } from '../../src/verify/index.js';
import { createWsmanServer, WsmanFault, type WsmanServer } from '../../src/wsman/index.js';
import { controlledTool, type ControlledTool, type ToolRun } from '../helpers/fake-tool.js';
import { passwordSchemes } from '../helpers/password-schemes.js';
import { packageRoot } from '../helpers/real-plan.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { machineOf } from '../platforms/asked-of.js';
import { report, verdict } from '../report/fixtures.js';

export interface FakeGuest {
  run: ToolRun;
  port: number;
  password: string;
  /** User names that were tried, one an attempt. */
  attempts: string[];
  /** Writes its state, closes its ports and ends, as the twin does. */
  end(how?: { access?: string; offBy?: string; exitCode?: number; state?: string | null }): Promise<void>;
}

export interface FakePacker {
  run: ToolRun;
  /** What Ansible's callback plugin would append. */
  tellTask(event: object): Promise<void>;
  /** What the gate would leave. */
  judge(verdicts: Verdict[], more?: { host?: string }): Promise<void>;
}

export interface Rig {
  readonly folder: string;
  readonly store: Store;
  readonly events: BuildEvent[];
  readonly plan: Plan;
  readonly tools: InspectedTools;
  readonly lyncimg: ControlledTool;
  readonly packer: ControlledTool;
  readonly interrupt: AbortController;
  build(options?: Partial<BuildOptions>): Promise<BuildOutcome>;
  /** The plan of another role of the catalogue. */
  planOf(role: string): Plan;
  /** Answers the next `lyncimg twin start`. */
  guest(how?: { vendor?: string; ready?: (line: object) => object; password?: string }): Promise<FakeGuest>;
  /** Answers the next `packer build`. */
  bakes(): Promise<FakePacker>;
  /** Answers everything that one layer needs, so that it is built. */
  layerIsBuilt(): Promise<{ guest: FakeGuest; packer: FakePacker }>;
  /** Answers the next `lyncimg twin seal`. */
  seals(how?: { access?: string; exitCode?: number }): Promise<ToolRun>;
  typesOf(): string[];
}

export const passed = [verdict('feature/NET-Framework-Core', 'pass'), verdict('hotfix/KB2919355', 'warn')];

/** Call it inside `describe`. The role is windows-base, a chain of one layer, unless said. */
export function buildRig(role = 'windows-base'): Rig {
  const folder = temporaryFolder();
  const servers: WsmanServer[] = [];
  let os: OsModel;
  let credentials: Credentials;
  let handWritten: HandWritten;
  const plans = new Map<string, Plan>();
  let lyncimg: ControlledTool;
  let packer: ControlledTool;
  let events: BuildEvent[] = [];
  let interrupt = new AbortController();

  before(async () => {
    const hosts = { addresses: ['127.0.0.1'], names: ['localhost'] };
    credentials = await makeCredentials({ hosts, run: 'test', now: new Date() });
    handWritten = await readHandWritten(packageRoot);
    const catalog = orThrow(await loadCatalog({ packageRoot }));
    os = catalog.os('2012r2')!;
    for (const model of catalog.roles()) {
      const selection = selectRequirements({ role: model, os, options: {} });
      if (!selection.ok) continue;
      const { chain, options } = selection.value;
      const environment = {
        platform: 'twin',
        tools: { packer: '1.6', ansible: '2.14' },
        content: contentDigest(handWritten),
        twinModel: '0'.repeat(64),
        machine: null,
        media: chain.flatMap(({ requirements }) => mediaOf(requirements, null)).map(placeholderItem),
      };
      plans.set(model.name, makePlan({ chain, os, role: model.name, options, environment }));
    }
  });
  beforeEach(async () => {
    lyncimg = await controlledTool(folder.path, 'lyncimg');
    packer = await controlledTool(folder.path, 'packer');
    events = [];
    interrupt = new AbortController();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
    await lyncimg.close();
    await packer.close();
  });

  const found = (name: string, version: string, path: string) => ({
    ...{ name, version, path, warnings: [], passedOver: [], python: null },
  });
  const rig: Rig = {
    get folder() {
      return folder.path;
    },
    get store() {
      return openStore(join(folder.path, 'state'));
    },
    get events() {
      return events;
    },
    get plan() {
      return rig.planOf(role);
    },
    get tools(): InspectedTools {
      return {
        packer: found('packer', '1.6.6', packer.path),
        ansible: found('ansible-playbook', '2.14.18', '/opt/ansible/bin/ansible-playbook'),
        ...{ problems: [], warnings: [], forPlan: { packer: '1.6', ansible: '2.14' } },
      };
    },
    get lyncimg() {
      return lyncimg;
    },
    get packer() {
      return packer;
    },
    get interrupt() {
      return interrupt;
    },
    planOf: (name) => plans.get(name)!,
    build: (options = {}) =>
      runBuild({
        plan: rig.plan,
        os,
        platform: platformOf('twin'),
        machine: machineOf(),
        settings: settingsOf(platformOf('twin'), {}),
        setup: null,
        handWritten,
        mediaFiles: new Map(),
        tools: rig.tools,
        store: rig.store,
        selfCommand: [lyncimg.path],
        environment: { PATH: '/usr/bin:/bin', HOME: folder.path, LYNCIMG_SECRET_OF_MINE: 'x' },
        version: '0.1.0',
        force: false,
        keepOnFailure: false,
        signal: interrupt.signal,
        emit: (event) => events.push(event),
        // One key pair for all; a password each.
        credentials: () => Promise.resolve({ ...credentials, password: makePassword() }),
        ...options,
      }),
    guest: async ({ vendor = 'lyncimg twin', ready, password } = {}) => {
      const run = await lyncimg.started();
      const given = password ?? run.env['LYNCIMG_TWIN_PASSWORD'] ?? '';
      const { server, port, attempts } = await listen(run, vendor, given);
      servers.push(server);
      const line = {
        ...{ type: 'twin-ready', rehearsal: true, pid: run.pid, os: '2012r2', address: '127.0.0.1', port },
        ...{ httpPort: 5985, user: 'Administrator', caFile: '/ca.crt', thumbprint: 'AB', passwordFile: null },
      };
      await run.print(`${JSON.stringify(ready === undefined ? line : ready(line))}\n`);
      return {
        run,
        port,
        password: given,
        attempts,
        end: async ({ access = 'unkeyed', offBy = 'guest', exitCode = 0, state } = {}) => {
          const text = state === undefined ? restingState(access, offBy) : state;
          if (text !== null) await writeFile(flag(run, '--state'), text);
          await server.close();
          run.exit(exitCode);
        },
      };
    },
    bakes: async () => {
      const run = await packer.started();
      const reports = run.env['LYNCIMG_REPORTS']!;
      const layer = /\d\d-([\w-]+)$/.exec(run.cwd)![1]!;
      const own = `${run.env['LYNCIMG_HOST']!}:${run.env['LYNCIMG_PORT']!}`;
      return {
        run,
        tellTask: async (event) => {
          await writeFile(join(reports, 'ansible-events.jsonl'), `${JSON.stringify(event)}\n`, { flag: 'a' });
        },
        judge: async (verdicts, { host = own } = {}) => {
          const text = JSON.stringify(
            report(verdicts, { host, role: layer, stage: 'image', rehearsal: true }),
          );
          await writeFile(join(reports, `verify-${layer}.json`), text);
        },
      };
    },
    layerIsBuilt: async () => {
      const guest = await rig.guest();
      const baking = await rig.bakes();
      await baking.judge(passed);
      await guest.end();
      baking.run.exit(0);
      return { guest, packer: baking };
    },
    seals: async ({ access = 'sealed', exitCode = 0 } = {}) => {
      const run = await lyncimg.started();
      const state = JSON.parse(await readFile(flag(run, '--input'), 'utf8')) as object;
      await writeFile(flag(run, '--output'), JSON.stringify({ ...state, access }));
      run.exit(exitCode);
      return run;
    },
    typesOf: () => events.map(({ type }) => type),
  };
  return rig;
}

/** The value of a flag of a tool's run. */
export function flag(run: ToolRun, name: string): string {
  return run.args[run.args.indexOf(name) + 1]!;
}

function restingState(access: string, offBy: string): string {
  return JSON.stringify({ rehearsal: true, access, power: { on: false, offBy }, boots: 1 });
}

/** Serves with the key of the answer folder that the guest was started with. */
async function listen(
  run: ToolRun,
  vendor: string,
  password: string,
): Promise<{ server: WsmanServer; port: number; attempts: string[] }> {
  const answer = flag(run, '--answer');
  const attempts: string[] = [];
  const refuse = (): Promise<never> => Promise.reject(new WsmanFault('ACTION_NOT_SUPPORTED'));
  const server = createWsmanServer({
    https: {
      key: await readFile(join(answer, 'server.key'), 'utf8'),
      cert: await readFile(join(answer, 'server.crt'), 'utf8'),
    },
    schemes: passwordSchemes({
      ...{ user: 'Administrator', password },
      onTry: (user) => attempts.push(user),
    }),
    handler: {
      identify: () => ({ productVendor: vendor, productVersion: 'OS: 6.3.9600 SP: 0.0 Stack: 3.0' }),
      enumerate: () =>
        Promise.resolve({
          instances: [
            {
              namespace: 'root/cimv2',
              className: 'Win32_OperatingSystem',
              properties: { Version: '6.3.9600' },
            },
          ],
          projection: ['Version'],
        }),
      get: refuse,
      invoke: refuse,
      shell: {
        create: refuse,
        command: refuse,
        send: refuse,
        receive: refuse,
        signal: refuse,
        delete: refuse,
      },
    },
  });
  return { server, port: (await server.listen(0)).port, attempts };
}
