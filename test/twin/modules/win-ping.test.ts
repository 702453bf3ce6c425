import { expect } from 'chai';
import { describe, it } from 'mocha';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('win_ping', () => {
  it('gives its data back', async () => {
    const { result } = await callModule(await modelledMachine(), 'win_ping', { data: 'käse' });

    expect(result).to.deep.equal({
      changed: false,
      ping: 'käse',
      invocation: { module_args: { data: 'käse' } },
    });
  });
});
