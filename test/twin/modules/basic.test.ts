import { expect } from 'chai';
import { describe, it } from 'mocha';
import { BasicModule, type BasicSpec } from '../../../src/twin/modules/basic.js';
import type { ModuleCall } from '../../../src/twin/modules/call.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { ModuleExit, type ModuleReply } from '../../../src/twin/modules/reply.js';

const spec: BasicSpec = {
  options: {
    name: { type: 'str', required: true, aliases: ['title'] },
    count: { type: 'int' },
    on: { type: 'bool', default: false },
    mode: { type: 'str', default: 'fast', choices: ['fast', 'slow'] },
    items: { type: 'list', elements: 'int' },
    file: { type: 'path' },
    password: { type: 'str', noLog: true },
    user: { type: 'str' },
  },
  mutuallyExclusive: [['count', 'items']],
  requiredBy: { password: ['user'] },
  supportsCheckMode: true,
};

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

function stopOf(args: JsonObject, options: { spec?: BasicSpec; checkMode?: boolean } = {}): ModuleReply {
  try {
    new BasicModule(call(args, options.checkMode), options.spec ?? spec);
  } catch (error) {
    if (error instanceof ModuleExit) return error.reply;
    throw error;
  }
  throw new Error('it did not stop');
}

describe('arguments of a module on Ansible.Basic', () => {
  it('get defaults, types and their main name', () => {
    const module = new BasicModule(
      call({ title: 7, ON: 'yes', count: '12', file: '%TEMP%\\a', mode: 'SLOW' }),
      spec,
    );

    expect(module.text('name')).to.equal('7');
    expect(module.bool('on')).to.equal(true);
    expect(module.int('count')).to.equal(12);
    expect(module.text('file')).to.equal('C:\\Temp\\a');
    expect(module.text('mode')).to.equal('SLOW');
    expect(module.list('items')).to.equal(null);
  });

  it('come back as the invocation, with defaults and without secrets', () => {
    const module = new BasicModule(call({ name: 'my hunter2!', password: 'hunter2', user: 'me' }), spec);

    const { result, exitCode } = module.exit();

    expect(exitCode).to.equal(0);
    expect(result).to.deep.equal({
      changed: false,
      invocation: {
        module_args: {
          name: 'my ********!',
          count: null,
          on: false,
          mode: 'fast',
          items: null,
          file: null,
          password: 'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER',
          user: 'me',
        },
      },
    });
  });

  it('split a list at commas and convert its entries', () => {
    const module = new BasicModule(call({ name: 'a', items: '1, 2' }), spec);

    expect(module.list('items')).to.deep.equal([1, 2]);
  });

  const wrong: [string, JsonObject, string][] = [
    ['a missing one', {}, 'missing required arguments: name'],
    [
      'an unknown one',
      { name: 'a', colour: 'red' },
      'Unsupported parameters for (x.y.z) module: colour. Supported parameters include: ' +
        'name, count, on, mode, items, file, password, user, title',
    ],
    [
      'a value that is no choice',
      { name: 'a', mode: 'warp' },
      'value of mode must be one of: fast, slow. Got no match for: warp',
    ],
    [
      'two that exclude each other',
      { name: 'a', count: 1, items: [1] },
      'parameters are mutually exclusive: count, items',
    ],
    [
      'one without its companion',
      { name: 'a', password: 'x' },
      "missing parameter(s) required by 'password': user",
    ],
    [
      'a text for a number',
      { name: 'a', count: 'many' },
      'argument for count is of type System.String and we were unable to convert to int: ' +
        'Input string was not in a correct format.',
    ],
    [
      'a word for a boolean',
      { name: 'a', on: 'maybe' },
      "argument for on is of type System.String and we were unable to convert to bool: The value 'maybe' is not a " +
        'valid boolean. Valid booleans include: y, yes, on, 1, true, t, 1.0, n, no, off, 0, false, f, 0.0',
    ],
    [
      'a wrong entry of a list',
      { name: 'a', items: [1, 'x'] },
      'argument for list entry items is of type System.String and we were unable to convert to int: ' +
        'Input string was not in a correct format.',
    ],
  ];
  for (const [what, args, message] of wrong) {
    it(`are refused for ${what}`, () => {
      const { result, exitCode } = stopOf(args);

      expect(result).to.include({ failed: true, changed: false, msg: message });
      expect(exitCode).to.equal(1);
    });
  }

  it('ask for one of several', () => {
    const oneOf = { options: { a: {}, b: {} }, requiredOneOf: [['a', 'b']], supportsCheckMode: true };

    expect(stopOf({}, { spec: oneOf }).result['msg']).to.equal('one of the following is required: a, b');
  });

  it('are not looked at in check mode where the module has none', () => {
    const reply = stopOf({ name: 'a' }, { spec: { ...spec, supportsCheckMode: false }, checkMode: true });

    expect(reply.exitCode).to.equal(0);
    expect(reply.result).to.include({
      skipped: true,
      changed: false,
      msg: 'remote module (x.y.z) does not support check mode',
    });
  });
});
