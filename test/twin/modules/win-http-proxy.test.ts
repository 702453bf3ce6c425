import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { readWinHttpProxy } from '../../../src/twin/winhttp-proxy.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('win_http_proxy', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const name = 'community.windows.win_http_proxy';

  it('sets the proxy, once', async () => {
    expect((await callModule(machine, name, { proxy: 'proxy:8080' })).result).to.include({ changed: true });
    expect((await callModule(machine, name, { proxy: 'PROXY:8080' })).result).to.include({ changed: false });
    expect(readWinHttpProxy(machine)).to.deep.equal({ server: 'proxy:8080', bypass: '' });
  });

  it('sets one for each protocol, and what goes past it', async () => {
    const proxy = { https: 'b:443', http: 'a:80' };
    await callModule(machine, name, { proxy, bypass: ['<local>', '*.contoso.com'] });

    expect(readWinHttpProxy(machine)).to.deep.equal({
      server: 'http=a:80;https=b:443',
      bypass: '<local>;*.contoso.com',
    });
  });

  it('takes it away with an empty text', async () => {
    await callModule(machine, name, { proxy: 'proxy:8080' });

    expect((await callModule(machine, name, { proxy: '' })).result).to.include({ changed: true });
    expect(readWinHttpProxy(machine)).to.equal(null);
    expect((await callModule(machine, name, { proxy: '' })).result).to.include({ changed: false });
  });

  it('changes nothing in check mode', async () => {
    const { result } = await callModule(machine, name, { proxy: 'proxy:8080' }, { check: true });

    expect(result).to.include({ changed: true });
    expect(readWinHttpProxy(machine)).to.equal(null);
  });

  it('fails for an unknown protocol, a bypass without a proxy, and the browser as source', async () => {
    expect((await callModule(machine, name, { proxy: { gopher: 'a:70' } })).result['msg']).to.equal(
      'Invalid keys found in proxy: gopher. Valid keys are http, https, ftp, socks.',
    );
    expect((await callModule(machine, name, { bypass: ['x'] })).result['msg']).to.equal(
      "missing parameter(s) required by 'bypass': proxy",
    );
    expect((await callModule(machine, name, { source: 'ie' })).result['msg']).to.match(/does not model/);
  });
});
