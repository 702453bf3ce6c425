// A machine right after Setup and first boot: the two tasks of the answer file are there, nothing else was done.
import { defaultPowerPlan, defaultTimeZone } from './settings.js';
import type { MachineState } from './state.js';
import { bootTask, taskKey, unkeyTask } from './tasks.js';

export function freshState(options: { os: string; now: Date }): MachineState {
  return {
    format: 1,
    rehearsal: true,
    os: options.os,
    installedAt: options.now.toISOString(),
    computer: {
      name: 'LYNCIMG-TWIN',
      domain: null,
      workgroup: 'WORKGROUP',
      dnsSuffix: '',
      memoryMb: 4096,
      processors: 2,
      adapters: [
        {
          name: 'Ethernet',
          mac: '02:00:00:4C:59:01',
          // TEST-NET-1 (RFC 5737): an address that nobody mistakes for a real one.
          ipv4: ['192.0.2.10'],
          subnet: ['255.255.255.0'],
          gateway: [],
          dns: [],
        },
      ],
    },
    power: { on: false, offBy: null, bootedAt: null, boots: 0 },
    access: 'unkeyed',
    features: {},
    hotfixes: [],
    registry: {},
    services: {},
    pendingReboot: [],
    powerPlan: defaultPowerPlan,
    timeZone: defaultTimeZone,
    files: {},
    folders: {},
    tasks: {
      [taskKey(bootTask.name)]: { ...bootTask },
      [taskKey(unkeyTask.name)]: { ...unkeyTask },
    },
    journal: [],
  };
}
