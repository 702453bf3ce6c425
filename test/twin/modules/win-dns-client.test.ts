import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import type { JsonObject } from '../../../src/twin/modules/json.js';
import { modelledMachine } from '../../helpers/modelled-machine.js';
import { callModule } from './call-module.js';

describe('win_dns_client', () => {
  const twoCards = (os = '2012r2'): Promise<ModelledMachine> =>
    modelledMachine({
      os,
      change: ({ computer }) => {
        const [first] = computer.adapters;
        if (first === undefined) return;
        computer.adapters.push(
          { ...first, name: 'Edge', mac: '02:00:00:4C:59:02', ipv4: ['203.0.113.5'] },
          { ...first, name: 'Spare', mac: '02:00:00:4C:59:03', ipv4: [] },
        );
      },
    });
  const ask = async (machine: ModelledMachine, args: JsonObject, check = false): Promise<JsonObject> =>
    (await callModule(machine, 'ansible.windows.win_dns_client', args, { check })).result;
  const serversOf = (machine: ModelledMachine): string[][] => machine.facts().adapters.map(({ dns }) => dns);

  it('sets the servers of every card that has an address, once', async () => {
    const machine = await twoCards();
    const args = { adapter_names: '*', dns_servers: ['192.0.2.1', '192.0.2.2', '2001:db8::1'] };

    expect(await ask(machine, args)).to.deep.equal({ changed: true });
    expect(serversOf(machine)).to.deep.equal([args.dns_servers, args.dns_servers, []]);
    expect(await ask(machine, args)).to.deep.equal({ changed: false });
  });

  it('minds the order, family by family', async () => {
    const machine = await twoCards();
    await ask(machine, { adapter_names: 'edge', dns_servers: ['192.0.2.1', '192.0.2.2', '2001:db8::1'] });

    const moved = { adapter_names: ['Edge'], addresses: ['2001:DB8::1', '192.0.2.1', '192.0.2.2'] };
    expect(await ask(machine, moved)).to.deep.equal({ changed: false });
    const turned = { adapter_names: ['Edge'], ipv4_addresses: ['192.0.2.2', '192.0.2.1', '2001:db8::1'] };
    expect(await ask(machine, turned, true)).to.deep.equal({ changed: true });
    expect(await ask(machine, turned)).to.deep.equal({ changed: true });
    expect(serversOf(machine)[0]).to.deep.equal([]);
  });

  it('takes them away with an empty text', async () => {
    const machine = await twoCards();
    await ask(machine, { adapter_names: '*', dns_servers: '192.0.2.1' });

    expect(await ask(machine, { adapter_names: '*', dns_servers: '' })).to.deep.equal({ changed: true });
    expect(serversOf(machine)).to.deep.equal([[], [], []]);
  });

  it('fails by its own words, and by those of Get-NetAdapter where there is one', async () => {
    const machine = await twoCards();
    const words = async (args: JsonObject, of = machine): Promise<unknown> => (await ask(of, args))['msg'];

    expect(await words({ adapter_names: '*' })).to.equal(
      'Get-AnsibleParam: Missing required argument: dns_servers',
    );
    // A text is not split.
    expect(await words({ adapter_names: '*', dns_servers: '192.0.2.1,192.0.2.2' })).to.equal(
      'Unhandled exception while executing module: Invalid IP address(es): (192.0.2.1,192.0.2.2)',
    );
    expect(await words({ adapter_names: 'None', dns_servers: '192.0.2.1' })).to.contain(
      "No MSFT_NetAdapter objects found with property 'Name' equal to 'None'.",
    );
    const enabled = 'Failed to find network adapter(s) that are IP enabled with the name';
    expect(await words({ adapter_names: 'Spare', dns_servers: '192.0.2.1' })).to.contain(
      `${enabled} 'Spare'`,
    );
    expect(
      await words({ adapter_names: 'None', dns_servers: '192.0.2.1' }, await twoCards('2008r2')),
    ).to.contain(`${enabled} 'None'`);
  });

  it('shows in the registry and in CIM under one id', async () => {
    const machine = await twoCards();
    await ask(machine, { adapter_names: 'Ethernet', dns_servers: ['192.0.2.1', '192.0.2.2', '2001:db8::1'] });
    const interfaces = (service: string): string =>
      `HKLM\\SYSTEM\\CurrentControlSet\\Services\\${service}\\Parameters\\Interfaces`;

    const ids = machine.registrySubkeys(interfaces('Tcpip')) ?? [];
    expect(ids).to.have.length(3);
    const values = (service: string): unknown[] =>
      ids.map((id) => machine.registryValue(`${interfaces(service)}\\${id}`, 'NameServer')?.data);
    expect(values('Tcpip')).to.have.members(['192.0.2.1,192.0.2.2', '', '']);
    expect(values('Tcpip6')).to.have.members(['2001:db8::1', '', '']);
  });
});
