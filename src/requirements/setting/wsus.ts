// The WSUS server that Windows Update asks in place of Microsoft's.
import { z } from 'zod';
import { judgeValues, registryFacts, registryTasks, type WantedValue } from './registry-values.js';
import type { Setting } from './setting.js';

const policies = 'SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate';

/** Windows takes the pair of addresses only where both are set and UseWUServer says so (Microsoft's WSUS pages). */
function valuesOf(address: string): WantedValue[] {
  return [
    { key: policies, name: 'WUServer', data: address },
    { key: policies, name: 'WUStatusServer', data: address },
    { key: `${policies}\\AU`, name: 'UseWUServer', data: 1 },
  ];
}

export const wsus: Setting<string> = {
  name: 'wsus',
  id: 'wsus',
  schema: z
    .url({ protocol: /^https?$/, error: 'The address of a WSUS server, e.g. http://wsus.contoso.com:8530.' })
    .meta({ description: 'Address of the WSUS server.' }),
  canonical: (address) => address.replace(/\/+$/, ''),
  title: (address) => `Updates from ${address}`,
  tasks: (address, comments) => registryTasks(valuesOf(address), comments),
  facts: (address) => registryFacts(valuesOf(address)),
  judge: (address, facts) => judgeValues(valuesOf(address), `updates from ${address}`, facts),
};
