import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { freshState } from '../../src/twin/fresh-state.js';
import type { MachineState } from '../../src/twin/state.js';
import { parseState, readState, writeState } from '../../src/twin/state-file.js';

const fresh = (): MachineState => freshState({ os: '2012r2', now: new Date('2026-03-01T08:00:00Z') });

describe('state file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-state-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('comes back as it was written, in the same bytes, for its owner only', async () => {
    const file = join(folder, 'state.json');
    const state = fresh();
    state.registry['hklm\\software\\x'] = {
      path: 'HKLM\\SOFTWARE\\X',
      values: { multi: { name: 'Multi', type: 'multistring', data: ['a', 'b'] } },
    };
    await writeState(file, state);
    const bytes = await readFile(file);
    await writeState(file, await readState(file));

    expect(await readState(file)).to.deep.equal(state);
    expect((await readFile(file)).equals(bytes)).to.equal(true);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readdir(folder)).to.deep.equal(['state.json']);
  });

  it('is missing, or cannot be written: said with the path', async () => {
    const missing = await readState(join(folder, 'nope.json')).catch((error: unknown) => error);
    expect(missing).to.have.property('code', 'E_TWIN_STATE_MISSING');
    const unwritable = await writeState(join(folder, 'no', 'x.json'), fresh()).catch(
      (error: unknown) => error,
    );
    expect(unwritable).to.have.property('code', 'E_TWIN_STATE_WRITE');
    expect(unwritable).to.have.property('exitCode', 3);
  });

  const bad: [string, (state: Record<string, unknown>) => unknown][] = [
    ['is of a machine that runs', (s) => ({ ...s, power: { ...(s['power'] as object), on: true } })],
    ['does not say that it is a rehearsal', (s) => ({ ...s, rehearsal: false })],
    ['is of a format to come', (s) => ({ ...s, format: 2 })],
    ['is of an unknown OS', (s) => ({ ...s, os: '2003' })],
    ['has a key nobody knows', (s) => ({ ...s, password: 'x' })],
    ['has a feature state that there is not', (s) => ({ ...s, features: { 'Web-Server': 'Maybe' } })],
    ['has a file outside of C:', (s) => ({ ...s, files: { 'c:\\..\\x': file('C:\\..\\x') } })],
    [
      'has a file that is no base64',
      (s) => ({ ...s, files: { 'c:\\x': { ...file('C:\\x'), base64: '*' } } }),
    ],
    ['has a dword that is no number', (s) => ({ ...s, registry: { 'hklm\\x': key({ data: 'many' }) } })],
    [
      'is in a domain and a workgroup',
      (s) => ({ ...s, computer: { ...(s['computer'] as object), domain: 'a.b' } }),
    ],
    ['is a list', () => []],
    ['is null', () => null],
  ];
  const file = (path: string): object => ({ path, base64: '', modifiedAt: '2026-03-01T08:00:00.000Z' });
  const key = ({ data }: { data: string }): object => ({
    path: 'HKLM\\X',
    values: { x: { name: 'X', type: 'dword', data } },
  });
  for (const [what, change] of bad)
    it(`is refused when it ${what}`, () => {
      const text = JSON.stringify(change(JSON.parse(JSON.stringify(fresh())) as Record<string, unknown>));
      expect(() => parseState(text, 'state.json'))
        .to.throw(LyncimgError)
        .with.property('code', 'E_TWIN_STATE_FILE');
    });

  const withBytes = (data: string): string => {
    const registry = {
      'hklm\\x': { path: 'HKLM\\X', values: { x: { name: 'X', type: 'binary', data } } },
    };
    return JSON.stringify({ ...fresh(), registry });
  };

  it('takes megabytes of a binary value', () => {
    const data = 'aF'.repeat(1_048_576);
    expect(parseState(withBytes(data), 'x').registry['hklm\\x']?.values['x']?.data).to.equal(data);
  });

  for (const [what, data] of [
    ['more of them', 'aF'.repeat(1_048_577)],
    ['half a byte', 'abc'],
    ['no hexadecimal digits', 'xy'],
  ] as const)
    it(`is refused with ${what} in a binary value`, () => {
      expect(() => parseState(withBytes(data), 'x')).to.throw(LyncimgError);
    });

  it('is refused when it is no JSON', () => {
    expect(() => parseState('{', 'x')).to.throw(LyncimgError);
  });

  it('does not reach the prototype of a table', () => {
    const text = JSON.stringify(fresh()).replace('"services":{}', '"services":{"__proto__":{"x":1}}');
    const { services } = parseState(text, 'x');
    expect(Object.getPrototypeOf(services)).to.equal(Object.prototype);
    expect(Object.keys(services)).to.deep.equal([]);
    expect(services['x']).to.equal(undefined);
  });
});
