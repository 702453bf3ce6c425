import { expect } from 'chai';
import { describe, it } from 'mocha';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkRoleFile, loadCatalog, loadSystems } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lines, packageRoot, packageWith, role, writeFiles } from './kit.js';

describe('loading a catalogue', () => {
  const folder = temporaryFolder();
  const load = async (roles: Record<string, string>, workspace?: Record<string, string>) => {
    const packageRoot = await packageWith(join(folder.path, 'package'), roles);
    const workspaceFolder = join(folder.path, 'workspace');
    if (workspace !== undefined) await writeFiles(workspaceFolder, workspace);
    return { packageRoot, ...(workspace !== undefined && { workspaceFolder }) };
  };
  const base = role('base', 'supports: [2012R2]\nrequirements: []\n');
  const none = 'extends: base\nrequirements: []\n';

  it('finds roles and systems, names in any case, and near names', async () => {
    const catalog = orThrow(await loadCatalog(await load({ base, 'front-end': role('front-end', none) })));
    expect(catalog.roles().map(({ name }) => name)).to.deep.equal(['base', 'front-end']);
    expect(catalog.role('front-end')?.extends).to.equal(catalog.role('base'));
    expect(catalog.role('back-end')).to.equal(undefined);
    expect(catalog.nearRoles('frontend')).to.deep.equal(['front-end']);
    expect(catalog.systems().map(({ id }) => id)).to.deep.equal(['2008r2', '2012', '2012r2']);
    expect(catalog.os('2012R2')).to.equal(catalog.systems()[2]);
    expect(catalog.os('2016')).to.equal(undefined);
  });

  it('reads the roles of a workspace beside its own, under the names that the user knows', async () => {
    const place = await load({ base }, { 'roles/own.yaml': role('own', none) });
    const own = orThrow(await loadCatalog(place)).role('own');
    expect(own?.where.source.file).to.equal('roles/own.yaml');
    expect(own?.extends?.where.source.file).to.equal('catalog/roles/base.yaml');
  });

  it('gives the systems alone, with everything but their packages', async () => {
    const catalog = orThrow(await loadCatalog({ packageRoot }));
    const alone = orThrow(await loadSystems({ packageRoot }));

    expect(alone.map(({ id }) => id)).to.deep.equal(catalog.systems().map(({ id }) => id));
    for (const system of alone) {
      const { title, version, editions, description, features } = catalog.os(system.id)!;
      expect(system).to.deep.include({ title, version, editions, description });
      expect(system.features.all()).to.deep.equal(features.all());
    }
  });

  it('takes a workspace without roles of its own', async () => {
    expect(lines(await loadCatalog(await load({ base }, { 'lyncimg.yaml': '' })))).to.deep.equal([]);
  });

  it('shows a ring of several roles once, with the whole chain', async () => {
    const place = await load({
      a: role('a', 'extends: b\nrequirements: []\n'),
      b: role('b', 'extends: c\nrequirements: []\n'),
      c: role('c', 'extends: a\nrequirements: []\n'),
      d: role('d', 'extends: a\nrequirements: []\n'),
    });
    const checked = await loadCatalog(place);
    expect(lines(checked)).to.deep.equal(['E_ROLE_CYCLE catalog/roles/c.yaml:6:10']);
    expect(checked).to.have.nested.property('problems[0].facts.chain').that.deep.equals(['a', 'b', 'c', 'a']);
  });

  it('reports the problems of all files, and does not call a role unknown whose file is wrong', async () => {
    const place = await load({
      base: role('base', 'support: [2012r2]\nrequirements: []\n'),
      broken: role('broken', '\tx'),
      child: role('child', 'extends: base\nrequirements: []\n'),
      other: role('other', 'extends: broken\nrequirements: []\n'),
      lost: role('lost', 'extends: nobody\nrequirements: []\n'),
    });
    expect(lines(await loadCatalog(place))).to.deep.equal([
      'E_KEY_UNKNOWN catalog/roles/base.yaml:6:1',
      'E_YAML_TAB catalog/roles/broken.yaml:6:1',
      'E_ROLE_UNKNOWN catalog/roles/lost.yaml:6:10',
    ]);
  });

  it('lets a role inherit supports, and takes every system of the catalogue where there is no parent', async () => {
    const place = await load({
      base: role('base', 'requirements: []\n'),
      old: role('old', 'supports: [2012]\nrequirements: []\n'),
      child: role('child', 'extends: old\nrequirements: []\n'),
    });
    const catalog = orThrow(await loadCatalog(place));
    expect(catalog.role('base')?.supports).to.deep.equal(['2008r2', '2012', '2012r2']);
    expect(catalog.role('child')?.supports).to.deep.equal(['2012']);
  });

  it('takes a role without title and description: its name serves', async () => {
    const text = 'apiVersion: lyncimg/v1\nkind: Role\nname: plain\nrequirements: []\n';
    const plain = orThrow(await loadCatalog(await load({ plain: text }))).role('plain');
    expect(plain).to.include({ title: 'plain', description: '' });
  });

  it('reports in one pass what can be judged without the parts that are wrong', async () => {
    const place = await load({
      base,
      lost: role(
        'lost',
        'foo: 1\nextends: nobody\nrequirements:\n  - feature: Web-Sever\n    source: C-ODP\n' +
          '  - feature: BITS\n    source: C-OPD\n    stages: image\n  - feature: [1]\n    source: C-OPD\n' +
          '  - setting: { powerPlan: balanced }\n    source: C-OPD\n' +
          '  - setting: { powerPlan: high-performance }\n    source: C-OPD\n',
      ),
      base2: role('base', 'requirements:\n  - feature: Nothing\n    source: C-OPD\n'),
      ring: role('ring', 'extends: ring\nrequirements:\n  - feature: Nothing\n    source: C-OPD\n'),
      twice: role('twice', 'title: Again\nrequirements:\n  - feature: Nothing\n    source: C-OPD\n'),
      nameless: role('No Name', 'requirements:\n  - feature: Nothing\n    source: C-OPD\n'),
    });
    expect(lines(await loadCatalog(place))).to.deep.equal([
      'E_KEY_UNKNOWN catalog/roles/lost.yaml:6:1',
      'E_ROLE_UNKNOWN catalog/roles/lost.yaml:7:10',
      'E_FEATURE_UNKNOWN catalog/roles/lost.yaml:9:14',
      'E_SOURCE_UNKNOWN catalog/roles/lost.yaml:10:13',
      'E_KEY_UNKNOWN catalog/roles/lost.yaml:13:5',
      'E_VALUE_INVALID catalog/roles/lost.yaml:14:14',
      'E_REQUIREMENT_CONFLICT catalog/roles/lost.yaml:18:5',
      'E_VALUE_INVALID catalog/roles/nameless.yaml:3:7',
      'E_FEATURE_UNKNOWN catalog/roles/nameless.yaml:7:14',
      'E_YAML_DUPLICATE_KEY catalog/roles/twice.yaml:6:1',
      'E_FEATURE_UNKNOWN catalog/roles/twice.yaml:8:14',
      'E_ROLE_DUPLICATE catalog/roles/base2.yaml:3:7',
      'E_FEATURE_UNKNOWN catalog/roles/base2.yaml:7:14',
      'E_ROLE_CYCLE catalog/roles/ring.yaml:6:10',
      'E_FEATURE_UNKNOWN catalog/roles/ring.yaml:8:14',
    ]);
  });

  it('says nothing that only follows from a mistake elsewhere', async () => {
    const item = (rest: string): string => `  - feature: BITS\n    source: ${rest}\n`;
    const wrong = 'extend: base\nsource: { OUR: { title: A } }\noption: {}\n';
    const options = 'options:\n  size: { type: text }\n';
    const place = await load({
      base: role('base', `supports: [2012r2, 2016]\n${options}requirements: []\n`),
      child: role(
        'child',
        `extends: base\nsupports: [2012]\nrequirements:\n${item('C-OPD, when: { option: { size: a } }').replace(', when', '\n    when')}`,
      ),
      misspelt: role('misspelt', `${wrong}requirements:\n${item('OUR\n    when: { option: { size: a } }')}`),
    });
    expect(lines(await loadCatalog(place))).to.deep.equal([
      'E_OS_UNKNOWN catalog/roles/base.yaml:6:20',
      'E_VALUE_INVALID catalog/roles/base.yaml:8:17',
      'E_KEY_UNKNOWN catalog/roles/misspelt.yaml:6:1',
      'E_KEY_UNKNOWN catalog/roles/misspelt.yaml:7:1',
      'E_KEY_UNKNOWN catalog/roles/misspelt.yaml:8:1',
    ]);
  });

  it('reports a contradiction with a grandparent at the child, and one between parents at the parent', async () => {
    const item = (data: number): string =>
      `requirements:\n  - registry: { path: 'HKLM\\X', name: A, type: dword, data: ${data} }\n    source: C-OPD\n`;
    const place = await load({
      base: role('base', `supports: [2012r2]\n${item(1)}`),
      middle: role('middle', 'extends: base\nrequirements: []\n'),
      same: role('same', `extends: middle\n${item(1)}`),
      other: role('other', `extends: same\n${item(2)}`),
      last: role('last', 'extends: other\nrequirements: []\n'),
    });
    const checked = await loadCatalog(place);
    expect(lines(checked)).to.deep.equal(['E_REQUIREMENT_CONFLICT catalog/roles/other.yaml:8:5']);
    expect(checked).to.have.nested.property(
      'problems[0].related.where.source.file',
      'catalog/roles/base.yaml',
    );
  });

  it('accepts systems as numbers and in any case, and resolves only on those that it has', async () => {
    const place = await load({
      base: role(
        'base',
        'supports: [2012, 2008R2]\nrequirements:\n  - feature: Nothing\n    source: C-OPD\n',
      ),
    });
    // Of a system without a file nothing can be said.
    for (const os of ['2008r2', '2012']) await rm(join(place.packageRoot, 'catalog', 'os', `${os}.yaml`));
    const catalog = orThrow(await loadCatalog(place));
    expect(catalog.role('base')?.supports).to.deep.equal(['2012', '2008r2']);
  });

  it('skips an item on the systems that its condition leaves out', async () => {
    const place = await load({
      base: role(
        'base',
        'supports: [2012r2, 2012]\nrequirements:\n  - feature: Nothing\n    source: C-OPD\n    when: { os: 2008r2 }\n',
      ),
    });
    expect(lines(await loadCatalog(place))).to.deep.equal([]);
  });

  it('refuses a catalogue that is not there, with every part that is missing', async () => {
    expect(lines(await loadCatalog({ packageRoot: folder.path }))).to.deep.equal([
      'E_FILE_UNREADABLE catalog/sources.yaml',
      'E_FILE_UNREADABLE catalog/notes.yaml',
      'E_FILE_UNREADABLE catalog/packages',
      'E_FILE_UNREADABLE catalog/os',
      'E_FILE_UNREADABLE catalog/roles',
    ]);
  });

  describe('one file of it', () => {
    it('is checked without the problems of files that it does not stand on', async () => {
      const place = await load(
        { base },
        {
          'roles/bad.yaml': role('bad', 'extend: base\nrequirements: []\n'),
          'roles/good.yaml': role('good', none),
        },
      );
      const file = join(place.workspaceFolder ?? '', 'roles/good.yaml');
      expect(orThrow(await checkRoleFile({ ...place, file })).role.name).to.equal('good');
    });

    it('is checked with the problems of its parents', async () => {
      const place = await load(
        { base },
        {
          'roles/bad.yaml': role('bad', 'extend: base\nrequirements: []\n'),
          'roles/child.yaml': role('child', 'extends: bad\nrequirements: []\n'),
        },
      );
      const file = join(place.workspaceFolder ?? '', 'roles/child.yaml');
      expect(lines(await checkRoleFile({ ...place, file }))).to.deep.equal([
        'E_KEY_UNKNOWN roles/bad.yaml:6:1',
      ]);
    });
  });
});
