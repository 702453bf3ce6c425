// The twin: a modelled Windows server on loopback that the build starts itself, so Packer's null builder, which makes
// no machine, is enough. It ships with every Packer and needs no plugin.
import { z } from 'zod';
import { local } from './hcl.js';
import type { Platform } from './platform.js';
import { winrm } from './winrm.js';

export const twin: Platform = {
  name: 'twin',
  summary:
    'The modelled Windows server of lyncimg: a rehearsal with real Packer and Ansible, without Windows.',
  rehearsal: true,
  layering: 'chain',
  discs: 'folders',
  address: 'forwarded',
  guestTools: null,
  certificate: 'build',
  mediaDrive: 'E:',
  sxsPath: (os) => `E:\\sources\\${os}\\sxs`,
  settings: z.strictObject({}),
  examples: {},
  secrets: [],
  tools: [],
  packerAtLeast: () => null,
  plugins: () => [],
  // It models what Windows is, not what it boots from.
  firmwares: () => ['bios', 'uefi'],
  limits: () => [],
  // The null builder has no shutdown_command.
  unkeyBy: 'last-provisioner',
  keeps: {
    as: 'files',
    layer: 'the state of the modelled server (state.json)',
    image: 'the sealed state, for rehearsals alone',
    parent: 'state.json',
  },
  proof: 'Whole bakes run against it, with real Packer, Ansible and WinRM.',
  startByHand: (os) =>
    [
      'Start the guest in another terminal, before each layer (it ends with the layer, and `state.json` goes on):',
      '',
      '```sh',
      `lyncimg twin start --os ${os} --state state.json --media media`,
      '```',
      '',
      'Its line of JSON says address, port, user, the file of its authority and that of its password.',
    ].join('\n'),
  // The layer below is the state that the twin was started with: Packer sees the same host either way.
  source: () => ({
    builder: 'null',
    body: winrm({ host: local('host'), port: local('port'), timeout: '2m' }),
  }),
};
