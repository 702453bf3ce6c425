// Pages copied by hand into a fixture, line by line against what the catalogue asks of each role.
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadCatalog, type Catalog, type OptionValues } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { selectRequirements } from '../../src/plan/index.js';
import type { Requirement } from '../../src/requirements/index.js';
import { packageRoot } from './kit.js';

interface Page {
  frontEndCommand: string;
  frontEndText: string[];
  frontEndBeside: string[];
  frontEnd2008r2: string[];
  features: Record<string, Record<string, string>>;
  roles: string[];
  ports: Record<string, string[]> & { every: string[]; internal: string[] };
}

const page = parse(
  readFileSync(join(packageRoot, 'test/fixtures/catalogue/facts-page.yaml'), 'utf8'),
) as Page;

const lyncServers = [
  'front-end',
  'standard-edition',
  'survivable-branch-server',
  'director',
  'edge',
  'mediation',
  'persistent-chat',
];
const sameAsFrontEnd = new Set(['standard-edition', 'survivable-branch-server']);

describe('the catalogue beside the pages that it was taken from', () => {
  let catalog: Catalog;
  before(async () => {
    catalog = orThrow(await loadCatalog({ packageRoot }));
  });

  const known = new Map<string, Requirement[]>();
  const asked = (name: string, os: string, options: OptionValues = {}): Requirement[] => {
    const key = JSON.stringify([name, os, options]);
    const list = known.get(key) ?? plan(name, os, options);
    known.set(key, list);
    return list;
  };
  const plan = (name: string, os: string, options: OptionValues): Requirement[] => {
    const role = catalog.role(name);
    const system = catalog.os(os);
    if (role === undefined || system === undefined) throw new Error(`no ${name} or no ${os}`);
    const { chain } = orThrow(selectRequirements({ role, os: system, options }));
    return chain.flatMap(({ requirements }) => requirements);
  };
  const ofKind = <Spec>(list: readonly Requirement[], kind: string): Spec[] =>
    list.filter((one) => one.kind === kind).map(({ spec }) => spec as Spec);
  const features = (name: string, os: string): string[] =>
    ofKind<{ name: string }>(asked(name, os), 'feature').map((spec) => spec.name.toLowerCase());
  const lower = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());
  const words = (text: string): string[] => text.trim().split(/\s+/);

  describe('features', () => {
    const [, ...command] = words(page.frontEndCommand.replaceAll(',', '').replace(/ -Source .*$/, ''));

    for (const os of ['2012', '2012r2']) {
      for (const name of command)
        it(`a Front End of ${os} has ${name} of Microsoft’s command`, () => {
          expect(features('front-end', os)).to.include(name.toLowerCase());
        });
      it(`a Front End of ${os} has what the text adds, and nothing that neither names`, () => {
        const all = [...command, ...page.frontEndText, ...page.frontEndBeside];
        expect(features('front-end', os)).to.have.members(lower(all));
      });
    }

    it('a Front End of 2008 R2 has the list of modules under its own names', () => {
      expect(features('front-end', '2008r2')).to.have.members(lower(page.frontEnd2008r2));
    });

    for (const name of sameAsFrontEnd)
      it(`a ${name} has the features of a Front End`, () => {
        for (const os of ['2008r2', '2012', '2012r2'])
          expect(features(name, os)).to.have.members(features('front-end', os));
      });

    for (const [role, systems] of Object.entries(page.features)) {
      for (const [os, list] of Object.entries(systems)) {
        it(`${role} on ${os}`, () => {
          expect(features(role, os)).to.have.members(lower(words(list)));
        });
      }
    }
  });

  describe('roles', () => {
    const rows = page.roles.map((line) => line.split('|').map((cell) => cell.trim()));

    it('every role that a machine can have stands in the table, and no other', () => {
      const concrete = catalog.roles().filter(({ abstract }) => !abstract);
      expect(rows.map(([name]) => name)).to.have.members(concrete.map(({ name }) => name));
    });

    for (const [name = '', systems = '', membership, instances = '', hardware = ''] of rows) {
      const none = (cell: string): boolean => cell === '-';
      it(`${name} runs on ${systems}`, () => {
        expect(catalog.role(name)?.supports).to.deep.equal(words(systems));
      });
      for (const os of words(systems)) {
        it(`${name} on ${os}: ${membership ?? ''}, ${instances}, ${hardware}`, () => {
          const preinstalled = catalog.role(name)?.options['sqlExpress'] !== undefined;
          const list = asked(name, os, preinstalled ? { sqlExpress: 'preinstalled' } : {});
          const memberships = ofKind<{ about: string; membership?: string }>(list, 'computer')
            .filter(({ about }) => about === 'membership')
            .map((spec) => spec.membership);
          expect(memberships).to.deep.equal([membership]);
          expect(ofKind<{ name: string }>(list, 'sqlInstance').map((spec) => spec.name)).to.have.members(
            none(instances) ? [] : words(instances),
          );
          const figures = list.filter(({ kind }) => kind === 'hardware').map(({ title }) => title);
          const wanted = none(hardware) ? [] : (hardware.match(/\d+/g) ?? []);
          expect(figures).to.have.length(wanted.length);
          for (const figure of wanted)
            expect(figures.some((title) => new RegExp(`\\b${figure}\\b`).test(title))).to.equal(true);
        });
      }
    }
  });

  describe('ports', () => {
    interface Firewall {
      direction: string;
      protocol: string;
      ports: string[];
      action: string;
    }
    const rules = (name: string): Firewall[] => {
      const [os = ''] = catalog.role(name)?.supports ?? [];
      return ofKind<Firewall>(asked(name, os), 'firewall');
    };
    const lineOf = ({ direction, protocol, ports }: Firewall): string =>
      `${direction} ${protocol} ${ports.join(',')}`;
    const linesOf = (name: string): string[] => {
      const own = page.ports[sameAsFrontEnd.has(name) ? 'front-end' : name] ?? [];
      if (!lyncServers.includes(name)) return own;
      return [...own, ...page.ports.every, ...(name === 'edge' ? [] : page.ports.internal)];
    };

    for (const name of [...lyncServers, ...Object.keys(page.ports).filter((key) => /^[a-z-]+$/.test(key))]) {
      if (name === 'every' || name === 'internal') continue;
      for (const line of linesOf(name))
        it(`${name}: ${line}`, () => {
          expect(rules(name).map(lineOf)).to.include(line);
        });
      it(`${name}: nothing that no page names`, () => {
        expect(rules(name).map(lineOf)).to.have.members(linesOf(name));
      });
    }

    it('only what documents want opened by hand is opened', () => {
      for (const { name, abstract } of catalog.roles()) {
        if (abstract) continue;
        const opened = rules(name).filter(({ action }) => action === 'allow');
        const byHand = ['back-end', 'archiving', 'monitoring', 'persistent-chat-store'].includes(name);
        expect(opened.map(lineOf), name).to.have.members(byHand ? (page.ports['back-end'] ?? []) : []);
      }
    });
  });
});
