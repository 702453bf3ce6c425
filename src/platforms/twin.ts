// The twin: a modelled Windows server on loopback that the build starts itself, so Packer's null builder, which makes
// no machine, is enough. It ships with every Packer and needs no plugin.
import { attributes, expression } from './hcl.js';
import type { Platform } from './platform.js';

export const twin: Platform = {
  name: 'twin',
  summary:
    'The modelled Windows server of lyncimg: a rehearsal with real Packer and Ansible, without Windows.',
  rehearsal: true,
  mediaDrive: 'E:',
  sxsPath: (os) => `E:\\sources\\${os}\\sxs`,
  plugins: [],
  // The null builder has no shutdown_command.
  unkeyBy: 'last-provisioner',
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
    body: attributes({
      communicator: 'winrm',
      winrm_host: expression('var.host'),
      winrm_port: expression('var.port'),
      winrm_username: expression('var.user'),
      winrm_password: expression('var.password'),
      winrm_use_ssl: true,
      winrm_insecure: false,
      // The guest is on loopback: HTTPS_PROXY of whoever runs this is not for it.
      winrm_no_proxy: true,
      // Packer sends a wrong password again every five seconds until this is over.
      winrm_timeout: '2m',
    }),
  }),
};
