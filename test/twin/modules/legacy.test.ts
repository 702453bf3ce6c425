import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ModuleCall } from '../../../src/twin/modules/call.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { LegacyArguments } from '../../../src/twin/modules/legacy.js';
import { ModuleExit, type ModuleReply } from '../../../src/twin/modules/reply.js';

function given(args: JsonObject): LegacyArguments {
  return new LegacyArguments(call(args), { supportsCheckMode: true });
}

function call(args: JsonObject, checkMode = false): ModuleCall {
  const machine = {} as ModuleCall['machine'];
  const expand = (text: string): string => text.replace('%TEMP%', 'C:\\Temp');
  const { signal } = new AbortController();
  return {
    name: 'x.y.z',
    arguments: args,
    checkMode,
    diffMode: false,
    environment: {},
    expand,
    machine,
    signal,
  };
}

function stopOf(act: () => unknown): ModuleReply {
  try {
    act();
  } catch (error) {
    if (error instanceof ModuleExit) return error.reply;
    throw error;
  }
  throw new Error('it did not stop');
}

describe('arguments of a module on Legacy', () => {
  it('are found in any case and by an alias', () => {
    expect(given({ State: 'PRESENT' }).str('state', { choices: ['present'] })).to.equal('PRESENT');
    expect(given({ dest: 'C:\\a' }).path('path', { aliases: ['dest'] })).to.equal('C:\\a');
  });

  it('take only four words for true', () => {
    const words = ['True', 'yes', 'ON', 1, '1', 'y', 'no', 'false', 0];

    expect(words.map((on) => given({ on }).bool('on', false))).to.deep.equal([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('take a list as a list or split at commas', () => {
    expect(given({ name: ['a', 'b'] }).list('name')).to.deep.equal(['a', 'b']);
    expect(given({ name: 'a, b' }).list('name')).to.deep.equal(['a', 'b']);
    expect(given({ name: 5 }).list('name')).to.deep.equal([5]);
  });

  it('expand variables in a path', () => {
    expect(given({ path: '%TEMP%\\x' }).path('path')).to.equal('C:\\Temp\\x');
  });

  it('fail by the words of Get-AnsibleParam', () => {
    const words = (act: () => unknown): unknown => stopOf(act).result['msg'];

    expect(words(() => given({}).str('name', { required: true }))).to.equal(
      'Get-AnsibleParam: Missing required argument: name',
    );
    expect(words(() => given({ state: 'x' }).str('state', { choices: ['present', 'absent'] }))).to.equal(
      'Get-AnsibleParam: Argument state needs to be one of present,absent but was x.',
    );
    expect(words(() => given({ path: 'C:\\<' }).path('path'))).to.equal(
      "Get-AnsibleParam: Parameter 'path' has an invalid path 'C:\\<' specified.",
    );
    expect(words(() => given({ name: true }).list('name'))).to.equal(
      "Get-AnsibleParam: Parameter 'name' is not a YAML list.",
    );
  });

  it('skip in check mode where the module has none', () => {
    const reply = stopOf(() => new LegacyArguments(call({}, true), { supportsCheckMode: false }));

    expect(reply).to.deep.equal({
      result: { changed: false, skipped: true, msg: 'remote module does not support check mode' },
      exitCode: 0,
    });
  });
});
