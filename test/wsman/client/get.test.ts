import { expect } from 'chai';
import { describe, it } from 'mocha';
import { getInstance } from '../../../src/wsman/client/get.js';
import { encodeGetResponse } from '../../../src/wsman/envelope/get.js';
import { rejection } from '../rig.js';
import { fakeAsker, fakeOperation } from './fake-asker.js';

const name = { namespace: 'root/cimv2', className: 'Win32_Service', selectors: { Name: 'WinRM' } };
const answer = encodeGetResponse({ ...name, properties: { Name: 'WinRM', ProcessId: 4 } });

describe('wsman/client/get', () => {
  it('names the instance by class and keys, with an empty body', async () => {
    const asker = fakeAsker([answer]);
    expect(await getInstance(asker, name, fakeOperation())).to.deep.equal({ Name: 'WinRM', ProcessId: '4' });
    const [question] = asker.questions;
    expect(question).to.deep.include({ body: [], selectors: { Name: 'WinRM' }, repeatable: true });
    expect(question?.resourceUri).to.match(/\/root\/cimv2\/Win32_Service$/);
    expect(question?.doing).to.equal('Get of Win32_Service.Name="WinRM"');
  });

  it('follows a reference, and needs no keys for a singleton', async () => {
    const asker = fakeAsker([answer, answer]);
    const reference = { resourceUri: 'urn:x/Win32_Service', selectors: { Name: 'a' } };
    await getInstance(asker, reference, fakeOperation());
    await getInstance(asker, { namespace: 'root/cimv2', className: 'C' }, fakeOperation());
    expect(asker.questions[0]).to.deep.include(reference);
    expect(asker.questions[1]).to.deep.include({ selectors: {}, doing: 'Get of C' });
  });

  it('waits for a slow provider', async () => {
    const asker = fakeAsker(['OPERATION_TIMEDOUT', answer]);
    expect(await getInstance(asker, name, fakeOperation())).to.include({ Name: 'WinRM' });
  });

  it('tells that there is no such instance, and takes nothing for no instance', async () => {
    const asker = fakeAsker(['WBEM_NOT_FOUND', []]);
    expect(await rejection(getInstance(asker, name, fakeOperation()))).to.include({ code: 'E_WSMAN_FAULT' });
    expect(await rejection(getInstance(asker, name, fakeOperation()))).to.include({
      code: 'E_WSMAN_PROTOCOL',
    });
  });
});
