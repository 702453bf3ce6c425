// The inventory: one host, whose connection comes from the environment. It is the same for every plan.
// A looked-up value is never expanded by Ansible, so a password may hold braces.

function fromEnvironment(name: string): string {
  return `"{{ lookup('ansible.builtin.env', '${name}') }}"`;
}

export const inventory = `---
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
      # Inside TLS, and only to a guest whose certificate this build's authority signed.
      ansible_winrm_transport: basic
      ansible_winrm_server_cert_validation: validate
      ansible_winrm_ca_trust_path: ${fromEnvironment('LYNCIMG_CA_FILE')}
`;
