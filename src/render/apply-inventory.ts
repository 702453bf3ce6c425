// The inventory of `apply`: one machine that has its owner, reached as the environment says. What is looked up there is
// never expanded by Ansible, so a password may hold braces.

export interface ApplyTransport {
  scheme: 'https' | 'http';
  /** Over http only NTLM, whose messages are sealed. */
  method: 'ntlm' | 'basic';
}

function fromEnvironment(name: string): string {
  return `"{{ lookup('ansible.builtin.env', '${name}') }}"`;
}

/** `withMedia`: the address of the files is in the environment as well. */
export function applyInventory({ scheme, method }: ApplyTransport, withMedia: boolean): string {
  const lines = [
    '---',
    '# One machine, reached as the environment says; nothing secret stands here.',
    'all:',
    '  hosts:',
    '    machine:',
    '      ansible_connection: winrm',
    `      ansible_host: ${fromEnvironment('LYNCIMG_HOST')}`,
    `      ansible_port: ${fromEnvironment('LYNCIMG_PORT')}`,
    `      ansible_user: ${fromEnvironment('LYNCIMG_USER')}`,
    `      ansible_password: ${fromEnvironment('LYNCIMG_GUEST_PASSWORD')}`,
    `      ansible_winrm_scheme: ${scheme}`,
    `      ansible_winrm_transport: ${method}`,
    ...(scheme === 'https' ? overTls : overHttp),
    ...(withMedia ? [`      lyncimg_media_url: ${fromEnvironment('LYNCIMG_MEDIA_URL')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const overTls = [
  '      # Only a machine whose certificate an authority in that file signed.',
  '      ansible_winrm_server_cert_validation: validate',
  `      ansible_winrm_ca_trust_path: ${fromEnvironment('LYNCIMG_CA_FILE')}`,
];
const overHttp = [
  '      # Without TLS every message is sealed by NTLM, or nothing is sent.',
  '      ansible_winrm_message_encryption: always',
];
