import { expect } from 'chai';
import { describe, it } from 'mocha';
import { bootPackageOf, type Requirement } from '../../src/requirements/index.js';

const source = {
  ...{ title: 'A page', publisher: 'Microsoft', page: 'x', date: '2015-01-01' },
  confidence: 'microsoft' as const,
};

function requirement(kind: string, spec: unknown): Requirement {
  return { id: `${kind}/x`, kind, spec, title: 'x', stage: 'image', source, role: 'base', where: 'x:1:1' };
}

const published = { sha256: null, sizeBytes: null, published: null, url: null, licence: null };
const hotfix = {
  ...{ kb: 'KB1234567', title: 'A hotfix', file: 'Windows6.1-KB1234567-x64.msu' },
  ...{ requires: [], supersededBy: [], detect: [], ...published },
};
const installer = {
  ...{ id: 'agent', title: 'An agent', type: 'exe', file: 'agent.exe', arguments: ['/q'], exitCodes: [7] },
  ...{ requires: [], detect: [], ...published },
};

describe('what first boot can install', () => {
  it('is a hotfix, with what wusa.exe ends with', () => {
    expect(bootPackageOf(requirement('hotfix', hotfix))).to.deep.equal({
      ...{ name: 'KB1234567', title: 'KB1234567 (A hotfix)', kind: 'msu' },
      ...{ path: 'hotfixes/Windows6.1-KB1234567-x64.msu', arguments: [] },
      ...{ exitCodes: [0, 3010, 0x240006], source: 'A page' },
    });
  });

  it('is an installer, with its own exit codes beside those of all', () => {
    expect(bootPackageOf(requirement('package', installer))).to.deep.include({
      ...{ name: 'agent', kind: 'exe', path: 'packages/agent.exe', arguments: ['/q'] },
      exitCodes: [0, 3010, 7],
    });
  });

  it('is nothing else', () => {
    expect(bootPackageOf(requirement('package', { ...installer, type: 'msi' }))).to.equal(null);
    expect(bootPackageOf(requirement('feature', { name: 'Web-Server' }))).to.equal(null);
  });
});
