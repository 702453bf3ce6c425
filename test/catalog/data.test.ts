// The catalogue that the package brings: what the roles must hold, and where it must come from.
import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCatalog, type Catalog, type RoleItem, type RoleModel } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { packageRoot } from './kit.js';

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
  const items = (name: string): RoleItem[] => chain(name).flatMap((member) => member.items);
  const features = (name: string): unknown[] =>
    items(name)
      .filter(({ kind }) => kind === 'feature')
      .map(({ input }) => input);

  it('has the chains of layers that images share', () => {
    expect(chain('front-end').map(({ name }) => name)).to.deep.equal([
      'windows-base',
      'lync-common',
      'lync-web',
      'front-end',
    ]);
    expect(chain('edge').map(({ name }) => name)).to.deep.equal(['windows-base', 'lync-common', 'edge']);
  });

  it('has all that Microsoft’s list for a Front End names, and what its text adds', () => {
    // Additional software requirements for Lync Server 2013, 2016-12-08.
    const wanted =
      'RSAT-ADDS Web-Server Web-Static-Content Web-Default-Doc Web-Http-Errors Web-Asp-Net Web-Net-Ext ' +
      'Web-ISAPI-Ext Web-ISAPI-Filter Web-Http-Logging Web-Log-Libraries Web-Request-Monitor Web-Http-Tracing ' +
      'Web-Basic-Auth Web-Windows-Auth Web-Client-Auth Web-Filtering Web-Stat-Compression Web-Dyn-Compression ' +
      'NET-WCF-HTTP-Activation45 Web-Asp-Net45 Web-Mgmt-Tools Web-Scripting-Tools Web-Mgmt-Compat ' +
      'Desktop-Experience Telnet-Client BITS ' +
      'Windows-Identity-Foundation Server-Media-Foundation NET-Framework-Core NET-Framework-45-Core Web-Mgmt-Console';
    expect(features('front-end')).to.include.members(wanted.split(' '));
    expect(new Set(features('front-end')).size).to.equal(features('front-end').length);
  });

  it('gives an Edge neither IIS nor HTTP activation, a workgroup and a DNS suffix', () => {
    expect(features('edge')).to.deep.equal([
      'NET-Framework-45-Core',
      'PowerShell',
      'Windows-Identity-Foundation',
    ]);
    const computer = items('edge').filter(({ kind }) => kind === 'computer');
    expect(computer.map(({ input }) => input)).to.deep.equal([
      { membership: 'workgroup' },
      { dnsSuffix: 'present' },
    ]);
  });

  it('puts EnableSessionTicket on Front Ends of 2012 R2 alone', () => {
    const ticket = items('front-end').find(
      ({ input }) => (input as { name?: string }).name === 'EnableSessionTicket',
    );
    expect(ticket?.when).to.deep.equal({ os: ['2012r2'] });
    expect(ticket?.source.id).to.equal('MS-KB2901554');
  });

  it('gives every requirement a source that says how far it can be trusted', () => {
    for (const { items: own } of catalog.roles())
      for (const { source } of own) {
        expect(source.title).to.match(/\S/);
        expect(source.page).to.match(/\S/);
        expect(source.date).to.match(/^(\d{4}-\d{2}-\d{2}|unknown)$/);
      }
    const firewall = items('edge').find(({ kind }) => kind === 'service');
    expect(firewall?.source.confidence).to.equal('unverified');
  });

  it('supports what there is a catalogue of', () => {
    for (const { supports } of catalog.roles())
      expect(catalog.systems().map(({ id }) => id)).to.include.members(supports);
  });

  it('has all features of 2012 R2, each with its DISM name, children after their parents', async () => {
    const all = catalog.os('2012r2')?.features.all() ?? [];
    expect(all).to.have.length(267);
    const dism = all.map((entry) => entry.dism);
    expect(dism).not.to.include(null);
    expect(new Set(dism).size).to.equal(267);
    const seen = new Set<string>();
    for (const { name, parent } of all) {
      if (parent !== null) expect(seen, name).to.include(parent);
      seen.add(name);
    }
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
