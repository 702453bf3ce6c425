// The processor as CIM shows it: one socket, each logical processor a core. Microsoft's class page (high); the clock is
// made up.
import { cimv2, type CimClass } from './class.js';

export const processor: CimClass = {
  namespace: cimv2,
  name: 'Win32_Processor',
  keys: ['DeviceID'],
  properties: [
    'AddressWidth',
    'Architecture',
    'DataWidth',
    'DeviceID',
    'Manufacturer',
    'MaxClockSpeed',
    'Name',
    'NumberOfCores',
    'NumberOfLogicalProcessors',
    'SocketDesignation',
  ],
  rows(machine) {
    const { processors } = machine.facts();
    return [
      {
        AddressWidth: 64,
        // x64
        Architecture: 9,
        DataWidth: 64,
        DeviceID: 'CPU0',
        Manufacturer: 'lyncimg',
        MaxClockSpeed: 2600,
        Name: 'Modelled processor',
        NumberOfCores: processors,
        NumberOfLogicalProcessors: processors,
        SocketDesignation: 'CPU 0',
      },
    ];
  },
};
