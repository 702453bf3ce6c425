// One thing wrong on a deployed machine, over the wire: one requirement for each kind, told by `lyncimg verify`. All
// requirements have their turn in test/matrix/mutation-*.matrix.ts, in process.
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { kindNames, osIds, type OsId } from '../../src/requirements/index.js';
import { parseDeployment } from '../../src/twin/deploy.js';
import { stateAtRest } from '../../src/twin/keys.js';
import { freshCertificates } from '../../src/twin/made-up-roots.js';
import { startTwin } from '../../src/twin/start-twin.js';
import type { MachineState } from '../../src/twin/state.js';
import { writeState } from '../../src/twin/state-file.js';
import type { VerifyReport } from '../../src/verify/index.js';
import { startLyncimg } from '../helpers/lyncimg-process.js';
import { packageRoot } from '../helpers/real-plan.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { removedWith } from './mutation/feature-list.js';
import { idealMachine } from './mutation/ideal-machine.js';
import { onePair } from './mutation/pairs.js';

const password = 'A-password-of-1-test';
const role = 'front-end';
const options = { sqlExpress: 'preinstalled' };

interface Sample {
  kind: string;
  on: OsId;
  what: string;
  /** As `twin start --as` takes it: the one thing that is wrong. */
  as: string;
  /** What no description of a machine can say. */
  change?: (state: MachineState) => void;
  /** Ids of requirements that do not pass, by hand; a feature's followers come from catalog/features/*.json. */
  expected: string[];
}

const gone = (os: OsId, feature: string): string =>
  `features: { ${removedWith(os, feature)
    .map(({ name }) => `${name}: Available`)
    .join(', ')} }`;
const [root = ''] = freshCertificates().map(({ base64 }) =>
  new X509Certificate(Buffer.from(base64, 'base64')).toString(),
);
const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\Schannel';
const gigabyte = 1024 ** 3;

const samples: Sample[] = [
  {
    ...{ kind: 'feature', on: '2012r2', what: 'a feature that another one depends on is not installed' },
    as: gone('2012r2', 'Web-Net-Ext'),
    expected: ['feature/Web-Asp-Net', 'feature/Web-Net-Ext'],
  },
  {
    ...{ kind: 'feature', on: '2008r2', what: 'a feature is not installed' },
    as: gone('2008r2', 'Telnet-Client'),
    expected: ['feature/Telnet-Client'],
  },
  {
    ...{ kind: 'hotfix', on: '2008r2', what: 'a hotfix is not installed' },
    as: 'removeHotfixes: [KB2646886]',
    expected: ['hotfix/KB2646886'],
  },
  {
    ...{ kind: 'package', on: '2008r2', what: '.NET Framework 4.5 is not installed' },
    as: 'dotNet: null',
    expected: ['package/dotnet45'],
  },
  {
    ...{ kind: 'updates', on: '2012', what: 'Windows Update never installed anything' },
    as: '{}',
    change: ({ updates }) => {
      updates.lastInstalledAt = null;
    },
    expected: ['updates/windows'],
  },
  {
    ...{ kind: 'registry', on: '2012r2', what: 'a registry value has other data' },
    as: `registry: [{ path: '${schannel}', name: EnableSessionTicket, type: dword, data: 1 }]`,
    expected: [`registry/${schannel.toLowerCase()}\\enablesessionticket`],
  },
  {
    ...{ kind: 'service', on: '2012', what: 'a service is stopped' },
    as: 'services: { MpsSvc: { state: stopped } }',
    expected: ['service/mpssvc'],
  },
  {
    ...{ kind: 'firewall', on: '2012', what: 'the last port of a range is blocked' },
    as: 'firewallRules: [{ name: Block it, action: block, protocol: udp, localPorts: 57500 }]',
    expected: ['firewall/media-udp-49152-57500'],
  },
  {
    ...{ kind: 'certificates', on: '2012', what: 'a root stands in two stores' },
    as: `certificates: [{ store: Root, place: policy, pem: ${JSON.stringify(root)} }]`,
    expected: ['certificates/no-duplicates'],
  },
  {
    ...{ kind: 'setting', on: '2012r2', what: 'another power plan is active' },
    as: 'powerPlan: Balanced',
    expected: ['setting/power-plan'],
  },
  {
    ...{ kind: 'pendingReboot', on: '2012r2', what: 'a restart is pending' },
    as: 'pendingReboot: true',
    expected: ['pendingReboot/none'],
  },
  {
    ...{ kind: 'edition', on: '2008r2', what: 'it is Server Core, an edition of its own there' },
    as: 'installationType: Server Core',
    expected: ['edition/full-installation', 'edition/supported'],
  },
  {
    ...{ kind: 'computer', on: '2012r2', what: 'the machine is in a workgroup' },
    as: 'workgroup: WORKGROUP',
    expected: ['computer/membership'],
  },
  {
    ...{ kind: 'network', on: '2012', what: 'the machine has two addresses' },
    as: 'adapters: [{ ipv4: [10.1.1.21, 10.1.1.22], gateway: [10.1.1.1] }]',
    expected: ['network/single-homed'],
  },
  {
    ...{ kind: 'disk', on: '2012r2', what: 'the drive is a little too full' },
    as: `disks: [{ letter: 'C:', sizeBytes: ${String(127 * gigabyte)}, freeBytes: ${String(72 * gigabyte - 1)} }]`,
    expected: ['disk/free-c'],
  },
  {
    ...{ kind: 'hardware', on: '2012', what: 'the machine has half the memory' },
    as: 'memoryMb: 16384',
    expected: ['hardware/memory'],
  },
  {
    ...{ kind: 'sqlInstance', on: '2012r2', what: 'an instance of SQL Server is not there' },
    as: "sqlInstances: [{ name: LYNCLOCAL, version: '11.0.3000.0', edition: Express Edition }]",
    expected: ['sqlInstance/rtclocal'],
  },
];

