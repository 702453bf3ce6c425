// The inventory: one host, whose connection comes from the environment. It is the same for every plan.
// A looked-up value is never expanded by Ansible, so a password may hold braces.
import type { Platform } from '../platforms/index.js';

function fromEnvironment(name: string): string {
  return `"{{ lookup('ansible.builtin.env', '${name}') }}"`;
}

export function inventoryFor(certificate: Platform['certificate']): string {
  return `---
# One guest, reached as the environment says; nothing secret stands here.
all:
  hosts:
    guest:
      ansible_connection: winrm
      ansible_host: ${fromEnvironment('LYNCIMG_HOST')}
      ansible_port: ${fromEnvironment('LYNCIMG_PORT')}
      ansible_user: ${fromEnvironment('LYNCIMG_USER')}
      ansible_password: ${fromEnvironment('LYNCIMG_GUEST_PASSWORD')}
      ansible_winrm_scheme: https
${trust[certificate]}
`;
}

const checked = `      ansible_winrm_transport: basic
      ansible_winrm_server_cert_validation: validate
      ansible_winrm_ca_trust_path: ${fromEnvironment('LYNCIMG_CA_FILE')}`;

const trust: Record<Platform['certificate'], string> = {
  build: `      # Inside TLS, and only to a guest whose certificate this build's authority signed.
${checked}`,
  owner: `      # Inside TLS, and only to a machine whose certificate an authority in that file signed.
${checked}`,
  packer: `      # Inside TLS. Packer had this certificate made and hands it to nobody here: there is nothing to check it by.
      ansible_winrm_transport: basic
      ansible_winrm_server_cert_validation: ignore`,
};

/** Of a guest whose key is the build's. */
export const inventory = inventoryFor('build');
