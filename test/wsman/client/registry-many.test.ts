import { expect } from 'chai';
import { describe, it } from 'mocha';
import { fail } from '../../../src/errors/index.js';
import type { CimValue, WireProperties } from '../../../src/wsman/index.js';
import { invoke, type MethodCall } from '../../../src/wsman/client/invoke.js';
import type { OperationOptions } from '../../../src/wsman/client/options.js';
import type { Invoker } from '../../../src/wsman/client/registry.js';
import { readRegistryKeys, readRegistryTexts } from '../../../src/wsman/client/registry-many.js';
import { encodeInvokeResponse } from '../../../src/wsman/envelope/invoke.js';
import { rejection } from '../rig.js';
import { fakeAsker, fakeOperation } from './fake-asker.js';

type Answer = Record<string, CimValue> | Error;

interface Provider extends Invoker {
  /** `Method path` or `Method path|value`, in order. */
  readonly asked: string[];
  readonly how: OperationOptions[];
  /** The most calls at the same time. */
  readonly most: number;
}

/** A provider that answers by `asked`, through the wire's own text; what is not given is not there. */
function provider(answers: Record<string, Answer> | ((asked: string) => Answer)): Provider {
  const asked: string[] = [];
  const how: OperationOptions[] = [];
  let open = 0;
  let most = 0;
  return {
    host: 'host:5986',
    asked,
    how,
    get most() {
      return most;
    },
    invoke: async (call: MethodCall, options: OperationOptions = {}): Promise<WireProperties> => {
      const { sSubKeyName, sValueName } = call.input as Record<string, string>;
      const question = `${call.method} ${sSubKeyName ?? ''}${sValueName === undefined ? '' : `|${sValueName}`}`;
      asked.push(question);
      how.push(options);
      most = Math.max(most, ++open);
      await Promise.resolve();
      open -= 1;
      const answer = typeof answers === 'function' ? answers(question) : answers[question];
      if (answer instanceof Error) throw answer;
      const output = answer ?? { ReturnValue: 1 };
      return invoke(fakeAsker([encodeInvokeResponse('urn:c', call.method, output)]), call, fakeOperation());
    },
  };
}

const hotfixes = { hive: 'HKLM' as const, key: 'SOFTWARE\\Uninstall' };
const name = { name: 'DisplayName', type: 'string' as const };
const size = { name: 'Size', type: 'dword' as const };
const rules = { hive: 'HKLM' as const, key: 'SYSTEM\\Rules' };
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `k${index}`);

describe('readRegistryKeys', () => {
  it('lists once, then asks each subkey for each value, one call after the other', async () => {
    const client = provider({
      'EnumKey SOFTWARE\\Uninstall': { ReturnValue: 0, sNames: ['{A}', 'Wireshark'] },
      'GetStringValue SOFTWARE\\Uninstall\\{A}|DisplayName': { ReturnValue: 0, sValue: 'Agent' },
      'GetDWORDValue SOFTWARE\\Uninstall\\{A}|Size': { ReturnValue: 0, uValue: 7 },
      'GetStringValue SOFTWARE\\Uninstall\\Wireshark|DisplayName': { ReturnValue: 0, sValue: 'Wireshark' },
    });

    expect(await readRegistryKeys(client, { ...hotfixes, values: [name, size] })).to.deep.equal({
      exists: true,
      keys: [
        { name: '{A}', values: { DisplayName: 'Agent', Size: '7' } },
        { name: 'Wireshark', values: { DisplayName: 'Wireshark' } },
      ],
    });
    expect(client.asked).to.have.length(5);
    expect(client.asked[0]).to.equal('EnumKey SOFTWARE\\Uninstall');
    expect(client.most).to.equal(1);
  });

  it('asks for names alone where no value is wanted', async () => {
    const client = provider({ 'EnumKey SOFTWARE\\Uninstall': { ReturnValue: 0, sNames: ['a'] } });

    expect(await readRegistryKeys(client, { ...hotfixes, values: [] })).to.deep.equal({
      exists: true,
      keys: [{ name: 'a', values: {} }],
    });
    expect(client.asked).to.have.length(1);
  });

  it('leaves out a value of another type, and one of a subkey that went away', async () => {
    const client = provider({
      'EnumKey SOFTWARE\\Uninstall': { ReturnValue: 0, sNames: ['a', 'b'] },
      'GetStringValue SOFTWARE\\Uninstall\\a|DisplayName': { ReturnValue: 2147749893n },
      'GetStringValue SOFTWARE\\Uninstall\\b|DisplayName': { ReturnValue: 2 },
    });

    expect(await readRegistryKeys(client, { ...hotfixes, values: [name] })).to.deep.equal({
      exists: true,
      keys: [
        { name: 'a', values: {} },
        { name: 'b', values: {} },
      ],
    });
  });

  it('tells that the key is not there, and that it has no subkeys', async () => {
    const read = (output: Answer): Promise<unknown> =>
      readRegistryKeys(
        provider(() => output),
        { ...hotfixes, values: [name] },
      );

    expect(await read({ ReturnValue: 2 })).to.deep.equal({ exists: false });
    expect(await read({ ReturnValue: 0 })).to.deep.equal({ exists: true, keys: [] });
  });

  it('knows nothing where one subkey may not be read', async () => {
    const client = provider((asked) =>
      asked.startsWith('EnumKey') ? { ReturnValue: 0, sNames: ['a', 'b'] } : { ReturnValue: 5 },
    );
    const error = await rejection(readRegistryKeys(client, { ...hotfixes, values: [name] }));

    expect(error).to.include({ code: 'E_WSMAN_REGISTRY' });
    expect(client.asked).to.have.length(2);
  });

  it('takes 2,000 subkeys and no more', async () => {
    const read = (count: number): Promise<unknown> =>
      readRegistryKeys(
        provider(() => ({ ReturnValue: 0, sNames: names(count) })),
        { ...hotfixes, values: [] },
      );

    expect(await read(2000))
      .to.have.property('keys')
      .with.length(2000);
    const error = (await rejection(read(2001))) as Error;
    expect(error).to.include({ code: 'E_WSMAN_REGISTRY_LIST' });
    expect(error.message).to.equal(
      'What host:5986 lists of HKLM\\SOFTWARE\\Uninstall is not taken: it has more than 2000 subkeys.',
    );
  });

  for (const hostile of ['a\\b', 'a\tb', '\u0085', '', 'x'.repeat(256)]) {
    it(`asks for nothing below a key that names a subkey ${JSON.stringify(hostile.slice(0, 10))}`, async () => {
      const client = provider(() => ({ ReturnValue: 0, sNames: ['good', hostile] }));
      const error = await rejection(readRegistryKeys(client, { ...hotfixes, values: [name] }));

      expect(error).to.include({ code: 'E_WSMAN_REGISTRY_LIST' });
      expect(client.asked).to.have.length(1);
    });
  }

  it('stops where the data grow beyond what any registry holds', async () => {
    const huge = 'x'.repeat(1024 * 1024);
    const client = provider((asked) =>
      asked.startsWith('EnumKey') ? { ReturnValue: 0, sNames: names(100) } : { ReturnValue: 0, sValue: huge },
    );
    const error = await rejection(readRegistryKeys(client, { ...hotfixes, values: [name] }));

    expect(error).to.include({ code: 'E_WSMAN_REGISTRY_LIST' });
    expect(client.asked.length).to.be.lessThan(20);
  });

  it('gives each call what is left of the time, and the signal', async () => {
    const { signal } = new AbortController();
    const client = provider(() => ({ ReturnValue: 0, sNames: ['a'], sValue: '' }));
    await readRegistryKeys(client, { ...hotfixes, values: [name] }, { timeoutMs: 60_000, signal });

    const [first, second] = client.how;
    expect(second?.timeoutMs).to.be.at.most(first?.timeoutMs ?? 0);
    expect(client.how.every((how) => how.signal === signal)).to.equal(true);
  });

  it('calls the whole question too slow, not the call that came last', async () => {
    const late = fail('E_WSMAN_TIMEOUT', { host: 'h', doing: 'x', timeoutMs: 3, saidByHost: false });
    const client = provider((asked) =>
      asked.startsWith('EnumKey') ? { ReturnValue: 0, sNames: ['a'] } : late,
    );
    const error = await rejection(
      readRegistryKeys(client, { ...hotfixes, values: [name] }, { timeoutMs: 60_000 }),
    );

    expect((error as Error).message).to.equal(
      'host:5986 gave no answer to all of HKLM\\SOFTWARE\\Uninstall within 60 s.',
    );
  });

  it('asks nothing when there is no time', async () => {
    const client = provider({});
    const error = await rejection(readRegistryKeys(client, { ...hotfixes, values: [] }, { timeoutMs: 0 }));

    expect(error).to.include({ code: 'E_WSMAN_TIMEOUT' });
    expect(client.asked).to.deep.equal([]);
  });
});

