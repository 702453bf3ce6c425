import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { certificates } from '../../src/requirements/certificates.js';
import type { RegistryKeysAnswer } from '../../src/requirements/index.js';
import { context, factsOf, refusals, requirementOf, specOf } from './kit.js';

const stores = {
  local: 'HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\ROOT\\Certificates',
  policy: 'HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\ROOT\\Certificates',
  enterprise: 'HKLM\\SOFTWARE\\Microsoft\\EnterpriseCertificates\\ROOT\\Certificates',
  thirdParty: 'HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\Certificates',
} as const;
type Store = keyof typeof stores;

const pem = (name: string): string =>
  readFileSync(new URL(`../fixtures/certificates/${name}.pem`, import.meta.url), 'utf8');
const root = new X509Certificate(pem('root'));
const intermediate = new X509Certificate(pem('intermediate'));
const md5Root = new X509Certificate(pem('md5-root'));
const thumbprint = ({ fingerprint }: X509Certificate): string => fingerprint.replaceAll(':', '');

/** As Windows writes it: properties before and behind the certificate. */
function blobOf(...properties: [id: number, bytes: Buffer][]): string {
  return Buffer.concat(
    properties.flatMap(([id, bytes]) => {
      const header = Buffer.alloc(12);
      header.writeUInt32LE(id, 0);
      header.writeUInt32LE(1, 4);
      header.writeUInt32LE(bytes.length, 8);
      return [header, bytes];
    }),
  ).toString('hex');
}

type Entry = X509Certificate | { name: string; blob?: string | string[] };

function storeOf(entries: Entry[]): RegistryKeysAnswer {
  const keys = entries.map((entry) => {
    if (entry instanceof X509Certificate) {
      const blob = blobOf([0x0b, Buffer.from('friendly\0')], [0x20, entry.raw], [0x03, Buffer.alloc(20)]);
      return { name: thumbprint(entry), values: { Blob: blob } };
    }
    return { name: entry.name, values: entry.blob === undefined ? {} : { Blob: entry.blob } };
  });
  return { exists: true, keys };
}

/** Stores that are not given do not exist; `null` was not answered. */
function judge(input: unknown, given: Partial<Record<Store, Entry[] | null>>) {
  const registryKeys: Record<string, RegistryKeysAnswer> = {};
  for (const [name, key] of Object.entries(stores) as [Store, string][]) {
    const entries = given[name];
    if (entries !== null) registryKeys[key] = entries === undefined ? { exists: false } : storeOf(entries);
  }
  return certificates.judge(specOf(certificates, input), factsOf({ registryKeys }));
}

const selfSigned = { rule: 'self-signed-roots' };

