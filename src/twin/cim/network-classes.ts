// Network cards as CIM shows them. Names and shapes: recorded answers of 2012 hosts (high); that a card without an
// address has IPEnabled false and only nulls: the same.
import type { Adapter } from '../state.js';
import { adapterGuid } from '../network.js';
import { cimv2, type CimClass } from './class.js';
import type { CimRow } from './filter.js';

export const networkAdapterConfiguration: CimClass = {
  namespace: cimv2,
  name: 'Win32_NetworkAdapterConfiguration',
  keys: ['Index'],
  properties: [
    'Caption',
    'DefaultIPGateway',
    'Description',
    'DHCPEnabled',
    'DNSDomain',
    'DNSServerSearchOrder',
    'DomainDNSRegistrationEnabled',
    'Index',
    'InterfaceIndex',
    'IPAddress',
    'IPEnabled',
    'IPSubnet',
    'MACAddress',
    'SettingID',
    'TcpipNetbiosOptions',
  ],
  rows(machine) {
    const { adapters, domain } = machine.facts();
    return [
      ...adapters.map((adapter, index) => configuration(adapter, index, domain)),
      tunnel(adapters.length),
    ];
  },
};

function configuration(adapter: Adapter, index: number, domain: string | null): CimRow {
  const isEnabled = adapter.ipv4.length > 0;
  const list = (values: string[]): string[] | null => (isEnabled && values.length > 0 ? values : null);
  return {
    ...common(adapter.name, index),
    DefaultIPGateway: list(adapter.gateway),
    DNSDomain: isEnabled ? domain : null,
    DNSServerSearchOrder: list(adapter.dns),
    DomainDNSRegistrationEnabled: isEnabled ? false : null,
    IPAddress: list(adapter.ipv4),
    IPEnabled: isEnabled,
    IPSubnet: list(adapter.subnet),
    MACAddress: adapter.mac,
    SettingID: adapterGuid(adapter),
    TcpipNetbiosOptions: isEnabled ? 0 : null,
  };
}

/** Every Windows lists cards that are none, so that who does not ask for IPEnabled finds them. */
function tunnel(index: number): CimRow {
  return {
    ...common('Microsoft ISATAP Adapter', index),
    DefaultIPGateway: null,
    DNSDomain: null,
    DNSServerSearchOrder: null,
    DomainDNSRegistrationEnabled: null,
    IPAddress: null,
    IPEnabled: false,
    IPSubnet: null,
    MACAddress: null,
    SettingID: '{7477696E-0000-0000-0000-000000000000}',
    TcpipNetbiosOptions: null,
  };
}

function common(name: string, index: number): CimRow {
  return {
    Caption: `[${String(index).padStart(8, '0')}] ${name}`,
    Description: name,
    DHCPEnabled: false,
    Index: index,
    InterfaceIndex: index + 12,
  };
}
