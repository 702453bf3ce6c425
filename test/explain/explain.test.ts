import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { z } from 'zod';
import type { Catalog } from '../../src/catalog/index.js';
import { LyncimgError } from '../../src/errors/index.js';
import { findRequirement, listRoles, roleMatrix, roleSheet } from '../../src/explain/index.js';
import {
  requirementSheetSchema,
  roleListSchema,
  roleMatrixSchema,
  roleSheetSchema,
} from '../../src/explain/schemas.js';
import {
  requirementText,
  roleListText,
  roleMatrixText,
  rolePage,
  roleSheetText,
} from '../../src/report/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { smallCatalogue } from './catalogue.js';

describe('explain', () => {
  const folder = temporaryFolder();
  let catalog: Catalog;
  beforeEach(async () => {
    catalog = await smallCatalogue(folder.path);
  });
  const sheet = (role: string, os: string) => {
    const model = catalog.role(role);
    const system = catalog.os(os);
    if (model === undefined || system === undefined) throw new Error('fixture');
    return roleSheet(model, system);
  };

  describe('the list of roles', () => {
    it('has those that a machine can be first, then the ground', () => {
      const list = roleListSchema.parse(listRoles(catalog));
      expect(list.roles.map(({ name, abstract }) => [name, abstract])).to.deep.equal([
        ['shop', false],
        ['store', false],
        ['ground', true],
      ]);
      expect(roleListText(list)).to.match(/^role .*\nshop .*2012 2012r2.*ground.*A shop\n/);
    });
  });

  describe('the sheet of a role', () => {
    it('lists inherited requirements with the layer that brings them, image before machine', () => {
      const { requirements, role } = roleSheetSchema.parse(sheet('shop', '2012r2'));
      expect(role.layers).to.deep.equal(['ground', 'shop']);
      expect(requirements.map(({ id, layer, stage }) => [id, layer, stage])).to.deep.equal([
        ['feature/Telnet-Client', 'ground', 'image'],
        ['feature/BITS', 'ground', 'image'],
        ['feature/Web-Server', 'shop', 'image'],
        ['computer/membership', 'shop', 'machine'],
      ]);
    });

    it('lists what depends on an option with its condition, whatever the default', () => {
      const [, , web] = sheet('shop', '2012r2').requirements;
      expect(web?.when).to.deep.equal({ option: { window: true } });
      expect(web?.name).to.equal('Web-Server');
    });

    it('leaves out what another system needs', () => {
      const ids = (os: string) => sheet('shop', os).requirements.map(({ id }) => id);
      expect(ids('2012')).to.include('feature/SMTP-Server');
      expect(ids('2012r2')).not.to.include('feature/SMTP-Server');
    });

    it('keeps notes, pitfalls and conflicts apart from the requirements, each once', () => {
      const { notes, breaks, pitfalls, conflicts } = sheet('shop', '2012');
      expect(notes).to.deep.equal([{ requirement: null, text: 'Everything stands on it.' }]);
      expect(breaks).to.deep.include({
        requirement: 'feature/Telnet-Client',
        text: 'Nobody can try a port.',
      });
      expect(pitfalls.map(({ id, code }) => [id, code])).to.deep.equal([['net35-source', '0x800F081F']]);
      expect(conflicts.map(({ take }) => take)).to.deep.equal(['Not required.']);
    });

    it('reads as text: title, condition, source with publisher and date, and what is elsewhere', () => {
      const text = roleSheetText(sheet('shop', '2012r2'));
      expect(text)
        .to.include('A shop (shop) on Windows Server 2012 R2')
        .and.include("The till is its maker's.")
        .and.include('feature/Web-Server, if window is true')
        .and.include('Additional software requirements for Lync Server 2013 (Microsoft, 2016-12-08)')
        .and.include('Set-Cs2013Features.ps1 2.9 (Pat Richard, community)');
    });

    it('becomes one page for all systems, telling apart what differs', () => {
      const page = rolePage([sheet('shop', '2012'), sheet('shop', '2012r2')]);
      expect(page).to.match(/\| `feature\/Telnet-Client` \| all \|/);
      expect(page).to.match(/\| `feature\/SMTP-Server` \| 2012 \|/);
      expect(page).to.include('It may share its machine with `store`');
      expect(page).to.include('## Where the sources differ');
    });
  });

  describe('one requirement', () => {
    it('is found by its id or by its last part, in any case', () => {
      for (const name of ['feature/Telnet-Client', 'FEATURE/telnet-client', 'telnet-client'])
        expect(findRequirement(catalog, name).id).to.equal('feature/Telnet-Client');
    });

    it('says who needs it on which systems, since which layer, and on whose word', () => {
      const found = requirementSheetSchema.parse(findRequirement(catalog, 'telnet-client'));
      expect(found.neededBy.map(({ role, os, layer }) => [role, os.join(' '), layer])).to.deep.equal([
        ['ground', '2012 2012r2', 'ground'],
        ['shop', '2012 2012r2', 'ground'],
        ['store', '2012r2', 'ground'],
      ]);
      expect(found.sources.map(({ id }) => id)).to.deep.equal(['MS-ADDSW', 'C-RICHARD']);
      expect(found.breaks).to.deep.equal(['Nobody can try a port.']);
      expect(requirementText(found))
        .to.include('since ground')
        .and.match(/Message Queuing on a Director: Installed \(Set-Cs.*Taken:\s+Not\s+required\./s);
    });

    it('gathers what every role that repeats it says', () => {
      const found = findRequirement(catalog, 'feature/BITS');
      expect(found.sources.map(({ id }) => id)).to.deep.equal(['C-RICHARD', 'MS-ADDSW']);
      expect(found.breaks).to.deep.equal(['Nothing is fetched.']);
    });

    it('says of each role what it wants, where they differ', () => {
      const found = findRequirement(catalog, 'computer/membership');
      expect(found.title).to.equal('computer/membership');
      expect(found.neededBy.map(({ role, title }) => [role, title])).to.deep.equal([
        ['shop', 'Computer: domain (any)'],
        ['store', 'Computer: workgroup (any)'],
      ]);
    });

    it('that nobody asks for is refused, with the nearest names', () => {
      try {
        findRequirement(catalog, 'Web-Sever');
        expect.fail('it was found');
      } catch (error) {
        expect(error).to.be.instanceOf(LyncimgError).and.to.include({ code: 'E_REQUIREMENT_UNKNOWN' });
        expect((error as LyncimgError).suggestions.join(' ')).to.include('Web-Server');
      }
    });
  });

  describe('the matrix', () => {
    it('counts the requirements of each role on each system that it supports', () => {
      const matrix = roleMatrixSchema.parse(roleMatrix(catalog));
      const cells = Object.fromEntries(
        matrix.roles.map(({ role, cells: list }) => [
          role,
          Object.fromEntries(list.map(({ os, requirements }) => [os, requirements])),
        ]),
      );
      expect(cells['shop']?.['2012r2']).to.deep.equal({ image: 3, machine: 1, conditional: 1 });
      expect(cells['store']?.['2012']).to.equal(null);
      expect(cells).not.to.have.property('ground');
      expect(roleMatrixText(matrix)).to.match(/^shop {2}.*3\+1 \(1 optional\)/m);
    });
  });

  it('publishes schemas that say what each document is', () => {
    for (const schema of [roleListSchema, roleSheetSchema, requirementSheetSchema, roleMatrixSchema])
      expect(z.toJSONSchema(schema)).to.have.property('properties');
  });
});
