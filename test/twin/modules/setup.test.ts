import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { chooseSubsets } from '../../../src/twin/modules/setup.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('setup', () => {
  let machine: ModelledMachine;
  beforeEach(async () => {
    machine = await modelledMachine();
  });
  const facts = async (gather_subset?: string[]): Promise<JsonObject> => {
    const args = gather_subset === undefined ? {} : { gather_subset };
    return (await callModule(machine, 'ansible.legacy.setup', args)).result['ansible_facts'] as JsonObject;
  };

  it('gives the facts of a 2012 R2', async () => {
    expect(await facts()).to.include({
      ansible_os_family: 'Windows',
      ansible_distribution: 'Microsoft Windows Server 2012 R2 Standard',
      ansible_distribution_version: '6.3.9600.0',
      ansible_distribution_major_version: '6',
      ansible_os_product_type: 'server',
      ansible_powershell_version: 4,
      ansible_system: 'Win32NT',
      ansible_architecture2: 'x86_64',
      ansible_hostname: 'LYNCIMG-TWIN',
      ansible_user_id: 'Administrator',
      ansible_reboot_pending: false,
      ansible_windows_domain: 'WORKGROUP',
      ansible_windows_domain_member: false,
      module_setup: true,
    });
  });

  it('gives interfaces as Ansible shows them', async () => {
    const { ansible_interfaces: interfaces } = await facts(['!all', 'interfaces']);

    expect((interfaces as JsonObject[])[0]).to.deep.include({
      connection_name: 'Ethernet',
      ipv4: { address: '192.0.2.10', prefix: '24' },
      macaddress: '02:00:00:4C:59:01',
    });
  });

  it('says that a restart is pending', async () => {
    machine.state.pendingReboot.push('servicing');

    expect(await facts(['!all', 'platform'])).to.include({ ansible_reboot_pending: true });
  });

  it('takes the variables of the play into the environment', async () => {
    const { result } = await callModule(machine, 'setup', {}, { environment: { LYNC: 'yes\\' } });

    const found = (result['ansible_facts'] as JsonObject)['ansible_env'];
    expect(found).to.include({ LYNC: 'yes', COMPUTERNAME: 'LYNCIMG-TWIN' });
  });

  it('leaves out the rest of the machine for the smallest set', async () => {
    const min = await facts(['!all', '!min', 'powershell_version']);

    expect(Object.keys(min)).to.deep.equal(['gather_subset', 'module_setup', 'ansible_powershell_version']);
  });

  it('warns of an unknown subset, and takes options that it does not know', async () => {
    const { result } = await callModule(machine, 'setup', { gather_subset: 'warp', something_new: 1 });

    expect(result['warnings']).to.deep.equal(['invalid value warp specified in gather_subset']);
  });

  it('chooses subsets as Ansible does', () => {
    const choose = (...wanted: string[]): string[] => [...chooseSubsets(wanted, () => undefined)];

    expect(choose('all')).to.have.length(19);
    expect(choose('!all')).to.have.length(8).and.to.include('platform');
    expect(choose('!all', '!min', 'bios')).to.deep.equal(['bios']);
    expect(choose('!hardware')).to.not.include.members(['bios']);
    expect(choose('!constructor')).to.have.length(19);
  });
});