describe('a deployed machine with one thing wrong', () => {
  const folder = temporaryFolder();

  it('has a sample of each kind', () => {
    expect([...new Set(samples.map(({ kind }) => kind))].sort()).to.deep.equal([...kindNames].sort());
  });

  for (const os of osIds)
    describe(`on ${os}`, () => {
      let ideal: MachineState;
      before(async () => {
        const machine = await idealMachine(onePair(os, role, options));
        machine.switchOff();
        ideal = stateAtRest(machine.state);
      });

      it('passes whole where nothing is wrong', async () => {
        expect(await notPassing(ideal, '{}')).to.deep.equal([]);
      });

      for (const { on, what, kind, as, change, expected } of samples)
        if (on === os)
          it(`fails in ${kind} alone, and what follows from it, where ${what}`, async () => {
            const state = structuredClone(ideal);
            change?.(state);
            expect(await notPassing(state, as)).to.deep.equal(expected);
          });
    });

  /** Ids of what `lyncimg verify` does not let pass, sorted. */
  async function notPassing(state: MachineState, as: string): Promise<string[]> {
    const image = join(folder.path, 'image.json');
    await writeState(image, state);
    const defects: unknown[] = [];
    const twin = await startTwin({
      ...{ packageRoot, os: null, stateFile: null, imageFile: image, answerFolder: null, mediaFolder: null },
      ...{ httpsPort: 0, httpPort: 0, clientCaFile: null, traceFile: null, password },
      as: parseDeployment(as, 'machine.yaml'),
      onDefect: (defect) => defects.push(defect),
    });
    try {
      const { port, user, caFile } = twin.ready;
      const flags = Object.entries(options).flatMap(([name, value]) => ['--option', `${name}=${value}`]);
      const ended = await startLyncimg(
        [
          ...['verify', '--json', '--host', `127.0.0.1:${String(port)}`, '--user', user],
          ...['--ca-file', caFile, '--role', role, ...flags],
        ],
        { cwd: folder.path, home: join(folder.path, 'home'), env: { LYNCIMG_PASSWORD: password } },
      ).ended;
      expect(defects).to.deep.equal([]);
      if (ended.stdout === '') throw new Error(ended.stderr);
      const { hosts } = JSON.parse(ended.stdout) as VerifyReport;
      const verdicts = hosts.flatMap(({ reports }) => reports.flatMap((report) => report.verdicts));
      expect(verdicts).to.have.length.above(80);
      return verdicts
        .filter(({ verdict }) => verdict !== 'pass')
        .map(({ id }) => id)
        .sort();
    } finally {
      twin.switchOff();
      await twin.ended;
    }
  }
});
