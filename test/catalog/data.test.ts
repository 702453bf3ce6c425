// The catalogue that the package brings: what holds of all of it, and the decisions in it that are easily lost.
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  collocate,
  loadCatalog,
  loadWorkspace,
  type Catalog,
  type CatalogOs,
  type OptionModel,
  type OptionValues,
  type RoleItem,
  type RoleModel,
} from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { selectRequirements } from '../../src/plan/index.js';
import { kindOf, type Requirement } from '../../src/requirements/index.js';
import { packageRoot } from './kit.js';

/** The files of the catalogue that name documents and notes, as plain data. */
const files = ['os', 'packages', 'roles', 'notes.yaml'].flatMap((part) => {
  const path = join(packageRoot, 'catalog', part);
  const paths = part.endsWith('.yaml') ? [path] : readdirSync(path).map((name) => join(path, name));
  return paths.map((file) => parse(readFileSync(file, 'utf8')) as unknown);
});

/** Every text that stands under one of these keys, at any depth. */
function under(keys: readonly string[], value: unknown, inside = false): string[] {
  if (typeof value === 'string') return inside ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => under(keys, one, inside));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => under(keys, one, inside || keys.includes(key)));
}

/** Every parameter set; the suffix is one that Edge and reverse proxy ask for themselves, whichever it is. */
async function workspaceWithAll(): Promise<{ items: RoleItem[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'lyncimg-test-'));
  try {
    await writeFile(
      join(folder, 'lyncimg.yaml'),
      `apiVersion: lyncimg/v1
kind: Workspace
parameters:
  timeZone: W. Europe Standard Time
  locale: de-DE
  dnsSuffix: contoso.com
  wsus: http://wsus.contoso.com:8530
  proxy: proxy.contoso.com:8080
`,
    );
    const workspace = orThrow(await loadWorkspace(folder));
    if (workspace === null) throw new Error('the workspace that was written is none');
    return workspace;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The defaults, and then each option with each of its other values. */
function variants(options: Record<string, OptionModel>): OptionValues[] {
  const others = Object.entries(options).flatMap(([name, option]) => {
    const values = option.type === 'boolean' ? [true, false] : option.type === 'enum' ? option.values : [];
    return values.filter((value) => value !== option.default).map((value) => ({ [name]: value }));
  });
  return [{}, ...others];
}

describe('the catalogue of the package', () => {
  let catalog: Catalog;
  before(async () => {
    catalog = orThrow(await loadCatalog({ packageRoot }));
  });
  const role = (name: string): RoleModel => {
    const found = catalog.role(name);
    if (found === undefined) throw new Error(`no role ${name}`);
    return found;
  };
  const chain = (name: string): RoleModel[] => {
    const roles: RoleModel[] = [];
    for (let at: RoleModel | null = role(name); at !== null; at = at.extends) roles.unshift(at);
    return roles;
  };
  const chainNames = (name: string): string[] => chain(name).map((member) => member.name);
  const items = (name: string): RoleItem[] => chain(name).flatMap((member) => member.items);
  const system = (id: string): CatalogOs => {
    const found = catalog.os(id);
    if (found === undefined) throw new Error(`no system ${id}`);
    return found;
  };
  const planned = (one: RoleModel, os: CatalogOs, options: OptionValues = {}): Requirement[] =>
    orThrow(selectRequirements({ role: one, os, options })).chain.flatMap(({ requirements }) => requirements);

  describe('as a whole', () => {
    /** Every requirement that there is, on every system, with every value of every option. */
    let everyPlan: { os: CatalogOs; list: Requirement[] }[];
    before(() => {
      everyPlan = catalog.roles().flatMap((one) =>
        one.supports.flatMap((id) =>
          variants(one.options).map((options) => ({
            os: system(id),
            list: planned(one, system(id), options),
          })),
        ),
      );
    });

    it('can be planned: every role on each of its systems, with every value of every option', () => {
      expect(everyPlan.length).to.be.greaterThan(catalog.roles().length * 3);
      for (const { list } of everyPlan) expect(list).not.to.have.length(0);
    });

    it('can be planned in a workspace that decides everything that it may', async () => {
      const { items } = await workspaceWithAll();
      for (const role of catalog.roles())
        for (const os of catalog.systems().filter(({ id }) => role.supports.includes(id)))
          expect(
            () => orThrow(selectRequirements({ role, os, options: {}, items })),
            `${role.name} ${os.id}`,
          ).to.not.throw();
    });

    it('gives every requirement a stage, and a source that says who wrote it and how far it can be trusted', () => {
      for (const { list } of everyPlan) expect(list.map(({ stage }) => stage)).not.to.include(undefined);
      for (const { items: own } of catalog.roles())
        for (const { source } of own) {
          expect(source.title).to.match(/\S/);
          expect(source.publisher).to.match(/\S/);
          expect(source.page).to.match(/\S/);
          expect(source.date).to.match(/^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$/);
          expect(source.confidence).to.be.oneOf(['microsoft', 'community', 'unverified']);
        }
    });

    it('lists no document that nothing is taken from', () => {
      const listed = parse(readFileSync(join(packageRoot, 'catalog/sources.yaml'), 'utf8')) as {
        sources: object;
      };
      expect(under(['source', 'also'], files)).to.include.members(Object.keys(listed.sources));
    });

    it('tells every pitfall and every conflict of sources where it matters', () => {
      const notes = parse(readFileSync(join(packageRoot, 'catalog/notes.yaml'), 'utf8')) as {
        pitfalls: object;
        conflicts: object;
      };
      expect(Object.keys(notes.conflicts)).to.have.length(15);
      expect(under(['pitfalls'], files)).to.include.members(Object.keys(notes.pitfalls));
      expect(under(['conflicts'], files)).to.include.members(Object.keys(notes.conflicts));
    });

    it('asks no PowerShell for a task that its system cannot run', () => {
      // These stand on the DISM or International modules, which came with 2012; see docs/fidelity.md.
      const newer = ['win_hotfix', 'win_optional_feature', 'win_region', 'win_firewall', 'win_format'];
      const modules = everyPlan
        .filter(({ os }) => os.id === '2008r2')
        .flatMap(({ os, list }) =>
          list.flatMap((one) => kindOf(one.kind)?.tasks([one], { os, media: 'E:', sxs: 'E:\\sxs' }) ?? []),
        )
        .map(({ module }) => module.split('.').at(-1));
      expect(modules).to.include('win_feature');
      expect(modules).not.to.include.oneOf(newer);
    });

    it('names every package in some role, and gives each a licence and a place where it was published', () => {
      const named = new Set(under(['package', 'hotfix'], files).map((id) => id.toLowerCase()));
      for (const os of catalog.systems())
        for (const { id, licence, published, type, sha256, url } of os.packages.all()) {
          expect(named, id).to.include(id);
          expect(licence, id).to.match(/\S/);
          expect(published, id).to.match(/\S/);
          expect(['msu', 'msi', 'exe']).to.include(type);
          // What can be downloaded without a hash to compare is named here, so that it stays rare.
          if (url !== null && sha256 === null) expect(id).to.be.oneOf(['dotnet45', 'url-rewrite2', 'arr30']);
        }
    });
  });

  describe('operating systems', () => {
    it('are three, with the editions that Lync is supported on and their public setup keys', () => {
      expect(catalog.systems().map(({ id }) => id)).to.deep.equal(['2008r2', '2012', '2012r2']);
      const editions = catalog.systems().map((os) => os.editions.map(({ id }) => id));
      expect(editions).to.deep.equal([
        ['standard', 'enterprise', 'datacenter'],
        ['standard', 'datacenter'],
        ['standard', 'datacenter'],
      ]);
      const keys = catalog.systems().flatMap((os) => os.editions.map(({ kmsClientKey }) => kmsClientKey));
      expect(new Set(keys).size).to.equal(7);
    });

    it('have in the box what the pages take for granted', () => {
      const box = catalog.systems().map((os) => [os.servicePack, os.powershell, os.dotnet?.release ?? null]);
      expect(box).to.deep.equal([
        [1, '2.0', null],
        [0, '3.0', 378389],
        [0, '4.0', 378675],
      ]);
    });

    it('say what Lync is not supported on, on whose word', () => {
      for (const { id, description } of catalog.systems())
        expect(description.unsupported.map(({ what }) => what).join('; '), id).to.match(
          /Server Core.*Web and HPC/,
        );
    });

    it('have all their features, children after their parents; of 2012 R2 each has a DISM name', async () => {
      const counts = catalog.systems().map((os) => os.features.all().length);
      expect(counts).to.deep.equal([227, 268, 267]);
      for (const os of catalog.systems()) {
        const seen = new Set<string>();
        for (const { name, parent } of os.features.all()) {
          if (parent !== null) expect(seen, name).to.include(parent);
          seen.add(name);
        }
      }
      const all = system('2012r2').features.all();
      const dism = all.map((entry) => entry.dism);
      expect(dism).not.to.include(null);
      expect(new Set(dism).size).to.equal(267);
      expect(all.filter(({ removedByDefault }) => removedByDefault).map(({ name }) => name)).to.deep.equal([
        'NET-Framework-Core',
      ]);
      // What only the twin reads stays in the file.
      const raw = JSON.parse(
        await readFile(join(packageRoot, 'catalog/features/2012r2.json'), 'utf8'),
      ) as object[];
      for (const entry of raw)
        expect(entry).to.include.keys('restart', 'id', 'dependsOnConfidence', 'confidence');
    });
  });

  describe('roles', () => {
    it('share the layers of their chains', () => {
      expect(chainNames('front-end')).to.deep.equal(['windows-base', 'lync-common', 'lync-web', 'front-end']);
      expect(chainNames('standard-edition')).to.include('front-end');
      expect(chainNames('survivable-branch-server')).to.include('front-end');
      expect(chainNames('director')).to.deep.equal(['windows-base', 'lync-common', 'lync-web', 'director']);
      expect(chainNames('edge')).to.deep.equal(['windows-base', 'lync-common', 'edge']);
    });

    it('puts no need of Lync’s on a machine without Lync, and says whose business the rest is', () => {
      const without = [
        'back-end',
        'archiving',
        'monitoring',
        'persistent-chat-store',
        'witness',
        'file-store',
      ];
      for (const name of without) {
        expect(chainNames(name), name).not.to.include('lync-common');
        const kinds = items(name).map(({ kind }) => kind);
        expect(kinds, name).not.to.include.oneOf(['feature', 'certificates']);
        expect(role(name).elsewhere, name).to.match(/\S/);
      }
    });

    it('gives an Edge a workgroup, a DNS suffix, two interfaces and one gateway', () => {
      const inputs = items('edge')
        .filter(({ kind }) => kind === 'computer' || kind === 'network')
        .map(({ input }) => input);
      expect(inputs).to.deep.equal([
        { nameRule: 'valid' },
        { membership: 'workgroup' },
        { dnsSuffix: 'present' },
        { rule: 'two-interfaces' },
        { rule: 'one-gateway' },
        { rule: 'static-addresses' },
      ]);
    });

    it('puts EnableSessionTicket on Front Ends of 2012 R2 alone, and tells of both conflicts about it', () => {
      const tickets = catalog
        .roles()
        .flatMap(({ name, items: own }) =>
          own
            .filter(({ input }) => (input as { name?: string }).name === 'EnableSessionTicket')
            .map((item) => ({ name, item })),
        );
      expect(tickets.map(({ name }) => name)).to.deep.equal(['front-end']);
      const [ticket] = tickets;
      expect(ticket?.item.when).to.deep.equal({ os: ['2012r2'] });
      expect(ticket?.item.source.id).to.equal('MS-KB2901554');
      expect(ticket?.item.annotations.conflicts.map(({ id }) => id)).to.deep.equal([
        'registry-note',
        'event-number',
      ]);
    });

    it('does without the media runtime where no conferencing runs', () => {
      const names = planned(role('front-end'), system('2012r2'), { conferencing: false }).map(({ id }) => id);
      expect(names).not.to.include.oneOf(['feature/Server-Media-Foundation', 'feature/Desktop-Experience']);
    });

    it('asks for the fix of IIS 7.5 and for .NET before WMF on 2008 R2', () => {
      const ids = planned(role('edge'), system('2008r2')).map(({ id }) => id);
      expect(ids).to.include.members(['hotfix/KB2646886', 'hotfix/KB974405']);
      expect(ids.indexOf('package/dotnet45')).to.be.lessThan(ids.indexOf('hotfix/KB2506143'));
      expect(ids.indexOf('feature/NET-Framework-Core')).to.be.lessThan(ids.indexOf('hotfix/KB974405'));
    });

    it('installs the parts of the April 2014 update in Microsoft’s order', () => {
      const ids = planned(role('edge'), system('2012r2'), { baseline: 'complete' })
        .map(({ id }) => id)
        .filter((id) => /KB29\d+/.test(id));
      const order = '2919442 2919355 2932046 2959977 2937592 2938439 2934018'.split(' ');
      expect(ids).to.deep.equal(order.map((number) => `hotfix/KB${number}`));
    });

    it('leaves what rests on memory alone to a warning', () => {
      const unverified = planned(role('front-end'), system('2012')).filter(
        ({ source }) => source.confidence === 'unverified',
      );
      expect(unverified.map(({ id }) => id)).to.have.members(['hotfix/KB2842230', 'service/w3svc']);
    });
  });

  describe('roles on one machine', () => {
    const together = (...names: string[]): RoleModel => orThrow(collocate(names.map(role)));

    it('may share it where a document says so, and ask for nothing that contradicts', () => {
      const pairs = catalog
        .roles()
        .flatMap((one) => (one.collocates?.with ?? []).map((other) => [one, other] as const));
      expect(pairs.length).to.be.greaterThan(0);
      for (const [one, other] of pairs) {
        if (one.abstract) continue;
        const both = together(one.name, other);
        for (const id of both.supports) expect(() => planned(both, system(id)), both.name).not.to.throw();
      }
      expect(() => together('back-end', 'archiving', 'monitoring', 'file-store')).not.to.throw();
    });

    it('are refused where each must be alone', () => {
      for (const name of ['director', 'edge', 'mediation', 'office-web-apps', 'reverse-proxy'])
        expect(() => together(name, 'front-end'), name).to.throw();
      expect(() => together('persistent-chat', 'front-end')).to.throw();
      expect(() => together('standard-edition', 'persistent-chat')).not.to.throw();
    });
  });
});
