import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../../src/twin/machine-model.js';
import { splitWords } from '../../../../src/twin/shell/command-words.js';
import { runNetsh } from '../../../../src/twin/shell/programs/netsh.js';
import type { CommandResult } from '../../../../src/twin/shell/result.js';
import { modelledMachine } from '../../../helpers/modelled-machine.js';

const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';
const direct = '1800000000000000010000000000000000000000';

describe('netsh winhttp', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const netsh = (line: string): CommandResult | undefined => runNetsh(machine, splitWords(line));
  const value = (): unknown => machine.registryValue(key, 'WinHttpSettings')?.data;

  it('shows no proxy on a fresh machine', () => {
    expect(netsh('winhttp show proxy')?.stdout).to.contain('Direct access (no proxy server).');
    expect(value()).to.equal(direct);
  });

  it('keeps proxy and bypass list in the registry, as lengths and texts', () => {
    const set = netsh('winhttp set proxy proxy-server="proxy:8080" bypass-list="<local>"');

    expect(set).to.include({ exitCode: 0 });
    expect(netsh('WINHTTP show proxy')?.stdout).to.contain(
      'Proxy Server(s) :  proxy:8080\r\n    Bypass List     :  <local>',
    );
    expect(value()).to.equal(
      [
        ...['18000000', '00000000', '03000000'],
        ...['0a000000', Buffer.from('proxy:8080').toString('hex')],
        ...['07000000', Buffer.from('<local>').toString('hex')],
      ].join(''),
    );
  });

  it('takes the proxy by place, and takes it back', () => {
    expect(netsh('winhttp set proxy proxy:8080')?.stdout).to.contain('Bypass List     :  (none)');
    expect(netsh('winhttp reset proxy')?.stdout).to.contain('Direct access');
    expect(value()).to.equal(direct);
  });

  it('reads a value that somebody else wrote as what it says', () => {
    for (const data of ['', '18000000', '180000000000000003000000', '180000000000000003000000ff000000']) {
      machine.setRegistryValue(key, 'WinHttpSettings', { type: 'binary', data });
      expect(netsh('winhttp show proxy'), data).to.include({ exitCode: 0 });
    }
  });

  it('knows no other forms', () => {
    for (const line of [
      '',
      'advfirewall reset',
      'winhttp import proxy source=ie',
      'winhttp set proxy',
      'winhttp set proxy a b c',
      'winhttp set proxy a proxy-server=b',
      'winhttp show proxy x',
    ])
      expect(netsh(line), line).to.equal(undefined);
  });
});
