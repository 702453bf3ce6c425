import { expect } from 'chai';
import { describe, it } from 'mocha';
import { invoke } from '../../../src/wsman/client/invoke.js';
import { encodeInvokeResponse } from '../../../src/wsman/envelope/invoke.js';
import { rejection } from '../rig.js';
import { fakeAsker, fakeOperation } from './fake-asker.js';

const call = {
  namespace: 'root/cimv2',
  className: 'StdRegProv',
  method: 'EnumKey',
  input: { b: 1, a: ['x', 'y'] },
};
const answer = encodeInvokeResponse('urn:c', 'EnumKey', { ReturnValue: 0, sNames: ['a', 'b'] });

describe('wsman/client/invoke', () => {
  it('sends the parameters in the order given, and gives those that come out', async () => {
    const asker = fakeAsker([answer]);
    const output = await invoke(asker, call, fakeOperation());
    expect(output).to.deep.equal({ ReturnValue: '0', sNames: ['a', 'b'] });
    const [question] = asker.questions;
    expect(question?.action).to.match(/\/root\/cimv2\/StdRegProv\/EnumKey$/);
    expect(question?.body[0]?.text).to.contain('<p:b>1</p:b><p:a>x</p:a><p:a>y</p:a>');
    expect(question).to.include({ repeatable: false, doing: 'StdRegProv.EnumKey' });
  });

  it('names an instance by its keys', async () => {
    const asker = fakeAsker([answer]);
    await invoke(asker, { ...call, selectors: { Name: 'n' } }, fakeOperation());
    expect(asker.questions[0]?.selectors).to.deep.equal({ Name: 'n' });
  });

  it('waits for a slow provider when the method only reads, and never calls another one twice', async () => {
    const reading = fakeAsker(['OPERATION_TIMEDOUT', answer]);
    await invoke(reading, { ...call, readOnly: true }, fakeOperation());
    expect(reading.questions.map(({ repeatable }) => repeatable)).to.deep.equal([true, true]);
    const writing = fakeAsker(['OPERATION_TIMEDOUT', answer]);
    expect(await rejection(invoke(writing, call, fakeOperation()))).to.include({ code: 'E_WSMAN_TIMEOUT' });
    expect(writing.asked).to.have.length(1);
  });
});
