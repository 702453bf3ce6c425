import { expect } from 'chai';
import { describe, it } from 'mocha';
import { platformOf } from '../../src/platforms/index.js';
import { guests, limitsOf, sourceOf } from './asked-of.js';

const azure = platformOf('azure');

describe('the platform azure', () => {
  it('says why nothing can be baked there yet, and what to do instead', () => {
    expect(azure.noBake?.reason).to.contain('generalised');
    expect(azure.noBake?.instead).to.contain('lyncimg generate');
    expect(azure.layering).to.equal('one-run');
  });

  it('starts from the marketplace image of each Windows, or the one that is named', () => {
    const sku = (os: keyof typeof guests, given = {}): unknown =>
      sourceOf(azure, { machine: { os: guests[os] }, given }).attributes['image_sku'];
    expect(sku('2008r2')).to.equal('2008-R2-SP1');
    expect(sku('2012')).to.equal('2012-Datacenter');
    expect(sku('2012r2')).to.equal('2012-R2-Datacenter');
    expect(sku('2012r2', { imageSku: '2012-R2-Datacenter-smalldisk' })).to.equal(
      '2012-R2-Datacenter-smalldisk',
    );
  });

  it('takes the service principal from the environment alone', () => {
    expect(sourceOf(azure).attributes).to.include({
      subscription_id: 'local.azure_subscription_id',
      tenant_id: 'local.azure_tenant_id',
      client_id: 'local.azure_client_id',
      client_secret: 'local.azure_client_secret',
    });
    expect(azure.secrets.map(({ env }) => env).every((env) => env.startsWith('LYNCIMG_AZURE_'))).to.equal(
      true,
    );
  });

  it('says in the template why the certificate is not checked there', () => {
    const { attributes, comments } = sourceOf(azure);
    expect(azure.certificate).to.equal('packer');
    expect(attributes).to.include({ winrm_use_ssl: true, winrm_insecure: true });
    expect(comments.join()).to.contain('keeps it to itself');
  });

  it('keeps a managed image, and a version in a gallery where all three names are there', () => {
    expect(sourceOf(azure).attributes).to.include({ managed_image_name: 'local.name' });
    expect(sourceOf(azure).blocks).to.deep.equal({});

    const given = {
      location: 'westeurope',
      resourceGroup: 'rg',
      gallery: 'g',
      galleryImage: 'i',
      galleryVersion: '1.0.0',
    };
    expect(sourceOf(azure, { given }).blocks['shared_image_gallery_destination']).to.deep.equal([
      {
        subscription: 'local.azure_subscription_id',
        resource_group: 'rg',
        gallery_name: 'g',
        image_name: 'i',
        image_version: '1.0.0',
        replication_regions: ['westeurope'],
      },
    ]);
    const partly = limitsOf(azure, {}, { gallery: 'g' });
    expect(partly[0]?.message).to.contain('galleryImage, galleryVersion');
  });

  it('makes the disk larger and never smaller than that of the marketplace', () => {
    expect(sourceOf(azure, { machine: { diskGb: 80 } }).attributes).not.to.have.any.keys('os_disk_size_gb');
    expect(sourceOf(azure, { machine: { diskGb: 200 } }).attributes).to.include({ os_disk_size_gb: 200 });
  });

  it('refuses 2008 R2, which Ansible cannot speak to there', () => {
    expect(limitsOf(azure, { os: guests['2008r2'] }).map(({ code }) => code)).to.deep.equal([
      'E_PLATFORM_LIMIT',
    ]);
    expect(limitsOf(azure, {})).to.deep.equal([]);
  });
});
