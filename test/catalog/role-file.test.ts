import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readdir } from 'node:fs/promises';
import { relative, join } from 'node:path';
import { checkRoleFile } from '../../src/catalog/index.js';
import { formatError, ProblemsError } from '../../src/errors/index.js';
import { line, packageRoot } from './kit.js';

const folder = relative(process.cwd(), join(packageRoot, 'test/fixtures/roles'));
const check = (name: string) => checkRoleFile({ packageRoot, file: join(folder, `${name}.yaml`) });

/** Every problem of the file at once, each with code, line and column. */
async function problemsOf(name: string): Promise<string[]> {
  const checked = await check(name);
  if (checked.ok) return [];
  for (const problem of checked.problems) expect(problem.exitCode).to.equal(2);
  return checked.problems.map((problem) => line(problem).replace(`${join(folder, name)}.yaml:`, ''));
}

async function textOf(name: string): Promise<string> {
  const checked = await check(name);
  return checked.ok ? '' : formatError(new ProblemsError(checked.problems));
}

describe('a role file', () => {
  it('that is right is a role with its items, sources and conditions', async () => {
    const checked = await check('good');
    if (!checked.ok) throw new ProblemsError(checked.problems);
    const { role } = checked.value;
    expect(role).to.include({ name: 'good', title: 'A test' });
    expect(role.extends?.name).to.equal('lync-common');
    expect(role.supports).to.deep.equal(['2012r2']);
    expect(role.options).to.include.keys('automaticUpdates', 'chat', 'size');
    expect(role.items.map(({ kind, input }) => [kind, input])).to.deep.include(['feature', 'msmq-server']);
    expect(role.items[0]?.when).to.deep.equal({ os: ['2012r2'], option: { chat: true } });
    expect(role.items[0]?.source).to.include({ id: 'MS-ADDSW', date: '2016-12-08', confidence: 'microsoft' });
    expect(role.items[1]?.source).to.deep.equal({
      id: 'OUR-WIKI',
      title: 'Our wiki',
      publisher: 'We',
      page: 'wiki.example/lync',
      date: 'unknown',
      confidence: 'community',
    });
    expect(role.items[2]?.source).to.not.have.property('id');
    expect(role.items.at(-1)).to.include({ kind: 'setting', stage: 'machine' });
  });

  for (const [name, ...expected] of [
    ['tab', 'E_YAML_TAB 8:1'],
    ['duplicate-key', 'E_YAML_DUPLICATE_KEY 7:1', 'E_YAML_DUPLICATE_KEY 10:5'],
    ['anchor-bomb', 'E_YAML_ALIASES 4:8'],
    ['no-anchor', 'E_YAML_SYNTAX 1:7'],
    ['tag', 'E_VALUE_INVALID 1:1', 'E_VALUE_INVALID 1:1', 'E_VALUE_INVALID 1:1', 'E_YAML_SYNTAX 1:7'],
    ['two-documents', 'E_YAML_SYNTAX 2:1'],
    ['empty', 'E_VALUE_INVALID 1:1'],
    ['unknown-keys', 'E_KEY_UNKNOWN 6:1', 'E_KEY_UNKNOWN 11:5', 'E_KEY_UNKNOWN 14:7', 'E_KEY_UNKNOWN 18:86'],
    [
      'unknown-names',
      'E_ROLE_UNKNOWN 6:10',
      'E_OS_UNKNOWN 7:20',
      'E_KIND_UNKNOWN 9:5',
      'E_SOURCE_UNKNOWN 12:13',
      'E_SOURCE_MISSING 13:5',
      'E_KIND_COUNT 14:5',
      'E_KIND_COUNT 15:5',
      'E_OS_UNKNOWN 20:17',
    ],
    [
      'unknown-features',
      'E_FEATURE_UNKNOWN 8:14',
      'E_FEATURE_UNKNOWN 11:22',
      'E_REQUIREMENT_INVALID 13:53',
      'E_REQUIREMENT_INVALID 17:12',
    ],
    ['unknown-options', 'E_OPTION_INVALID 8:21', 'E_OPTION_UNKNOWN 12:23', 'E_OPTION_INVALID 15:23'],
    ['conflicts', 'E_REQUIREMENT_CONFLICT 8:5', 'E_REQUIREMENT_CONFLICT 12:5', 'E_REQUIREMENT_CONFLICT 14:5'],
    ['system-of-parent', 'E_ROLE_OS_PARENT 7:18'],
    ['extends-itself', 'E_ROLE_CYCLE 6:10'],
    ['name-of-the-catalogue', 'E_ROLE_DUPLICATE 3:7'],
    [
      'wrong-values',
      'E_VALUE_INVALID 7:11',
      'E_VALUE_INVALID 9:49',
      'E_VALUE_INVALID 10:3',
      'E_VALUE_INVALID 11:17',
      'E_VALUE_INVALID 13:14',
      'E_VALUE_INVALID 15:23',
      'E_VALUE_INVALID 15:41',
      'E_VALUE_INVALID 17:46',
      'E_VALUE_INVALID 19:27',
      'E_VALUE_INVALID 21:5',
    ],
    [
      'windows-line-ends',
      'E_VALUE_INVALID 1:1',
      'E_VALUE_INVALID 1:1',
      'E_ROLE_DUPLICATE 1:7',
      'E_VALUE_INVALID 2:7',
    ],
  ] as [string, ...string[]][])
    it(`with ${name.replaceAll('-', ' ')}: ${expected.length} found, each at its place`, async () => {
      expect(await problemsOf(name)).to.deep.equal(expected);
    });

  it('that is no UTF-8 text, or not there, is named', async () => {
    expect(await textOf('not-utf8')).to.include('it is not UTF-8 text');
    expect(await textOf('nowhere')).to.include('it does not exist');
  });

  it('gets a hint for whatever is wrong', async function () {
    // The catalogue is read once for each of the files.
    this.timeout(60_000);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
    for (const name of [...names.map((file) => file.replace('.yaml', '')), 'nowhere']) {
      const checked = await check(name);
      for (const problem of checked.ok ? [] : checked.problems)
        expect(problem.suggestions, `${name}: ${problem.message}`).to.not.deep.equal([]);
    }
    expect(await textOf('windows-line-ends'))
      .to.include('Add apiVersion: lyncimg/v1')
      .and.include('Add requirements: […]')
      .and.include('Did you mean Role?');
    expect(await textOf('wrong-values'))
      .to.include('Write a list: [2012r2].')
      .and.include('Did you mean dword, qword?');
    expect(await textOf('empty')).to.include('The file begins with apiVersion: lyncimg/v1 and kind:.');
    expect(await textOf('nowhere')).to.include('Check the path');
  });

  it('gets near names, the ring and the other place in its messages', async () => {
    expect(await textOf('unknown-keys')).to.include('Did you mean extends?');
    expect(await textOf('unknown-names'))
      .to.include('Did you mean lync-common?')
      .and.include('Did you mean feature?')
      .and.include('Did you mean MS-ADDSW,');
    expect(await textOf('unknown-features')).to.include('Known there: Web-Server.');
    expect(await textOf('extends-itself')).to.include('self -> self');
    expect(await textOf('wrong-values')).to.include("Quote it: '6.3'.");
    expect(await textOf('conflicts'))
      .to.match(/Power plan Balanced contradicts Power plan High performance of the role windows-base/)
      .and.match(/catalog\/roles\/windows-base\.yaml:\d+:5: The other one stands here/);
  });
});
