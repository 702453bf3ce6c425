import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { CimValue, WireProperties } from '../../../src/wsman/index.js';
import type { MethodCall } from '../../../src/wsman/client/invoke.js';
import { invoke } from '../../../src/wsman/client/invoke.js';
import {
  listKeys,
  listValues,
  readRegistry,
  type Invoker,
  type RegistryReading,
  type RegistryValueType,
} from '../../../src/wsman/client/registry.js';
import { encodeInvokeResponse } from '../../../src/wsman/envelope/invoke.js';
import { rejection } from '../rig.js';
import { fakeAsker, fakeOperation } from './fake-asker.js';

const key = { hive: 'HKLM' as const, key: 'SOFTWARE\\Thing' };

/** A provider with one answer, through the wire's own text. */
function provider(output: Record<string, CimValue>): Invoker & { calls: MethodCall[] } {
  const calls: MethodCall[] = [];
  return {
    host: 'host:5986',
    calls,
    invoke: (call): Promise<WireProperties> => {
      calls.push(call);
      const asker = fakeAsker([encodeInvokeResponse('urn:c', call.method, output)]);
      return invoke(asker, call, fakeOperation());
    },
  };
}

function read(
  output: Record<string, CimValue>,
  type: RegistryValueType | null = 'string',
): Promise<RegistryReading> {
  const value = type === null ? {} : { value: { name: 'V', type } };
  return readRegistry(provider(output), { ...key, ...value });
}

describe('wsman/client/registry', () => {
  const values: Record<RegistryValueType, [output: Record<string, CimValue>, data: string | string[]]> = {
    string: [{ sValue: '15.0' }, '15.0'],
    expandstring: [{ sValue: 'C:\\Windows' }, 'C:\\Windows'],
    multistring: [{ sValue: ['a', 'b'] }, ['a', 'b']],
    dword: [{ uValue: 4294967295 }, '4294967295'],
    qword: [{ uValue: 18446744073709551615n }, '18446744073709551615'],
    binary: [{ uValue: [0, 255, 16] }, '00ff10'],
  };
  for (const [type, [output, data]] of Object.entries(values)) {
    it(`reads a ${type}`, async () => {
      const reading = await read({ ReturnValue: 0, ...output }, type as RegistryValueType);
      expect(reading).to.deep.equal({ exists: true, data });
    });
  }

  it('asks whether a key exists', async () => {
    expect(await read({ ReturnValue: 0, sNames: ['one'] }, null)).to.deep.equal({ exists: true });
    expect(await read({ ReturnValue: 2 }, null)).to.deep.equal({ exists: false, missing: 'key' });
  });

  it('tells a missing value from a missing key, and both from another type', async () => {
    expect(await read({ ReturnValue: 1 })).to.deep.equal({ exists: false, missing: 'value' });
    expect(await read({ ReturnValue: 2 })).to.deep.equal({ exists: false, missing: 'key' });
    expect(await read({ ReturnValue: 2147749893 })).to.deep.equal({ exists: true, otherType: true });
  });

  it('takes a refusal and unknown return values for errors', async () => {
    const refused = (await rejection(read({ ReturnValue: 5 }))) as Error;
    expect(refused).to.include({ code: 'E_WSMAN_REGISTRY', exitCode: 3 });
    expect(refused.message).to.contain('denies access to HKLM\\SOFTWARE\\Thing (V)');
    expect(((await rejection(read({ ReturnValue: 87 }, null))) as Error).message).to.contain('87');
    expect(((await rejection(read({ ReturnValue: 1 }, null))) as Error).message).to.contain('answered 1');
    expect(((await rejection(read({}, null))) as Error).message).to.contain('answered nothing');
  });

  it('asks the method that belongs to the type, with hive, key and name, and may ask it twice', async () => {
    const client = provider({ ReturnValue: 0, uValue: 1 });
    await readRegistry(client, { hive: 'HKU', key: '.DEFAULT', value: { name: '', type: 'dword' } });
    expect(client.calls).to.deep.equal([
      {
        ...{ namespace: 'root/cimv2', className: 'StdRegProv', method: 'GetDWORDValue', readOnly: true },
        input: { hDefKey: 2147483651, sSubKeyName: '.DEFAULT', sValueName: '' },
      },
    ]);
  });

  it('reads empty strings and empty lists, which providers send as nothing', async () => {
    const nothing = { ReturnValue: 0, sValue: null };
    expect(await read(nothing)).to.deep.equal({ exists: true, data: '' });
    expect(await read(nothing, 'multistring')).to.deep.equal({ exists: true, data: [] });
    expect(await read(nothing, 'binary')).to.deep.equal({ exists: true, data: '' });
    expect(await rejection(read(nothing, 'dword'))).to.include({ code: 'E_WSMAN_PROTOCOL' });
  });

  it('does not take what is no byte for one', async () => {
    for (const uValue of [[1, 256], [-1], [1.5], ['x']]) {
      expect(await rejection(read({ ReturnValue: 0, uValue }, 'binary'))).to.include({
        code: 'E_WSMAN_PROTOCOL',
      });
    }
  });

  it('looks where 32-bit programs look when asked for their view, and says so', async () => {
    const client = provider({ ReturnValue: 5 });
    const error = await rejection(readRegistry(client, { ...key, view: '32' }));
    expect(client.calls[0]?.input).to.include({ sSubKeyName: 'SOFTWARE\\Wow6432Node\\Thing' });
    expect((error as Error).message).to.contain('HKLM\\SOFTWARE\\Wow6432Node\\Thing');
  });

  it('lists keys: several, one, none', async () => {
    const list = (sNames: CimValue): Promise<unknown> => listKeys(provider({ ReturnValue: 0, sNames }), key);
    expect(await list(['a', 'b'])).to.deep.equal({ exists: true, keys: ['a', 'b'] });
    expect(await list(['a'])).to.deep.equal({ exists: true, keys: ['a'] });
    expect(await list([])).to.deep.equal({ exists: true, keys: [] });
    expect(await list(null)).to.deep.equal({ exists: true, keys: [] });
  });

  it('lists values with their types, also those that no method reads', async () => {
    const client = provider({ ReturnValue: 0, sNames: ['a', '', 'c', 'd'], Types: [1, 7, 11, 8] });
    expect(await listValues(client, key)).to.deep.equal({
      exists: true,
      values: [
        { name: 'a', type: 'string', typeNumber: 1 },
        { name: '', type: 'multistring', typeNumber: 7 },
        { name: 'c', type: 'qword', typeNumber: 11 },
        { name: 'd', type: null, typeNumber: 8 },
      ],
    });
    expect(await listValues(provider({ ReturnValue: 0 }), key)).to.deep.equal({ exists: true, values: [] });
  });

  it('tells of a list that its key is missing, that it is denied, and that it makes no sense', async () => {
    for (const list of [listKeys, listValues]) {
      expect(await list(provider({ ReturnValue: 2 }), key)).to.deep.equal({ exists: false, missing: 'key' });
      expect(await rejection(list(provider({ ReturnValue: 5 }), key))).to.include({
        code: 'E_WSMAN_REGISTRY',
      });
    }
    for (const odd of [
      { sNames: ['a'], Types: [1, 2] },
      { sNames: ['a'] },
      { sNames: ['a'], Types: ['x'] },
    ]) {
      const error = await rejection(listValues(provider({ ReturnValue: 0, ...odd }), key));
      expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    }
  });
});
