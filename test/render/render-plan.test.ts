import { expect } from 'chai';
import { before, describe, it } from 'mocha';
import { join } from 'node:path';
import type { RoleItem } from '../../src/catalog/index.js';
import { makePlan, mediaOf, selectRequirements, type Plan } from '../../src/plan/index.js';
import { attributes, platformOf, settingsOf, type Platform } from '../../src/platforms/index.js';
import { readHandWritten, renderPlan, type HandWritten } from '../../src/render/index.js';
import { environment, itemOf, lookup, os, roleOf } from '../plan/fixtures.js';
import { machineOf } from '../platforms/asked-of.js';

function planOf(items: RoleItem[]): Plan {
  const base = roleOf('base', items);
  const role = roleOf('leaf', [itemOf('late', { name: 'z' })], { extends: base });
  const checked = selectRequirements({ role, os, options: {}, kinds: lookup });
  if (!checked.ok) throw new Error('fixture');
  const { chain, options } = checked.value;
  const wanted = chain.flatMap(({ requirements }) => mediaOf(requirements, null, lookup));
  const media = wanted.map(({ path, title }) => ({
    path,
    title,
    origin: 'placeholder' as const,
    sha256: '0'.repeat(64),
    sizeBytes: 1,
  }));
  return makePlan({
    chain,
    os,
    role: 'leaf',
    options,
    environment: { ...environment, media },
    kinds: lookup,
  });
}

describe('renderPlan', () => {
  let handWritten: HandWritten;
  before(async () => {
    handWritten = await readHandWritten(join(import.meta.dirname, '../..'));
  });

  function render(
    items: RoleItem[],
    {
      platform = platformOf('twin'),
      packerVersion = '1.6.6',
    }: { platform?: Platform; packerVersion?: string | null } = {},
  ): Map<string, string> {
    return renderPlan({
      plan: planOf(items),
      catalogOs: os,
      platform,
      machine: machineOf(),
      settings: settingsOf(platform, {}),
      packerVersion,
      handWritten,
      kinds: lookup,
    });
  }

  const one = [itemOf('early', { name: 'a', text: 'x' })];

  it('writes a folder for each layer, in order', () => {
    expect([...render(one).keys()].sort()).to.deep.equal([
      '01-base/files/boot.cmd',
      '01-base/files/unkey.ps1',
      '01-base/lyncimg.pkr.hcl',
      '01-base/playbook.yml',
      '01-base/prepare.yml',
      '01-base/unkey.yml',
      '02-leaf/lyncimg.pkr.hcl',
      '02-leaf/playbook.yml',
      '02-leaf/prepare.yml',
      '02-leaf/unkey.yml',
      'README.md',
      'ansible.cfg',
      'callback_plugins/lyncimg_events.py',
      'inventory.yml',
      'plan.json',
    ]);
  });

  it('gives the same bytes again', () => {
    expect([...render(one)]).to.deep.equal([...render(one)]);
  });

  it('puts the source beside each task', () => {
    expect(render(one).get('01-base/playbook.yml')).to.contain(
      '    # Source: What the role needs\n    - name: The early a\n',
    );
  });

  it('installs nothing that only a machine can have, and says so', () => {
    const text = render([...one, itemOf('early', { name: 'm' }, { stage: 'machine' })]).get(
      '01-base/playbook.yml',
    );

    expect(text).not.to.contain('- name: The early m');
    expect(text).to.contain('# Only a deployed machine can have these').and.to.contain('#   The early m');
  });

  it('lets a kind refer to the media drive, and takes the rest of its text as it is', () => {
    const text = render([itemOf('early', { name: 'a', file: 'hot.msu', text: '{{ x }}' })]).get(
      '01-base/playbook.yml',
    );

    expect(text).to.contain('"{{ lyncimg_media }}\\\\hot.msu"').and.to.contain('lyncimg_media: "E:"');
    expect(text).to.contain('msg: !unsafe "{{ x }}"');
  });

  it('puts the scripts for keying in with the first layer alone', () => {
    const files = render(one);

    expect(files.get('01-base/playbook.yml')).to.contain('lyncimg_first_layer: true');
    expect(files.get('02-leaf/playbook.yml')).to.contain('lyncimg_first_layer: false');
  });

  it('judges each layer by its own name before un-keying, which comes last', () => {
    const template = render(one).get('02-leaf/lyncimg.pkr.hcl') ?? '';
    const order = ['playbook.yml', '--layer leaf', 'unkey.yml'].map((text) => template.indexOf(text));

    expect(order).to.deep.equal([...order].sort((a, b) => a - b));
    expect(order).not.to.include(-1);
  });

  it('asks for plugins in a file of their own, and only a Packer that understands it', () => {
    const platform: Platform = {
      ...platformOf('twin'),
      plugins: () => [{ name: 'qemu', source: 'github.com/hashicorp/qemu', version: '~> 1' }],
      source: () => ({ builder: 'qemu', body: attributes({ disk_image: true }) }),
    };
    const name = '01-base/plugins.pkr.hcl';

    for (const version of ['1.7.0', '1.16.0', '2.0.0']) {
      expect(render(one, { platform, packerVersion: version }).get(name), version).to.contain(
        'required_plugins',
      );
    }
    for (const version of ['1.6.6', null]) {
      expect(render(one, { platform, packerVersion: version }).has(name)).to.equal(false);
    }
    expect(render(one, { packerVersion: '1.16.0' }).has(name)).to.equal(false);
  });

  it('writes one template beside the layers where the whole chain is one run', () => {
    const platform: Platform = { ...platformOf('twin'), layering: 'one-run' };
    const names = [...render(one, { platform }).keys()].filter((name) => name.endsWith('.hcl'));

    expect(names).to.deep.equal(['lyncimg.pkr.hcl']);
  });

  it('writes no template, and nothing that takes a key away, for machines that run already', () => {
    const platform: Platform = { ...platformOf('twin'), layering: 'none' };
    const files = render(one, { platform });

    expect([...files.keys()].filter((name) => /hcl$|unkey|files/.test(name))).to.deep.equal([]);
    expect(files.get('01-base/playbook.yml')).to.contain('lyncimg_first_layer: false');
  });

  it('lets Ansible take a certificate unchecked only where nobody but Packer could check it', () => {
    const inventory = (certificate: Platform['certificate']): string =>
      render(one, { platform: { ...platformOf('twin'), certificate } }).get('inventory.yml') ?? '';

    for (const certificate of ['build', 'owner'] as const) {
      expect(inventory(certificate), certificate)
        .to.contain('server_cert_validation: validate')
        .and.contain('LYNCIMG_CA_FILE');
    }
    expect(inventory('packer')).to.contain('server_cert_validation: ignore').and.not.contain('CA_FILE');
  });

  it('says in the README what is a rehearsal and what a placeholder', () => {
    const readme = render([itemOf('early', { name: 'a', file: 'hot.msu' })]).get('README.md');

    expect(readme)
      .to.contain('This is a rehearsal')
      .and.to.contain('| `hot.msu` |')
      .and.to.contain('placeholder');
  });

  it('holds no value of the connection anywhere', () => {
    process.env['LYNCIMG_GUEST_PASSWORD'] = 'S3cret-of-this-test';
    try {
      for (const text of render(one).values()) expect(text).not.to.contain('S3cret-of-this-test');
    } finally {
      delete process.env['LYNCIMG_GUEST_PASSWORD'];
    }
  });
});
