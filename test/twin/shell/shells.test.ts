import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { Shells } from '../../../src/twin/shell/index.js';
import { faultCodes, WsmanFault, type ShellOptions, type ShellOutput } from '../../../src/wsman/index.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { encoded } from './encoded.js';

function options(more: Partial<ShellOptions> = {}): ShellOptions {
  return {
    inputStreams: ['stdin'],
    outputStreams: ['stdout', 'stderr'],
    environment: {},
    workingDirectory: null,
    idleTimeoutMs: null,
    options: {},
    caller: { user: 'Administrator', address: '127.0.0.1' },
    ...more,
  };
}

const putFile = encoded(
  ['begin {', "$path = 'C:\\x'", '$fd = [System.IO.File]::Create($path)', '}', '""sha1""'].join('\n'),
);

describe('shells of the machine', () => {
  let machine: ModelledMachine;
  let shells: Shells;
  beforeEach(async () => {
    machine = await modelledMachine();
    shells = new Shells(machine);
  });
  const start = async (shellId: string, line: string): Promise<string> => {
    const [command = '', ...rest] = line.split(' ');
    return (await shells.command(shellId, { command, arguments: [rest.join(' ')], options: {} })).commandId;
  };

  it('run a command and give its output once', async () => {
    const { shellId } = await shells.create(options());
    const commandId = await start(shellId, 'hostname');

    const output = await shells.receive(shellId.toLowerCase(), commandId.toLowerCase(), 1000);

    expect(output).to.deep.equal({
      stdout: Buffer.from('LYNCIMG-TWIN\r\n'),
      stderr: Buffer.alloc(0),
      done: true,
      exitCode: 0,
    });
    expect((await shells.receive(shellId, commandId, 1000)).stdout).to.have.length(0);
    expect(machine.counters).to.include({ shellsCreated: 1, commandsRun: 1 });
  });

  it('start a command that reads stdin when stdin has ended', async () => {
    const { shellId } = await shells.create(options());
    const commandId = await start(shellId, putFile);

    await shells.send(shellId, commandId, Buffer.from('YWJj\r\n'), false);
    const early = await shells.receive(shellId, commandId, 1);
    const waiting = shells.receive(shellId, commandId, 60_000);
    await shells.send(shellId, commandId, Buffer.from('ZGVm'), true);

    expect(early).to.deep.include({ done: false, stdout: Buffer.alloc(0) });
    expect((await waiting).stdout.toString()).to.match(/^\{"sha1":"[0-9a-f]{40}"\}\r\n$/);
    expect((await machine.readFile('C:\\x'))?.toString()).to.equal('abcdef');
  });

  it('cut long output into pieces that fit a small envelope', async () => {
    machine.writeFile('C:\\long', Buffer.alloc(200_000, 'x'));
    const { shellId } = await shells.create(options());
    const fetch = [
      "$path = 'C:\\long'",
      'If (Test-Path -Path $path -PathType Leaf)',
      '{',
      '$buffer_size = 524288',
      '$offset = 0',
      'Write-Host "[DIR]";',
    ].join('\n');
    const commandId = await start(shellId, encoded(fetch));

    const pieces: ShellOutput[] = [];
    do pieces.push(await shells.receive(shellId, commandId, 1000));
    while (pieces.at(-1)?.done !== true);

    expect(pieces.length).to.be.greaterThan(1);
    expect(Math.max(...pieces.map(({ stdout }) => stdout.length))).to.be.at.most(98_304);
    const text = Buffer.concat(pieces.map(({ stdout }) => stdout)).toString();
    expect(Buffer.from(text, 'base64')).to.have.length(200_000);
  });

  it('are thirty for a user at once', async () => {
    const first = await shells.create(options());
    for (let count = 1; count < 30; count++) await shells.create(options());

    await refused(() => shells.create(options()), 'QUOTA_MAX_SHELLS');
    await shells.create(options({ caller: { user: 'other', address: '127.0.0.1' } }));
    await shells.delete(first.shellId);
    await shells.create(options());
  });

  it('are five for a user on WinRM 2.0, until WMF 3.0 is there', async () => {
    machine = await modelledMachine({ os: '2008r2', beforeFirstBoot: true });
    shells = new Shells(machine);
    for (let count = 0; count < 5; count++) await shells.create(options());
    await refused(() => shells.create(options()), 'QUOTA_MAX_SHELLS');

    machine.state.hotfixes.push({ kb: 'KB2506143', installedOn: '2026-03-01T08:00:00Z', state: 'installed' });
    expect((await shells.create(options())).shellId).to.not.equal('');
  });

  it('go when they were idle for too long', async () => {
    const { shellId } = await shells.create(options({ idleTimeoutMs: -1 }));

    await refused(() => start(shellId, 'hostname'), 'UNEXPECTED_SELECTORS');
  });

  it('know nothing of ids that are not theirs', async () => {
    const { shellId } = await shells.create(options());

    await refused(() => start('nobody', 'hostname'), 'UNEXPECTED_SELECTORS');
    await refused(() => shells.receive(shellId, 'nobody', 1), 'UNEXPECTED_SELECTORS');
    await refused(() => shells.send(shellId, 'nobody', Buffer.alloc(0), true), 'UNEXPECTED_SELECTORS');
    await refused(() => shells.delete('nobody'), 'UNEXPECTED_SELECTORS');
  });

  it('forget a command at its signal', async () => {
    const { shellId } = await shells.create(options());
    const commandId = await start(shellId, putFile);

    await shells.signal(shellId, commandId, 'terminate');

    await refused(() => shells.receive(shellId, commandId, 1), 'UNEXPECTED_SELECTORS');
  });

  it('end a command at Ctrl+C', async () => {
    const { shellId } = await shells.create(options());
    const commandId = await start(shellId, putFile);

    await shells.signal(shellId, commandId, 'ctrl_c');

    expect(await shells.receive(shellId, commandId, 1)).to.include({ done: true, exitCode: 0xc000013a });
    await shells.send(shellId, commandId, Buffer.from('YWJj'), true);
    expect(await machine.stat('C:\\x')).to.equal(undefined);
  });

  for (const event of ['restart-started', 'off'] as const) {
    it(`are gone when the machine is (${event})`, async () => {
      const { shellId } = await shells.create(options());
      const commandId = await start(shellId, putFile);
      const waiting = refused(() => shells.receive(shellId, commandId, 60_000), 'UNEXPECTED_SELECTORS');

      if (event === 'off') machine.events.emit('off', { by: 'host' });
      else machine.events.emit('restart-started');

      await waiting;
      await refused(() => start(shellId, 'hostname'), 'UNEXPECTED_SELECTORS');
    });
  }

  it('hand a defect of a command to whoever receives', async () => {
    const { shellId } = await shells.create(options());
    machine.facts = () => {
      throw new Error('a defect');
    };
    const commandId = await start(shellId, 'hostname');

    const error = await shells.receive(shellId, commandId, 1000).catch((thrown: unknown) => thrown);

    expect(error).to.be.instanceOf(Error).and.not.instanceOf(WsmanFault);
    expect((error as Error).message).to.equal('a defect');
  });
});

async function refused(act: () => Promise<unknown>, name: keyof typeof faultCodes): Promise<void> {
  const thrown = await act().catch((error: unknown) => error);
  expect(thrown).to.be.instanceOf(WsmanFault);
  expect((thrown as WsmanFault).facts.code).to.equal(faultCodes[name].code);
}
