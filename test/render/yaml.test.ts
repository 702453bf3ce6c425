import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import type { AnsibleTask } from '../../src/requirements/index.js';
import { writePlaybook } from '../../src/render/yaml.js';

function playbookOf(...tasks: AnsibleTask[]): string {
  return writePlaybook([{ comments: [], keys: { hosts: 'guest' }, tasks }], { head: [], tail: [] });
}

function taskOf(args: AnsibleTask['args'], rest: Partial<AnsibleTask> = {}): AnsibleTask {
  return { name: 'Do it', comments: [], module: 'ansible.builtin.debug', args, ...rest };
}

/** What YAML 1.1, Ansible's, makes of the arguments of the first task. */
function argsIn(text: string): unknown {
  const [play] = parse(text, { version: '1.1' }) as { tasks: Record<string, unknown>[] }[];
  return play?.tasks[0]?.['ansible.builtin.debug'];
}

describe('writePlaybook', () => {
  it('writes tasks in order, with their sources above them and a blank line between', () => {
    const text = playbookOf(
      taskOf({ msg: 'a' }, { comments: ['The first', 'Source: one'] }),
      taskOf({ msg: 'b' }, { register: 'seen', when: 'seen is changed' }),
    );

    expect(text).to.equal(
      [
        '---',
        '- hosts: guest',
        '  tasks:',
        '    # The first',
        '    # Source: one',
        '    - name: Do it',
        '      ansible.builtin.debug:',
        '        msg: a',
        '',
        '    - name: Do it',
        '      ansible.builtin.debug:',
        '        msg: b',
        '      register: seen',
        '      when: seen is changed',
        '',
      ].join('\n'),
    );
  });

  it('writes list items with their sources on a line each', () => {
    const text = playbookOf(taskOf({ name: [{ value: 'Web-Server', comment: 'What the role\nneeds' }] }));

    expect(text).to.contain('          - Web-Server # What the role needs\n');
  });

  it('quotes what YAML 1.1 would take for something else', () => {
    const texts = [
      'yes',
      'off',
      'NO',
      '1:30',
      '012',
      '0x1F',
      '1_000',
      '~',
      'null',
      '2016-12-08',
      '=',
      '<<',
      '1e3',
      '',
    ];
    const text = playbookOf(taskOf({ texts }));

    expect(argsIn(text)).to.deep.equal({ texts });
  });

  it('keeps types', () => {
    const args = { number: 2, yes: true, nothing: null, map: { list: [1, 'x'] }, empty: [] };

    expect(argsIn(playbookOf(taskOf(args)))).to.deep.equal(args);
  });

  it('marks a text with a template in it as one that must not be expanded', () => {
    expect(playbookOf(taskOf({ data: '{{ lookup("pipe", "id") }}' }))).to.contain(
      'data: !unsafe "{{ lookup(\\"pipe\\", \\"id\\") }}"',
    );
  });

  it('does so in lists, in maps and in texts over several lines', () => {
    const text = playbookOf(taskOf({ list: ['{% x'], map: { key: 'a\n{{ b }}' } }));

    expect(text).to.contain('- !unsafe "{% x"').and.to.contain('key: !unsafe "a\\n{{ b }}"');
  });

  it('lets no comment and no name break out of its line', () => {
    const text = playbookOf(
      taskOf(
        { msg: { value: 'a', comment: 'x\n- hosts: all' } },
        { name: 'N\n- hosts: all', comments: ['c\n- hosts: all'] },
      ),
    );

    expect(text).to.contain('# c - hosts: all').and.to.contain('msg: a # x - hosts: all');
    expect(text).to.contain('name: "N - hosts: all"');
    expect(parse(text)).to.have.length(1);
  });

  it('puts a head above and a tail below as comments', () => {
    const text = writePlaybook([{ comments: [], keys: { hosts: 'guest' } }], {
      head: ['Head'],
      tail: ['Tail'],
    });

    expect(text).to.equal('# Head\n---\n- hosts: guest\n\n# Tail\n');
  });
});
