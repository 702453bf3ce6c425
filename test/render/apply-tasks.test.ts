import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { loadCatalog, type CatalogOs } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { mayRestart, tasksToApply, whatSettles } from '../../src/render/apply-tasks.js';
import { kindOf } from '../../src/requirements/index.js';
import { needOf } from '../helpers/apply-plan.js';
import { packageRoot } from '../helpers/real-plan.js';

describe('what can be set on a machine that runs', () => {
  let os: CatalogOs;
  before(async () => {
    os = orThrow(await loadCatalog({ packageRoot })).os('2012r2')!;
  });
  const settles = (kind: string, input: unknown, stage?: 'image' | 'machine'): string =>
    whatSettles(needOf(kind, input, os, stage), { os, kinds: kindOf });

  it('is what an image has, by the tasks that install it there', () => {
    expect(settles('feature', 'Web-Server')).to.equal('tasks');
    expect(settles('hotfix', 'KB2919355')).to.equal('tasks');
    expect(settles('registry', { path: 'HKLM\\SOFTWARE\\X', name: 'Y', type: 'dword', data: 1 })).to.equal(
      'tasks',
    );
  });

  it('is nothing of what is only looked at', () => {
    expect(settles('edition', 'supported')).to.equal('nothing');
    expect(settles('certificates', { rule: 'no-md5' })).to.equal('nothing');
    expect(settles('firewall', { name: 'X', protocol: 'tcp', ports: [443], action: 'unblocked' })).to.equal(
      'nothing',
    );
  });

  it('is a restart where nothing else is lacking', () => {
    expect(settles('pendingReboot', 'none')).to.equal('restart');
  });

  it('is, of the deployed machine, a DNS suffix that is named; membership, name, network and hardware never', () => {
    expect(settles('computer', { dnsSuffix: 'lync.example.net' })).to.equal('tasks');
    expect(settles('computer', { dnsSuffix: 'present' })).to.equal('nothing');
    expect(settles('computer', { membership: 'domain', name: 'lync.example.net' })).to.equal('nothing');
    expect(settles('computer', { membership: 'workgroup' })).to.equal('nothing');
    expect(settles('computer', { nameRule: 'valid' })).to.equal('nothing');
    expect(settles('network', { rule: 'single-homed' })).to.equal('nothing');
    expect(settles('hardware', { memoryGb: 32 })).to.equal('nothing');
    expect(settles('disk', { drive: 'C:', freeGb: 72 })).to.equal('nothing');
    expect(settles('sqlInstance', { name: 'RTCLOCAL' })).to.equal('nothing');
  });

  it('is a plain setting that a role keeps for the deployed machine; no package that goes onto a product', () => {
    const value = { path: 'HKLM\\SOFTWARE\\X', name: 'Y', type: 'dword', data: 1 };
    expect(settles('registry', value, 'machine')).to.equal('tasks');
    expect(settles('setting', { powerPlan: 'high-performance' }, 'machine')).to.equal('tasks');
    expect(settles('service', { name: 'W3SVC', startMode: 'auto' }, 'machine')).to.equal('tasks');
    const rule = { name: 'X', protocol: 'tcp', ports: [443], action: 'allow' };
    expect(settles('firewall', rule, 'machine')).to.equal('tasks');
    expect(settles('package', 'dotnet452', 'machine')).to.equal('nothing');
  });

  it('installs neighbours of one kind in one task, and what only a machine has in the end', () => {
    const needs = [
      needOf('computer', { dnsSuffix: 'lync.example.net' }, os),
      needOf('feature', 'Web-Server', os),
      needOf('feature', 'Telnet-Client', os),
    ];
    const modules = tasksToApply(needs, { os, kinds: kindOf }).map(({ module }) => module.split('.')[2]);
    expect(modules).to.deep.equal([
      'win_feature',
      'win_reboot',
      'setup',
      'win_regedit',
      'win_reg_stat',
      'win_reboot',
    ]);
  });

  it('tells whether a restart is likely', () => {
    const plan = needOf('setting', { powerPlan: 'high-performance' }, os);
    expect(mayRestart([plan], { os, kinds: kindOf })).to.equal(false);
    expect(mayRestart([plan, needOf('feature', 'Web-Server', os)], { os, kinds: kindOf })).to.equal(true);
  });
});
