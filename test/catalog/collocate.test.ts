import { expect } from 'chai';
import { beforeEach, describe, it } from 'mocha';
import { collocate, loadCatalog, type Catalog } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { lines, packageWith, role } from './kit.js';

const collocates = (names: string): string => `collocates: { with: [${names}], source: MS-COLLOC }\n`;

const roles = {
  ground: role(
    'ground',
    'supports: [2012, 2012r2]\nrequirements:\n  - feature: BITS\n    source: MS-ADDSW\n',
  ),
  pool: role(
    'pool',
    `extends: ground\n${collocates('chat')}requirements:\n  - feature: Web-Server\n    source: MS-ADDSW\n`,
  ),
  chat: role(
    'chat',
    `extends: ground\nsupports: [2012r2]\noptions:\n  queue: { type: boolean, default: true, description: Q. }\nrequirements:\n  - feature: MSMQ-Server\n    source: MS-ADDSW\n    when: { option: { queue: true } }\n`,
  ),
  own: role('own-chat', 'extends: chat\nrequirements: []\n'),
  strict: role('strict-chat', `extends: chat\n${collocates('')}requirements: []\n`),
  alone: role('alone', `extends: ground\n${collocates('')}requirements: []\n`),
};

describe('roles on one machine', () => {
  const folder = temporaryFolder();
  let catalog: Catalog;
  beforeEach(async () => {
    await packageWith(folder.path, roles);
    catalog = orThrow(await loadCatalog({ packageRoot: folder.path }));
  });
  const together = (...names: string[]) =>
    collocate(
      names.map((name) => {
        const found = catalog.role(name);
        if (found === undefined) throw new Error('fixture');
        return found;
      }),
    );

  it('are one role: the chain of the first, then a layer with what the others add', () => {
    const both = orThrow(together('pool', 'chat'));
    expect(both.name).to.equal('chat-with-pool');
    expect(both.extends?.name).to.equal('chat');
    expect(both.items.map(({ input }) => input)).to.deep.equal(['Web-Server']);
    expect(both.options).to.have.property('queue');
  });

  it('run where all of them run', () => {
    expect(orThrow(together('pool', 'chat')).supports).to.deep.equal(['2012r2']);
  });

  it('may stand in either order, which makes the same machine: the document of one is enough', () => {
    expect(orThrow(together('chat', 'pool')).name).to.equal('chat-with-pool');
  });

  it('stand on the layers of the one that has most of them', () => {
    expect(orThrow(together('pool', 'own-chat')).extends?.name).to.equal('own-chat');
  });

  it('are refused where one says itself that nothing may stand beside it, whatever its parent says', () => {
    expect(lines(together('strict-chat', 'pool'))).to.have.length(1);
  });

  it('of which one extends another stand where that one may stand', () => {
    expect(orThrow(together('pool', 'own-chat')).name).to.equal('own-chat-with-pool');
  });

  it('are refused where a document says that one stands alone, and it is named', () => {
    const refused = together('alone', 'pool');
    expect(lines(refused)).to.deep.equal(['E_ROLE_COLLOCATION catalog/roles/alone.yaml:3:7']);
    if (refused.ok) throw new Error('accepted');
    expect(refused.problems[0]?.message).to.match(
      /alone and pool may not share a machine \(.*[Cc]ollocation/,
    );
  });

  it('are refused where no document says anything', () => {
    const refused = together('chat', 'ground');
    if (refused.ok) throw new Error('accepted');
    expect(refused.problems[0]?.message).to.match(/^No document says/);
  });

  it('one alone is itself', () => {
    expect(orThrow(together('pool'))).to.equal(catalog.role('pool'));
  });
});
