import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Layer, Plan } from '../../src/plan/index.js';
import {
  attributes,
  local,
  platformOf,
  settingsOf,
  type HclItem,
  type MachineSpec,
  type PackerSource,
  type Platform,
} from '../../src/platforms/index.js';
import { renderChainTemplate, renderTemplate } from '../../src/render/template.js';
import { fixedAddress, machineOf } from '../platforms/asked-of.js';

function layerOf(name: string, parent: string | null): Layer {
  return { name, parent, requirements: [], media: [] } as unknown as Layer;
}

const plan = {
  role: 'front-end',
  os: { id: '2012r2', title: 'Windows Server 2012 R2', version: '6.3.9600' },
  layers: [layerOf('windows-base', null), layerOf('front-end', 'windows-base')],
} as unknown as Plan;

/** The twin, with another source. */
function platformWith(body: HclItem[], changes: Partial<Platform & PackerSource> = {}): Platform {
  const { mustExist, ...more } = changes;
  const source = { builder: 'null', body, ...(mustExist !== undefined && { mustExist }) };
  return { ...platformOf('twin'), ...more, source: () => source };
}

function templateOf(platform: Platform, machine: Partial<MachineSpec> = {}, index = 0): string {
  const layer = plan.layers[index];
  if (layer === undefined) throw new Error('fixture');
  const settings = settingsOf(platform, {});
  return renderTemplate({ plan, layer, platform, machine: machineOf(machine), settings });
}

describe('renderTemplate', () => {
  it('declares what the source uses, and nothing else', () => {
    const text = templateOf(platformWith(attributes({ a: local('parent'), b: [local('output')] })));

    expect([...text.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name)).to.deep.equal([
      'parent',
      'output',
    ]);
    expect(text).to.contain('default     = env("LYNCIMG_PARENT")');
  });

  it('finds a use inside of templates, maps and calls', () => {
    const items: HclItem[] = [
      { block: 'inner', body: attributes({ a: { map: { k: { template: ['x', local('name')] } } } }) },
      ...attributes({ b: { expression: 'replace(local.media_disc, ",", ",,")' } }),
    ];

    expect(templateOf(platformWith(items)))
      .to.contain('variable "name"')
      .and.contain('variable "media_disc"');
  });

  it('lets something stand in for what is not set, that says what is missing', () => {
    const text = templateOf(platformWith(attributes({ a: local('parent') })));

    expect(text).to.contain('parent = var.parent != "" ? var.parent : "set-LYNCIMG_PARENT"');
  });

  it('lets itself stand in where the builder looks for the file when it validates', () => {
    const text = templateOf(platformWith(attributes({ a: local('parent') }), { mustExist: ['parent'] }));

    expect(text).to.contain('? var.parent : "${path.root}/lyncimg.pkr.hcl"');
    expect(text).to.contain('Files that the builder already looks for');
  });

  it('hides the password and every secret of the platform', () => {
    const platform = platformWith(attributes({ a: local('password'), b: local('api_password') }), {
      secrets: [{ env: 'LYNCIMG_API_PASSWORD', variable: 'api_password', what: 'password of the API' }],
    });
    const text = templateOf(platform);

    expect([...text.matchAll(/variable "(\w+)" \{[^}]*sensitive +=/g)].map(([, name]) => name)).to.deep.equal(
      ['password', 'api_password'],
    );
    expect(text).to.contain('"set LYNCIMG_API_PASSWORD"');
  });

  it('is a defect where a source uses a name that nothing declares', () => {
    expect(() => templateOf(platformWith(attributes({ a: local('nobody') })))).to.throw('nobody');
  });

  describe('hands Ansible and the gate the address', () => {
    it('that Packer was told', () => {
      const text = templateOf(platformWith(attributes({ winrm_host: local('host') })));

      expect(text).to.contain('"LYNCIMG_HOST=${local.host}"').and.contain('set-LYNCIMG_HOST.invalid');
    });

    it('that lyncimg.yaml gives to the guest', () => {
      const text = templateOf(platformWith(attributes({ winrm_host: local('host') })), {
        network: { range: null, static: fixedAddress },
      });

      expect(text).to.contain('host = var.host != "" ? var.host : "10.1.2.30"');
    });

    it('of loopback where a port is forwarded', () => {
      const text = templateOf(platformWith(attributes({ host_port_min: local('port') })));

      expect(text).to.contain('"LYNCIMG_HOST=127.0.0.1"').and.contain('"LYNCIMG_PORT=${local.port}"');
    });

    it('that only Packer knows once the guest has booted', () => {
      for (const address of ['in-box', 'guest-tools', 'cloud'] as const) {
        const text = templateOf(platformWith([], { address }));

        expect(text, address).to.contain('"LYNCIMG_HOST=${build.Host}"').and.contain('"LYNCIMG_PORT=5986"');
      }
    });
  });

  it('puts nothing secret into the text of a command', () => {
    const text = templateOf(platformOf('twin'));
    const handed = [...text.matchAll(/environment_vars = \[([^\]]*)\]/g)].map(([, list]) => list).join();

    expect(handed)
      .to.contain('LYNCIMG_USER')
      .and.not.match(/PASSWORD|password/);
  });

  it('lets the gate judge before un-keying, which comes last', () => {
    const text = templateOf(platformOf('twin'), {}, 1);
    const order = ['playbook.yml', '--layer front-end', 'unkey.yml'].map((part) => text.indexOf(part));

    expect(order)
      .to.deep.equal([...order].sort((a, b) => a - b))
      .and.not.include(-1);
  });

  it('leaves un-keying to the builder where that can shut down by command', () => {
    expect(templateOf(platformWith([], { unkeyBy: 'shutdown-command' }))).not.to.contain('unkey.yml');
  });

  it('lets the gate trust the certificate that Packer trusted, where nobody signed it', () => {
    const text = templateOf(platformWith([], { certificate: 'packer' }));

    expect(text).to.contain('--fingerprint \\"$pin\\"').and.contain('openssl s_client');
    expect(text).not.to.contain('--ca-file');
    expect(templateOf(platformOf('twin')))
      .to.contain('--ca-file')
      .and.not.contain('--fingerprint');
  });
});

describe('renderChainTemplate', () => {
  const azure = platformWith(attributes({ a: local('name') }), { layering: 'one-run', address: 'cloud' });
  const text = renderChainTemplate({
    ...{ plan, platform: azure, machine: machineOf() },
    settings: settingsOf(azure, {}),
  });

  it('installs and judges each layer in turn, in its own folder', () => {
    const order = ['/01-windows-base"', '--layer windows-base', '/02-front-end"', '--layer front-end'].map(
      (part) => text.indexOf(part),
    );

    expect(order)
      .to.deep.equal([...order].sort((a, b) => a - b))
      .and.not.include(-1);
  });

  it('un-keys once, at the end', () => {
    expect(text.split('unkey.yml')).to.have.length(2);
    expect(text.indexOf('unkey.yml')).to.be.greaterThan(text.indexOf('--layer front-end'));
  });

  it('finds what is beside it', () => {
    expect(text).to.contain('"ANSIBLE_CONFIG=${abspath(path.root)}/ansible.cfg"');
  });
});
