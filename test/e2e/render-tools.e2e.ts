// What is rendered, read by its real readers: Packer, Ansible and ansible-lint.
import { expect } from 'chai';
import { execa } from 'execa';
import { describe, it } from 'mocha';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attributes } from '../../src/platforms/index.js';
import { writeRendered } from '../../src/render/index.js';
import { writeHcl } from '../../src/render/hcl.js';
import { inventory } from '../../src/render/inventory.js';
import { writePlaybook } from '../../src/render/yaml.js';
import { packageRoot, renderRole } from '../helpers/real-plan.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const lintConfig = join(packageRoot, 'playbooks/.ansible-lint');

/** Texts that a role may hold, and that some reader would like to take for something else. */
const hostile = [
  '{{ lookup("pipe", "touch /tmp/lyncimg-was-here") }}',
  '{% raw %}',
  '{# comment #}',
  '${env("HOME")} %{ if true }',
  '"quotes" \'single\' `back` $HOME $(id)',
  'back\\slash C:\\new\\table',
  'yes',
  '1:30',
  '012',
  '0x1F',
  'null',
  '- not: a list',
  '# no comment',
  'line\nend\n',
  ' blanks ',
  'Grüße 日本 😀',
  '',
];

describe('what is rendered', () => {
  const folder = temporaryFolder();

  /** Of the connection, which no reader uses here; nothing of the user's reaches the tools. */
  function environment(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: folder.path,
      LC_ALL: 'C.UTF-8',
      CHECKPOINT_DISABLE: '1',
      LYNCIMG_HOST: '127.0.0.1',
      LYNCIMG_PORT: '5986',
      LYNCIMG_USER: 'Administrator',
      LYNCIMG_GUEST_PASSWORD: 'not-a-real-one',
      LYNCIMG_CA_FILE: '/nowhere/ca.crt',
      LYNCIMG_REPORTS: folder.path,
    };
  }

  async function run(program: string, args: string[], more: Record<string, string> = {}) {
    const env = { ...environment(), ...more };
    return execa(program, args, { cwd: folder.path, env, extendEnv: false, reject: false, all: true });
  }

  async function expectGood(program: string, args: string[], more?: Record<string, string>): Promise<string> {
    const { exitCode, all } = await run(program, args, more);
    expect(exitCode, `${program} ${args.join(' ')}\n${all}`).to.equal(0);
    return all;
  }

  for (const role of ['front-end', 'edge']) {
    it(`is taken by Packer, Ansible and ansible-lint for the role ${role}`, async () => {
      const { files } = await renderRole(role);
      const out = join(folder.path, 'out');
      await writeRendered(files, out);
      const settings = { ANSIBLE_CONFIG: join(out, 'ansible.cfg') };
      const layers = (await readdir(out)).filter((name) => /^\d\d-/.test(name));

      const playbooks = [...files.keys()]
        .filter((name) => name.endsWith('.yml'))
        .map((name) => join('out', name));
      for (const layer of layers) {
        await expectGood('packer', ['fmt', '-check', '-diff', `out/${layer}`]);
        await expectGood('packer', ['validate', `out/${layer}`]);
      }
      const plays = playbooks.filter((name) => /(playbook|unkey)\.yml$/.test(name));
      await expectGood('ansible-playbook', ['--syntax-check', ...plays], settings);
      await expectGood('ansible-lint', ['--offline', '--nocolor', '-c', lintConfig, ...playbooks]);
    });
  }

  it('keeps every text of a role as it is in HCL', async () => {
    const blocks = hostile.map((text, index) => ({
      block: 'variable',
      labels: [`v${String(index)}`],
      body: [
        ...attributes({ default: text }),
        {
          block: 'validation',
          body: attributes({
            condition: {
              expression: `var.v${String(index)} == base64decode("${Buffer.from(text).toString('base64')}")`,
            },
            error_message: 'This is another text.',
          }),
        },
      ],
    }));
    const body = attributes({ communicator: 'none' });
    const build = { block: 'build', body: attributes({ sources: ['source.null.none'] }) };
    await writeFile(
      join(folder.path, 'texts.pkr.hcl'),
      writeHcl([...blocks, { block: 'source', labels: ['null', 'none'], body }, build]),
    );

    await expectGood('packer', ['validate', 'texts.pkr.hcl']);
  });

  it('keeps every text of a role as it is in a playbook, and expands nothing', async () => {
    const tasks = hostile.map((text, index) => ({
      name: `Show ${String(index)} ${text}`,
      comments: [text],
      module: 'ansible.builtin.debug',
      args: { msg: { shown: [text], key: text } },
    }));
    const entry = { comments: [], keys: { name: 'Show', hosts: 'guest', gather_facts: false }, tasks };
    await writeFile(join(folder.path, 'texts.yml'), writePlaybook([entry], { head: hostile, tail: hostile }));
    await writeFile(join(folder.path, 'inventory.yml'), inventory);

    const text = await expectGood('ansible-playbook', ['-i', 'inventory.yml', 'texts.yml'], {
      ANSIBLE_STDOUT_CALLBACK: 'json',
    });
    const shown = JSON.parse(text) as { plays: { tasks: { hosts: { guest: { msg: unknown } } }[] }[] };

    expect(shown.plays[0]?.tasks.map(({ hosts }) => hosts.guest.msg)).to.deep.equal(
      hostile.map((one) => ({ shown: [one], key: one })),
    );
  });

  describe('the callback plugin', () => {
    async function events(): Promise<Record<string, unknown>[]> {
      const text = await readFile(join(folder.path, 'ansible-events.jsonl'), 'utf8');
      return text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    }

    /** Plays whose modules run on this host, so that no guest is needed. */
    async function play(text: string, more: Record<string, string> = {}): Promise<number | undefined> {
      const playbooks = join(packageRoot, 'playbooks');
      await mkdir(join(folder.path, 'callback_plugins'), { recursive: true });
      for (const name of ['ansible.cfg', 'callback_plugins/lyncimg_events.py']) {
        await writeFile(join(folder.path, name), await readFile(join(playbooks, name)));
      }
      await writeFile(join(folder.path, 'inventory.yml'), inventory);
      await writeFile(join(folder.path, 'events.yml'), text);
      const env = { ANSIBLE_CONFIG: join(folder.path, 'ansible.cfg'), ...more };
      const { exitCode, all } = await run('ansible-playbook', ['events.yml'], env);
      expect(all).not.to.contain('Callback disabled').and.not.to.contain('lyncimg_events.py');
      return exitCode;
    }

    const playbook = `
- name: First
  hosts: guest
  gather_facts: false
  tasks:
    - name: Say
      ansible.builtin.debug:
        msg: "the word is not-a-real-one"
    - name: Change
      ansible.builtin.debug:
        msg: x
      changed_when: true
    - name: In a block
      block:
        - name: Skip
          ansible.builtin.debug:
            msg: x
          when: false
- name: Second
  hosts: guest
  gather_facts: false
  tasks:
    - name: Fail and go on
      ansible.builtin.fail:
        msg: no matter
      ignore_errors: true
    - name: Hide
      ansible.builtin.fail:
        msg: hidden
      no_log: true
      ignore_errors: true
    - name: Fail
      ansible.builtin.fail:
        msg: "it ends here"
`;

    it('writes each task as it starts and ends, numbered over all plays', async () => {
      expect(await play(playbook)).to.equal(2);
      const list = await events();

      const started = list.filter(({ type }) => type === 'task-started');
      expect(started.map(({ index, total, play: name }) => [index, total, name])).to.deep.equal(
        [1, 2, 3, 4, 5, 6].map((index) => [index, 6, index <= 3 ? 'First' : 'Second']),
      );
      const ended = list.filter(({ type }) => type === 'task-finished');
      expect(ended.map(({ task, status }) => [task, status])).to.deep.equal([
        ['Say', 'ok'],
        ['Change', 'changed'],
        ['Skip', 'skipped'],
        ['Fail and go on', 'ok'],
        ['Hide', 'ok'],
        ['Fail', 'failed'],
      ]);
      expect(ended.at(-1)?.['message']).to.equal('it ends here');
    });

    it('lets neither the password nor what is not to be logged through', async () => {
      await play(playbook);
      const text = JSON.stringify(await events());

      expect(text).to.contain('the word is *****');
      expect(text).not.to.contain('not-a-real-one').and.not.to.contain('hidden');
    });

    it('never stands in the way of the play', async () => {
      const short =
        '- hosts: guest\n  gather_facts: false\n  tasks:\n    - ansible.builtin.debug:\n        msg: x\n';

      expect(await play(short, { LYNCIMG_REPORTS: '/nowhere/at/all' })).to.equal(0);
      expect(await play(short, { LYNCIMG_REPORTS: '' })).to.equal(0);
      expect(await readdir(folder.path)).not.to.include('ansible-events.jsonl');
    });
  });
});
