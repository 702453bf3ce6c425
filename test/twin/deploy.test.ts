import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LyncimgError } from '../../src/errors/index.js';
import { deployed, parseDeployment, readDeployment } from '../../src/twin/deploy.js';
import { freshState } from '../../src/twin/fresh-state.js';

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
  ])
    it(`is refused: ${JSON.stringify(text)}`, () => {
      expect(() => parse(text))
        .to.throw(LyncimgError)
        .with.property('code', 'E_TWIN_DEPLOYMENT');
    });

  it('needs its file', async () => {
    const error = await readDeployment('/nowhere/machine.yaml').catch((caught: unknown) => caught);
    expect(error).to.have.property('code', 'E_TWIN_DEPLOYMENT');
  });
});
