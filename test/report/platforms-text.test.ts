import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformListText, platformSheetText } from '../../src/report/index.js';
import type { PlatformList, PlatformSheet } from '../../src/platforms/index.js';

const sheet: PlatformSheet = {
  ...{ apiVersion: 'lyncimg/v1', kind: 'PlatformSheet', name: 'vsphere', rehearsal: false },
  ...{ summary: 'Machines of vSphere.', layering: 'chain', noBake: null, proof: 'By the simulator.' },
  builders: { first: 'vsphere-iso', next: 'vsphere-clone' },
  settings: [
    {
      ...{ key: 'server', description: 'Host name of vCenter.', type: 'string', values: null },
      ...{ default: null, example: 'vc.example.com', required: true, set: null },
    },
    {
      ...{ key: 'datastore', description: 'Where it lies.', type: 'string', values: null },
      ...{ default: null, example: 'datastore1', required: true, set: 'store\u001b[31m' },
    },
    {
      ...{ key: 'card', description: 'Its network card.', type: 'string', values: ['e1000', 'e1000e'] },
      ...{ default: 'e1000e', example: null, required: false, set: null },
    },
  ],
  secrets: [
    { env: 'LYNCIMG_VSPHERE_USERNAME', what: 'account at vCenter', set: true },
    { env: 'LYNCIMG_VSPHERE_PASSWORD', what: 'its password', set: false },
  ],
  packer: {
    found: { path: '/usr/bin/packer', version: '1.6.6' },
    layers: [
      { layer: 'first', atLeast: '1.6.6', why: null, possible: true },
      { layer: 'next', atLeast: '1.10.0', why: 'the plugin', possible: false },
    ],
    plugins: [{ name: 'vsphere', source: 'github.com/hashicorp/vsphere', version: '~> 1' }],
  },
  tools: [
    { command: 'xorriso', what: 'makes the disc', install: 'apt-get install xorriso', found: null },
    {
      ...{ command: 'govc', what: 'uploads', install: 'get it' },
      found: { path: '/usr/bin/govc', version: null },
    },
  ],
  guest: {
    ...{ discs: 'uploaded', address: 'guest-tools', certificate: 'build', mediaDrive: 'M:' },
    tools: 'the VMware Tools ISO',
  },
  keeps: { as: 'name', layer: 'a template', image: 'a template' },
  systems: [
    { os: '2008r2', title: 'Windows Server 2008 R2', firmware: ['bios'], problems: [] },
    {
      ...{ os: '2012r2', title: 'Windows Server 2012 R2', firmware: ['bios', 'uefi'] },
      problems: [
        { code: 'E_PLATFORM_LIMIT', message: 'It cannot be placed.', suggestions: ['Name a cluster.'] },
      ],
    },
  ],
};

describe('platformSheetText', () => {
  const text = platformSheetText(sheet);

  it('shows what is needed and what of it is here', () => {
    expect(text).to.match(/^ {2}xorriso +NOT FOUND; makes the disc\n +apt-get install xorriso$/m);
    expect(text).to.match(/^ {2}govc +\/usr\/bin\/govc \(it says no version\); uploads$/m);
    expect(text).to.match(/^ {2}LYNCIMG_VSPHERE_USERNAME +set +account at vCenter$/m);
    expect(text).to.match(/^ {2}LYNCIMG_VSPHERE_PASSWORD +NOT SET +its password$/m);
    expect(text).to.match(/^ {2}found +\/usr\/bin\/packer \(1\.6\.6\)$/m);
    expect(text).to.match(/^ {2}next layer +vsphere-clone, from 1\.10\.0 on: THE PACKER FOUND CANNOT/m);
    expect(text).to.match(/^ {2}plugin +github\.com\/hashicorp\/vsphere ~> 1/m);
  });

  it('shows each setting with what it is, or what it can be', () => {
    expect(text).to.match(
      /^ {2}server +NOT SET, needed\n +Host name of vCenter\.\n +e\.g\. vc\.example\.com$/m,
    );
    expect(text).to.match(/^ {2}card +e1000e \(default\)\n +Its network card\. One of e1000, e1000e\.$/m);
  });

  it('lets no terminal code of lyncimg.yaml through', () => {
    expect(text).to.match(/^ {2}datastore +store \(lyncimg\.yaml\)$/m);
  });

  it('shows what cannot be made and on which Windows, with the way out', () => {
    expect(text).to.match(/^ {2}2008r2 +firmware bios$/m);
    expect(text).to.match(/^ {2}2012r2 +firmware bios, uefi$/m);
    expect(text).to.match(/^ {2}LIMIT for 2012r2\n +It cannot be placed\.\n +Name a cluster\.$/m);

    const everywhere = sheet.systems.map((one) => ({ ...one, problems: sheet.systems[1]?.problems ?? [] }));
    const all = platformSheetText({ ...sheet, systems: everywhere });
    expect(all.match(/It cannot be placed\./g)).to.have.length(1);
    expect(all).to.contain('LIMIT for all');
  });

  it('says first where nothing can be baked, and of a rehearsal that it is one', () => {
    const noBake = { reason: 'it must be generalised', instead: 'Bake elsewhere.' };
    expect(
      platformSheetText({ ...sheet, noBake })
        .split('\n')
        .slice(1, 3)
        .join(),
    ).to.contain('Nothing can be baked: it must be generalised.');
    expect(platformSheetText({ ...sheet, rehearsal: true })).to.contain('nothing of it is for production');
  });

  it('leaves out what a platform does not have, and ends with a newline', () => {
    const bare = { ...sheet, secrets: [], tools: [], settings: [] };
    expect(platformSheetText(bare)).not.to.match(/Secrets|Programs|Settings/);
    expect(text).to.match(/[^\n]\n$/);
  });
});

describe('platformListText', () => {
  const list: PlatformList = {
    apiVersion: 'lyncimg/v1',
    kind: 'PlatformList',
    platforms: [
      {
        ...{ name: 'vsphere', summary: 'Machines of vSphere.', rehearsal: false, layering: 'chain' },
        ...{ noBake: null, builders: sheet.builders, proof: 'By the simulator.' },
      },
      {
        ...{ name: 'existing', summary: 'What runs already.', rehearsal: false, layering: 'none' },
        ...{ noBake: { reason: 'r', instead: 'i' }, builders: { first: null, next: null } },
        proof: 'On the twin.',
      },
    ],
  };

  it('is a table of platforms and builders, then how each was proved', () => {
    expect(platformListText(list).split('\n')).to.deep.equal([
      'platform  bakes  first layer  next layers    what',
      'vsphere   yes    vsphere-iso  vsphere-clone  Machines of vSphere.',
      'existing  no     -            -              What runs already.',
      '',
      'How each was proved:',
      '  vsphere             By the simulator.',
      '  existing            On the twin.',
      '',
    ]);
  });
});
