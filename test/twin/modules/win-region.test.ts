import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('win_region', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const name = 'community.windows.win_region';
  const language = (): unknown =>
    machine.registryValue('HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Language', 'Default');

  it('sets the system locale, once, and then wants a restart', async () => {
    const { result: first } = await callModule(machine, name, { unicode_language: 'de-DE' });
    const { result: second } = await callModule(machine, name, { unicode_language: 'de-DE' });

    expect(first).to.include({ changed: true, restart_required: true });
    expect(second).to.include({ changed: false, restart_required: false });
    expect(language()).to.include({ data: '0407' });
    expect(
      machine.registryValue('HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Locale', '(Default)'),
    ).to.include({ data: '00000407' });
  });

  it('changes nothing in check mode', async () => {
    const { result } = await callModule(machine, name, { unicode_language: 'de-DE' }, { check: true });

    expect(result).to.include({ changed: true, restart_required: true });
    expect(language()).to.include({ data: '0409' });
  });

  it('works on 2008 R2 too, by the registry', async () => {
    machine = await modelledMachine({ os: '2008r2' });

    expect((await callModule(machine, name, { unicode_language: 'fr-FR' })).result).to.include({
      changed: true,
    });
    expect(language()).to.include({ data: '040c' });
  });

  it('fails for a locale that Windows has not, and without any argument', async () => {
    expect((await callModule(machine, name, { unicode_language: 'xx-XX' })).result['msg']).to.equal(
      "The argument unicode_language 'xx-XX' does not contain a valid Culture Name",
    );
    expect((await callModule(machine, name)).result['msg']).to.match(/needs to be supplied/);
  });

  it('says what the twin has no model of', async () => {
    expect(
      (await callModule(machine, name, { unicode_language: 'de-DE', copy_settings: true })).result['msg'],
    ).to.match(/^the twin does not model/);
    expect((await callModule(machine, name, { format: 'de-DE' })).result['msg']).to.match(/does not model/);
  });
});
