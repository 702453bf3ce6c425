import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { RegistryAnswer } from '../../src/requirements/index.js';
import { registry } from '../../src/requirements/registry.js';
import { context, factsOf, os, refusals, requirementOf, specOf } from './kit.js';

const ticket = {
  path: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\Schannel',
  name: 'EnableSessionTicket',
  type: 'dword',
  data: 2,
};
const at = (input: { path: string; name: string }, answer: RegistryAnswer) =>
  factsOf({ registry: { [`${input.path}\\${input.name}`]: answer } });

describe('a registry value', () => {
  it('has the same id in whatever case it is written', () => {
    const id = registry.id(specOf(registry, ticket));
    expect(registry.id(specOf(registry, { ...ticket, path: ticket.path.toUpperCase() }))).to.equal(id);
    expect(registry.title(specOf(registry, ticket))).to.equal(
      `Registry value ${ticket.path}\\EnableSessionTicket = dword 2`,
    );
  });

  it('takes the long and the PowerShell spelling of a hive, and a trailing backslash', () => {
    for (const path of ['HKEY_LOCAL_MACHINE\\SOFTWARE\\X', 'HKLM:\\SOFTWARE\\X', 'HKLM\\SOFTWARE\\X\\'])
      expect(specOf(registry, { ...ticket, path })).to.include({ hive: 'HKLM', key: 'SOFTWARE\\X' });
  });

  it('refuses a path without a known hive or key', () => {
    for (const path of ['HKCU\\Software', 'SOFTWARE\\X', 'HKLM', 'HKLM\\', 'HKLM\\a\\\\b'])
      expect(refusals(registry, { ...ticket, path }).join(), path).to.match(/hive/);
  });

  it('refuses data that its type cannot hold', () => {
    for (const [type, data] of [
      ['dword', -1],
      ['dword', 4294967296],
      ['dword', '2'],
      ['qword', 'x'],
      ['string', 2],
      ['multistring', 'one'],
      ['binary', 'abc'],
      ['none', ''],
    ])
      expect(
        registry.schema.safeParse({ ...ticket, type, data }).success,
        `${String(type)} ${String(data)}`,
      ).to.equal(false);
    const resolved = registry.resolve(
      registry.schema.parse({ ...ticket, type: 'qword', data: '18446744073709551616' }),
      os,
    );
    expect(resolved.ok).to.equal(false);
  });

  it('keeps numbers as decimal text and bytes as hexadecimal', () => {
    const dataOf = (type: string, data: unknown) => specOf(registry, { ...ticket, type, data }).data;
    expect(dataOf('dword', 2720)).to.equal('2720');
    expect(dataOf('qword', '0xFFFFFFFFFFFFFFFF')).to.equal('18446744073709551615');
    expect(dataOf('binary', 'hex:BE,EF')).to.equal('beef');
    expect(dataOf('multistring', ['a', 'b'])).to.deep.equal(['a', 'b']);
  });

  it('is set by win_regedit in the spelling that the module takes', () => {
    const argsOf = (input: unknown) =>
      registry.tasks([requirementOf(registry, specOf(registry, input))], context)[0]?.args;
    expect(argsOf(ticket)).to.deep.equal({
      path: 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\Schannel',
      name: 'EnableSessionTicket',
      type: 'dword',
      data: 2,
      state: 'present',
    });
    expect(argsOf({ ...ticket, type: 'binary', data: 'beef01' })).to.include({ data: 'hex:be,ef,01' });
    expect(argsOf({ ...ticket, type: 'qword', data: '18446744073709551615' })).to.include({
      data: '18446744073709551615',
    });
  });

  it('is met by the same data of the same type', () => {
    const spec = specOf(registry, ticket);
    expect(registry.judge(spec, at(ticket, { exists: true, data: '2' }))).to.include({ verdict: 'pass' });
    const list = { ...ticket, type: 'multistring', data: ['a', 'b'] };
    expect(
      registry.judge(specOf(registry, list), at(ticket, { exists: true, data: ['a', 'b'] })).verdict,
    ).to.equal('pass');
    expect(
      registry.judge(specOf(registry, list), at(ticket, { exists: true, data: ['b', 'a'] })).verdict,
    ).to.equal('fail');
    const bytes = { ...ticket, type: 'binary', data: 'beef' };
    expect(
      registry.judge(specOf(registry, bytes), at(ticket, { exists: true, data: 'BEEF' })).verdict,
    ).to.equal('pass');
  });

  it('is not met by other data, another type, a missing value or key; each is said', () => {
    const actual = (answer: RegistryAnswer) => registry.judge(specOf(registry, ticket), at(ticket, answer));
    expect(actual({ exists: true, data: '1' })).to.include({
      verdict: 'fail',
      actual: 'dword 1',
      expected: 'dword 2',
    });
    expect(actual({ exists: true, otherType: true })).to.include({ actual: 'the value has another type' });
    expect(actual({ exists: false, missing: 'value' })).to.include({ actual: 'the value does not exist' });
    expect(actual({ exists: false, missing: 'key' })).to.include({ actual: 'the key does not exist' });
    expect(actual({ exists: true }).verdict).to.equal('unknown');
  });

  it('compares an expandstring as Windows hands it out: with its variables filled in', () => {
    const input = { ...ticket, type: 'expandstring', data: '%SystemRoot%\\System32\\x.(1)' };
    const verdict = (data: string) =>
      registry.judge(specOf(registry, input), at(ticket, { exists: true, data })).verdict;
    expect(verdict('C:\\Windows\\System32\\x.(1)')).to.equal('pass');
    expect(verdict('C:\\Windows\\System32\\xy(1)')).to.equal('fail');
  });

  it('knows the default value of a key by its empty name', () => {
    const spec = specOf(registry, { ...ticket, name: '' });
    expect(registry.title(spec)).to.include('Schannel\\(Default)');
    expect(registry.facts(spec)).to.have.nested.property('[0].value.name', '');
  });
});
