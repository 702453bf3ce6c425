// The password of a guest on its two ways: through the environment into real Ansible, and as the answer disc has it. Both
// must be the same text, whatever it holds.
import { expect } from 'chai';
import { execa } from 'execa';
import { describe, it } from 'mocha';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyFiles } from '../../src/render/first-boot/key-files.js';
import { inventory } from '../../src/render/inventory.js';
import { argvOf } from '../render/first-boot/argv.js';
import { certificatePassword, thumbprint } from '../render/first-boot/scenario.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const passwords = [
  'Plain0Password',
  '{{ lookup("pipe", "id") }} {% raw %} {# x #}',
  '%PATH% !PATH! ^& | <> "quotes" \'single\' $HOME $(id) `id`',
  ' \\ \\" - not: a list # no comment, with blanks at both ends ',
  'yes',
];

describe('the password of a guest', () => {
  const folder = temporaryFolder();

  it('arrives in Ansible as it was given', async () => {
    await writeFile(join(folder.path, 'inventory.yml'), inventory);
    for (const password of passwords) {
      const { stdout } = await execa(
        'ansible',
        ['-i', 'inventory.yml', 'guest', '-m', 'ansible.builtin.debug', '-a', 'var=ansible_password'],
        {
          cwd: folder.path,
          env: {
            PATH: process.env['PATH'] ?? '',
            HOME: folder.path,
            LC_ALL: 'C.UTF-8',
            ANSIBLE_LOAD_CALLBACK_PLUGINS: '1',
            ANSIBLE_STDOUT_CALLBACK: 'json',
            // Nobody is asked, so nothing needs to be there.
            LYNCIMG_HOST: '127.0.0.1',
            LYNCIMG_PORT: '5986',
            LYNCIMG_USER: 'Administrator',
            LYNCIMG_CA_FILE: '/nowhere/ca.crt',
            LYNCIMG_GUEST_PASSWORD: password,
          },
          extendEnv: false,
        },
      );
      const report = JSON.parse(stdout) as {
        plays: { tasks: { hosts: { guest: { ansible_password: unknown } } }[] }[];
      };

      expect(report.plays[0]?.tasks[0]?.hosts.guest.ansible_password).to.equal(password);
    }
  });

  it('arrives at net.exe of the guest as it was given', () => {
    for (const password of passwords) {
      const files = new Map(keyFiles({ password, certificatePassword, thumbprint }));
      const word = files.get('lyncimg/password')?.trimEnd() ?? '';

      expect(argvOf(`user "x" ${word} /active:yes /y`)[2]).to.equal(password);
    }
  });
});
