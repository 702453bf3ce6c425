import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Plan } from '../../src/plan/index.js';
import { platformNames, platformOf, settingsOf, type Platform } from '../../src/platforms/index.js';
import { renderReadme } from '../../src/render/readme.js';
import { machineOf } from '../platforms/asked-of.js';

const plan = {
  role: 'front-end',
  os: { id: '2012r2', title: 'Windows Server 2012 R2', version: '6.3.9600' },
  layers: [
    { name: 'windows-base', parent: null, digest: 'a'.repeat(64), requirements: [], media: [] },
    { name: 'front-end', parent: 'windows-base', digest: 'b'.repeat(64), requirements: [], media: [] },
  ],
} as unknown as Plan;

function readmeOf(platform: Platform, given: Record<string, unknown> = {}): string {
  const settings = settingsOf(platform, given);
  return renderReadme({ plan, platform, machine: machineOf({ guestTools: false }), settings });
}

/** The first column of the table of variables. */
function variablesOf(text: string): string[] {
  return [...text.matchAll(/^\| `(\w+)` \|/gm)].flatMap(([, name]) => name ?? []);
}

describe('the README of a rendered folder', () => {
  it('lists the variables that the templates of the platform take, of all layers', () => {
    const variables = variablesOf(readmeOf(platformOf('qemu')));

    expect(variables).to.include.members([
      'LYNCIMG_PORT',
      'LYNCIMG_GUEST_PASSWORD',
      'LYNCIMG_WINDOWS_ISO',
      'LYNCIMG_ANSWER_DISC',
      'LYNCIMG_PARENT',
      'LYNCIMG_OUTPUT',
      'LYNCIMG_CA_FILE',
    ]);
    expect(variables).not.to.include.members(['LYNCIMG_HOST']);
    expect(new Set(variables).size).to.equal(variables.length);
    expect(variablesOf(readmeOf(platformOf('twin'))))
      .to.include('LYNCIMG_HOST')
      .and.not.include('LYNCIMG_PARENT');
  });

  it('lists the secrets of the platform', () => {
    for (const { secrets, name } of platformNames.map(platformOf)) {
      if (secrets.length === 0) continue;
      expect(variablesOf(readmeOf(platformOf(name))), name).to.include.members(secrets.map(({ env }) => env));
    }
  });

  it('says how a layer is kept and what the next one starts from', () => {
    expect(readmeOf(platformOf('qemu')))
      .to.contain('a qcow2 file that holds what differs')
      .and.contain('`disk.qcow2` in it');
    expect(readmeOf(platformOf('hyperv'))).to.contain('starts from that folder');
  });

  it('says which settings are examples', () => {
    expect(readmeOf(platformOf('hyperv')))
      .to.contain('Examples stand in')
      .and.contain('`switch`');
    expect(readmeOf(platformOf('hyperv'), { switch: 'External' })).not.to.contain('Examples stand in');
  });

  it('gives the command for each layer, and one where the whole chain is one run', () => {
    expect(readmeOf(platformOf('qemu'))).to.contain(
      'packer build 01-windows-base\npacker build 02-front-end\n',
    );
    expect(readmeOf({ ...platformOf('qemu'), layering: 'one-run' })).to.contain('packer build .\n');
  });

  it('leaves Packer out where machines run already', () => {
    const text = readmeOf({ ...platformOf('twin'), layering: 'none' });

    expect(text).not.to.contain('packer build').and.not.contain('un-keys');
    expect(text).to.contain('ansible-playbook 01-windows-base/playbook.yml');
    expect(variablesOf(text)).to.include.members(['LYNCIMG_HOST', 'LYNCIMG_PORT', 'LYNCIMG_USER']);
    expect(variablesOf(text)).not.to.include.members(['SSL_CERT_FILE', 'LYNCIMG_COMMAND']);
  });
});