describe('a certificates requirement', () => {
  it('is one rule, or one certificate that is present', () => {
    expect(refusals(certificates, {})).to.match(/either one rule/);
    expect(refusals(certificates, { rule: 'no-md5', present: pem('root') })).to.match(/either one rule/);
    expect(refusals(certificates, { rule: 'no-md5', atMost: 3 })).to.match(/atMost belongs/);
    expect(refusals(certificates, { rule: 'root-count', below: 3 })).to.match(/below belongs/);
    expect(certificates.schema.safeParse({ rule: 'pretty' }).success).to.equal(false);
  });

  it('has an id for each rule and each certificate', () => {
    expect(certificates.id(specOf(certificates, selfSigned))).to.equal('certificates/self-signed-roots');
    expect(certificates.id(specOf(certificates, { present: pem('root') }))).to.equal(
      `certificates/root-${thumbprint(root).toLowerCase()}`,
    );
  });

  it('reads the four stores that make up LocalMachine\\Root', () => {
    const keys = certificates
      .facts(specOf(certificates, selfSigned))
      .map((query) => ('key' in query ? `HKLM\\${query.key}` : ''));
    expect(keys).to.deep.equal(Object.values(stores));
  });

  describe('self-signed-roots', () => {
    it('is met where every issuer is the subject, and by stores that are not there', () => {
      expect(judge(selfSigned, { local: [root], thirdParty: [md5Root] })).to.include({
        verdict: 'pass',
        actual: 'none of 2 certificates offends',
      });
      expect(judge(selfSigned, {}).verdict).to.equal('pass');
    });

    it('names what somebody else signed, in whichever store', () => {
      for (const store of Object.keys(stores) as Store[])
        expect(judge(selfSigned, { local: [root], [store]: [root, intermediate] })).to.include({
          verdict: 'fail',
          actual: `O=Contoso, CN=Contoso Issuing (${thumbprint(intermediate)})`,
        });
    });

    it('is unknown where a store was not read, unless another one offends already', () => {
      expect(judge(selfSigned, { local: [root], policy: null })).to.include({
        verdict: 'unknown',
        cause: 'access denied',
      });
      expect(judge(selfSigned, { local: [intermediate], policy: null }).verdict).to.equal('fail');
    });
  });

  describe('a blob that cannot be read', () => {
    const der = root.raw;
    const bad: Record<string, string | string[] | undefined> = {
      missing: undefined,
      empty: '',
      'of another type': ['00'],
      'no hexadecimal digits': 'xyz',
      'half a header': '2000000001',
      'longer than it is': blobOf([0x20, der]).slice(0, 200),
      'without a certificate': blobOf([0x0b, Buffer.from('name')]),
      'with an empty certificate': blobOf([0x20, Buffer.alloc(0)]),
      'with rubbish in place of the certificate': blobOf([0x20, Buffer.from('ff'.repeat(600), 'hex')]),
      'with something behind the certificate': blobOf([0x20, Buffer.concat([der, Buffer.from([0])])]),
      'with a certificate that was cut off': blobOf([0x20, der.subarray(0, 100)]),
      'with a length of four thousand million': blobOf([0x20, Buffer.from('3084ffffffff', 'hex')]),
      'with lengths that nest for ever': blobOf([0x20, Buffer.from('3080'.repeat(2000), 'hex')]),
      'with PEM': blobOf([0x20, Buffer.from(pem('root'))]),
    };
    for (const [what, blob] of Object.entries(bad))
      it(`(${what}) makes the verdict unknown and names the certificate`, () => {
        const entry = { name: 'ABCD', ...(blob !== undefined && { blob }) };
        for (const rule of ['self-signed-roots', 'root-count', 'root-size', 'no-md5', 'no-duplicates'])
          expect(judge({ rule }, { local: [root, entry] }), rule).to.deep.include({
            verdict: 'unknown',
            cause: 'the certificate ABCD in LocalMachine\\Root cannot be read',
          });
      });
  });

  it('root-count counts every copy, since Windows shows each', () => {
    const two = { local: [root], policy: [root] };
    expect(judge({ rule: 'root-count', atMost: 2 }, two)).to.include({
      verdict: 'pass',
      actual: '2 certificates',
    });
    expect(judge({ rule: 'root-count', atMost: 1 }, two)).to.include({
      verdict: 'fail',
      expected: 'at most 1 certificate',
    });
    expect(judge({ rule: 'root-count' }, two)).to.include({ expected: 'at most 100 certificates' });
  });

  it('root-size is what a CertificateRequest holds: two bytes and the name, each name once', () => {
    // CN=MD5 Root: SEQUENCE 2, SET 2, SEQUENCE 2, OID 5, UTF8String 2 + 8 = 21 bytes.
    expect(judge({ rule: 'root-size', below: 24 }, { local: [md5Root], policy: [md5Root] })).to.include({
      verdict: 'pass',
      actual: '23 bytes',
    });
    expect(judge({ rule: 'root-size', below: 23 }, { local: [md5Root] }).verdict).to.equal('fail');
    expect(judge({ rule: 'root-size' }, { local: [root] }).expected).to.match(/16384/);
  });

  it('no-md5 finds an authority that signs with MD5', () => {
    expect(judge({ rule: 'no-md5' }, { local: [root, intermediate] }).verdict).to.equal('pass');
    expect(judge({ rule: 'no-md5' }, { thirdParty: [root, md5Root] })).to.include({
      verdict: 'fail',
      actual: `CN=MD5 Root (${thumbprint(md5Root)})`,
    });
  });

  it('no-duplicates finds a certificate that two stores hold', () => {
    expect(judge({ rule: 'no-duplicates' }, { local: [root], thirdParty: [md5Root] }).verdict).to.equal(
      'pass',
    );
    expect(judge({ rule: 'no-duplicates' }, { local: [root], enterprise: [root] })).to.include({
      verdict: 'fail',
      actual: `C=US, O=Contoso, CN=Contoso Root (${thumbprint(root)})`,
    });
  });

  it('shows three offenders and counts the rest', () => {
    const all = [intermediate, intermediate, intermediate, intermediate, intermediate];
    expect(judge(selfSigned, { local: all }))
      .to.have.property('actual')
      .that.matches(/; .*; .*, and 2 more$/);
  });

  it('renders nothing for a rule: what offends it people must decide about', () => {
    const spec = specOf(certificates, selfSigned);
    expect(certificates.tasks([requirementOf(certificates, spec)], context)).to.deep.equal([]);
  });

  describe('an own root', () => {
    const present = { present: pem('root') };
    const spec = specOf(certificates, present);

    it('is imported from a file that is gone afterwards', () => {
      const tasks = certificates.tasks([requirementOf(certificates, spec)], context);
      const path = `C:\\Windows\\Temp\\lyncimg-${thumbprint(root)}.pem`;
      expect(tasks.map(({ module, args, keywords }) => ({ module, args, keywords }))).to.deep.equal([
        {
          module: 'ansible.windows.win_copy',
          args: { content: root.toString(), dest: path },
          keywords: { changed_when: false },
        },
        {
          module: 'ansible.windows.win_certificate_store',
          args: { path, store_name: 'Root', store_location: 'LocalMachine', state: 'present' },
          keywords: undefined,
        },
        {
          module: 'ansible.windows.win_file',
          args: { path, state: 'absent' },
          keywords: { changed_when: false },
        },
      ]);
    });

    it('is there when any of the four stores holds it', () => {
      for (const store of Object.keys(stores) as Store[])
        expect(judge(present, { [store]: [md5Root, root] }).verdict).to.equal('pass');
      expect(judge(present, { policy: [root], local: null }).verdict).to.equal('pass');
      expect(judge(present, { local: [md5Root] })).to.include({ verdict: 'fail' });
    });

    it('is unknown where a store was not read, or its own blob cannot be', () => {
      expect(judge(present, { local: null }).verdict).to.equal('unknown');
      expect(judge(present, { local: [{ name: thumbprint(root).toLowerCase() }] }).verdict).to.equal(
        'unknown',
      );
      expect(judge(present, { local: [{ name: 'ABCD' }] }).verdict).to.equal('fail');
    });

    const wrong: [what: string, text: string, message: RegExp][] = [
      ['no PEM', 'hello', /not the PEM of one certificate/],
      ['two certificates', pem('root') + pem('md5-root'), /not the PEM of one certificate/],
      ['broken', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /cannot be read/],
      ['a private key beside it', `${pem('root')}-----BEGIN EC PRIVATE KEY-----`, /private key/],
      ['an intermediate', pem('intermediate'), /not self-signed/],
      ['no authority', pem('server'), /no certificate of an authority/],
    ];
    for (const [what, text, message] of wrong)
      it(`is refused: ${what}`, () => {
        const resolved = certificates.resolve({ present: text }, context.os);
        expect(resolved.ok).to.equal(false);
        expect(resolved.ok ? '' : resolved.problems[0]?.message).to.match(message);
      });
  });
});
