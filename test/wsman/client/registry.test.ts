import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readRegistry, type RegistryReading, type RegistryValueType } from '../../../src/wsman/index.js';
import { rejection, startRig } from '../rig.js';
import { toyHandler } from '../toy-handler.js';

const key = 'SOFTWARE\\Thing';

async function read(key: string, type: RegistryValueType | null = 'string'): Promise<RegistryReading> {
  const rig = await startRig();
  return readRegistry(rig.client(), {
    ...{ hive: 'HKLM' as const, key },
    ...(type === null ? {} : { value: { name: 'V', type } }),
  });
}

describe('wsman/client/registry', () => {
  const values: Record<RegistryValueType, string | string[]> = {
    string: '15.0',
    expandstring: 'C:\\Windows',
    multistring: ['a', 'b'],
    dword: '4294967295',
    qword: '18446744073709551615',
    binary: '00ff10',
  };
  for (const [type, data] of Object.entries(values) as [RegistryValueType, string | string[]][]) {
    it(`reads a ${type}`, async () => {
      expect(await read(key, type)).to.deep.equal({ exists: true, data });
    });
  }

  it('asks whether a key exists', async () => {
    expect(await read(key, null)).to.deep.equal({ exists: true });
    expect(await read('return 2', null)).to.deep.equal({ exists: false, missing: 'key' });
  });

  it('tells a missing value from a missing key, and both from another type', async () => {
    expect(await read('return 1')).to.deep.equal({ exists: false, missing: 'value' });
    expect(await read('return 2')).to.deep.equal({ exists: false, missing: 'key' });
    expect(await read('return 2147749893')).to.deep.equal({ exists: true, otherType: true });
  });

  it('takes a refusal and unknown return values for errors', async () => {
    expect(await rejection(read('return 5'))).to.include({ code: 'E_WSMAN_REGISTRY', exitCode: 3 });
    expect(((await rejection(read('return 5'))) as Error).message).to.contain(
      'denies access to HKLM\\return 5 (V)',
    );
    expect(((await rejection(read('return 87', null))) as Error).message).to.contain('87');
    expect(((await rejection(read('return 1', null))) as Error).message).to.contain('answered 1');
  });

  it('asks the method that belongs to the type, with hive, key and name', async () => {
    const handler = toyHandler();
    let seen: unknown;
    handler.invoke = ({ namespace, className, method, input }) => {
      seen = { namespace, className, method, input };
      return Promise.resolve({ ReturnValue: 0, uValue: 1 });
    };
    const rig = await startRig({ handler });
    await readRegistry(rig.client(), { hive: 'HKU', key: '.DEFAULT', value: { name: '', type: 'dword' } });
    expect(seen).to.deep.equal({
      ...{ namespace: 'root/cimv2', className: 'StdRegProv', method: 'GetDWORDValue' },
      input: { hDefKey: '2147483651', sSubKeyName: '.DEFAULT', sValueName: '' },
    });
  });

  it('reads empty strings and empty lists, which providers send as nothing', async () => {
    const handler = toyHandler();
    handler.invoke = () => Promise.resolve({ ReturnValue: 0, sValue: null });
    const client = (await startRig({ handler })).client();
    const of = (type: RegistryValueType): Promise<RegistryReading> =>
      readRegistry(client, { hive: 'HKLM', key, value: { name: 'V', type } });
    expect(await of('string')).to.deep.equal({ exists: true, data: '' });
    expect(await of('multistring')).to.deep.equal({ exists: true, data: [] });
    expect(await of('binary')).to.deep.equal({ exists: true, data: '' });
    expect(await rejection(of('dword'))).to.include({ code: 'E_WSMAN_PROTOCOL' });
  });

  it('does not take what is no byte for one', async () => {
    const handler = toyHandler();
    handler.invoke = () => Promise.resolve({ ReturnValue: 0, uValue: [1, 256] });
    const client = (await startRig({ handler })).client();
    const question = { hive: 'HKLM' as const, key, value: { name: 'V', type: 'binary' as const } };
    expect(await rejection(readRegistry(client, question))).to.include({ code: 'E_WSMAN_PROTOCOL' });
  });
});
