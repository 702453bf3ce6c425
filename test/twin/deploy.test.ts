import { expect } from 'chai';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LyncimgError } from '../../src/errors/index.js';
import { deployed, parseDeployment, readDeployment } from '../../src/twin/deploy.js';
import { deploymentSchema } from '../../src/twin/deployment-schema.js';
import { freshState } from '../../src/twin/fresh-state.js';
import { packageRoot } from './rig.js';

const image = freshState({ os: '2012r2', now: new Date('2026-03-01T08:00:00Z') });
const parse = (text: string): ReturnType<typeof parseDeployment> => parseDeployment(text, 'machine.yaml');

describe('a deployed copy', () => {
  it('is what the file says, and the image stays as it is', () => {
    const machine = deployed(
      image,
      parse(`
name: FE01
domain: lync.example.net
memoryMb: 32768
adapters:
  - ipv4: [10.1.2.3]
    dns: [10.1.2.1]
  - name: Edge
    ipv4: [203.0.113.5]
    subnet: [255.255.255.192]
`),
    );

    expect(machine.computer).to.deep.include({
      name: 'FE01',
      domain: 'lync.example.net',
      workgroup: null,
      dnsSuffix: 'lync.example.net',
      memoryMb: 32768,
    });
    expect(machine.computer.adapters.map(({ name, subnet }) => [name, subnet])).to.deep.equal([
      ['Ethernet', ['255.255.255.0']],
      ['Edge', ['255.255.255.192']],
    ]);
    expect(image.computer.name).to.equal('LYNCIMG-TWIN');
  });

  it('may be in a workgroup with a suffix of its own', () => {
    const { computer } = deployed(image, parse('workgroup: DMZ\ndnsSuffix: example.net\n'));
    expect(computer).to.include({ workgroup: 'DMZ', domain: null, dnsSuffix: 'example.net' });
  });

  it('of an empty file is the image', () => {
    expect(deployed(image, parse(''))).to.deep.equal(image);
  });

  for (const text of [
    'name: [x',
    'name: a\nname: b',
    'nam: FE01',
    'name: much-too-long-a-name',
    'name: 12345',
    'workgroup: A\ndomain: b.c',
    'memoryMb: lots',
    'adapters: []',
    'adapters: [{ipv4: [300.1.1.1]}]',
    'domain: "-bad.example"',
    'name: &a FE01\nworkgroup: *a',
    'edition: home',
    'disks: []',
    'disks: [{letter: "D:", sizeBytes: 1, freeBytes: 1}]',
    'disks: [{letter: "C:", sizeBytes: 1, freeBytes: 2}]',
    'disks: [{letter: "C:", sizeBytes: 1, freeBytes: 1}, {letter: "E:", sizeBytes: 1, freeBytes: 1}]',
    'disks: [{letter: "C:", sizeBytes: 1, freeBytes: 1}, {letter: "C:", sizeBytes: 1, freeBytes: 1}]',
    'sqlInstances: [{name: rtc, version: 11.0.2100.60, edition: Express}]',
    'features: {Web-Server: maybe}',
    'services: {WinRM: {state: paused}}',
    'certificates: [{store: Mine, pem: x}]',
    'certificates: [{store: CA, place: third-party, pem: x}]',
    'firewallRules: [{name: "a|b"}]',
    'firewallRules: [{name: X, protocol: sctp}]',
    'firewallRules: [{name: X, profiles: []}]',
    'registry: [{path: HKLM\\X, type: dword, data: -1}]',
    'registry: [{path: HKLM\\X, type: binary, data: xyz}]',
    'registry: [{path: HKLM\\X, delete: false}]',
    'pendingReboot: false',
    'quirks: {disk: fails}',
  ])
    it(`is refused: ${JSON.stringify(text)}`, () => {
      expect(() => parse(text))
        .to.throw(LyncimgError)
        .with.property('code', 'E_TWIN_DEPLOYMENT');
    });

  it('cannot be an edition that its Windows was not sold as', () => {
    expect(() => deployed(image, parse('edition: enterprise')))
      .to.throw(LyncimgError)
      .with.property('code', 'E_TWIN_DEPLOYMENT');
    expect(() => deployed(image, { servicePack: 1 })).to.throw(LyncimgError, 'The description');
  });

  it('may be all that the documentation shows', async () => {
    const text = await readFile(join(packageRoot, 'docs', 'fidelity.md'), 'utf8');
    const [, example = ''] =
      /```yaml\n([\s\S]*?)```/.exec(text.split('## A machine of your own')[1] ?? '') ?? [];

    const { file, ...description } = parse(example);
    // These stand in comments there.
    const inComments = ['workgroup', 'installationType', 'servicePack', 'dotNet', 'quirks'];
    expect([...Object.keys(description), ...inComments]).to.have.members(Object.keys(deploymentSchema.shape));
    expect(file).to.equal('machine.yaml');
  });

  it('needs its file', async () => {
    const error = await readDeployment('/nowhere/machine.yaml').catch((caught: unknown) => caught);
    expect(error).to.have.property('code', 'E_TWIN_DEPLOYMENT');
  });
});