describe('readRegistryTexts', () => {
  it('reads each value that is text by the method of its type, and no other', async () => {
    const client = provider({
      'EnumValues SYSTEM\\Rules': {
        ReturnValue: 0,
        sNames: ['one', 'number', 'C:\\two', 'gone'],
        Types: [1, 4, 2, 1],
      },
      'GetStringValue SYSTEM\\Rules|one': { ReturnValue: 0, sValue: 'v2.10|Active=TRUE|' },
      'GetExpandedStringValue SYSTEM\\Rules|C:\\two': { ReturnValue: 0, sValue: 'C:\\Windows' },
    });

    expect(await readRegistryTexts(client, rules)).to.deep.equal({
      exists: true,
      values: [
        { name: 'one', data: 'v2.10|Active=TRUE|' },
        { name: 'C:\\two', data: 'C:\\Windows' },
      ],
    });
    expect(client.asked).to.have.length(4);
  });

  it('finds a default value that is alone, of which the provider does not tell', async () => {
    const client = provider({
      'EnumValues SYSTEM\\Rules': { ReturnValue: 0 },
      'GetStringValue SYSTEM\\Rules|': { ReturnValue: 0, sValue: 'alone' },
      'GetExpandedStringValue SYSTEM\\Rules|': { ReturnValue: 2147749893n },
    });

    expect(await readRegistryTexts(client, rules)).to.deep.equal({
      exists: true,
      values: [{ name: '', data: 'alone' }],
    });
  });

  it('tells that the key is not there, and that it has no values', async () => {
    expect(
      await readRegistryTexts(
        provider(() => ({ ReturnValue: 2 })),
        rules,
      ),
    ).to.deep.equal({
      exists: false,
    });
    expect(
      await readRegistryTexts(provider({ 'EnumValues SYSTEM\\Rules': { ReturnValue: 0 } }), rules),
    ).to.deep.equal({ exists: true, values: [] });
  });

  it('takes 5,000 values and no more, and no name with a control character', async () => {
    const read = (sNames: string[]): Promise<unknown> =>
      readRegistryTexts(
        provider(() => ({ ReturnValue: 0, sNames, Types: sNames.map(() => 4) })),
        rules,
      );

    expect(await read(names(5000))).to.deep.equal({ exists: true, values: [] });
    for (const refused of [names(5001), ['a\nb'], ['x'.repeat(16_384)]])
      expect(await rejection(read(refused))).to.include({ code: 'E_WSMAN_REGISTRY_LIST' });
  });
});
