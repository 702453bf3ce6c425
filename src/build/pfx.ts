// server.pfx of the answer disc: the guest's certificate and its key, as certutil of Windows Server 2008 R2 to 2012 R2
// imports them. These read nothing newer than PKCS #12 with 3DES and SHA-1 (OpenSSL 3 writes AES-256 with a SHA-256 MAC by
// default, which they refuse), and node-forge's own writer leaves certificates without encryption, so it is put
// together here of node-forge's parts. What protects the key is the disc, 0600 and gone with the build; this file's
// password lies beside it.
//
// The authority's certificate is left out. Clients have it, and certutil would put it among the guest's trusted roots,
// where it would stay in the image.
import forge from 'node-forge';

export interface PfxOptions {
  /** PEM. */
  certificate: string;
  /** PEM, PKCS #8. */
  key: string;
  password: string;
}

/**
 * Where the key is to lie in the guest: the provider of CryptoAPI that can sign with SHA-256, which TLS 1.2 asks for
 * (Microsoft, PROV_RSA_AES; ConfigureRemotingForAnsible.ps1 makes the listener's key in it on the same systems). An
 * import that is told nothing takes a provider of before SHA-2.
 */
const provider = 'Microsoft Enhanced RSA and AES Cryptographic Provider';

const oids = {
  microsoftProvider: '1.3.6.1.4.1.311.17.1',
  keyUsage: '2.5.29.15',
};

/** Of RFC 7292's derivation of keys; Windows' own exports have 2000. */
const iterations = 2048;

const { asn1, pki } = forge;
/** `[0]` */
const contextTag = asn1.Type.NONE;
type Asn1 = forge.asn1.Asn1;

/** DER. */
export function makePfx({ certificate, key, password }: PfxOptions): Uint8Array {
  const der = forge.pem.decode(certificate)[0]?.body ?? '';
  const keyId = attribute(pki.oids['localKeyId'] ?? '', octets(sha1(der)));
  const certificates = sequence([
    bag('certBag', sequence([oid(pki.oids['x509Certificate'] ?? ''), tagged(octets(der))]), [keyId]),
  ]);
  const shrouded = encrypted(exchangeKey(key), password);
  const keys = sequence([
    bag('pkcs8ShroudedKeyBag', shrouded, [keyId, attribute(oids.microsoftProvider, bmpString(provider))]),
  ]);
  const safe = sequence([encryptedContent(certificates, password), content(keys)]);
  const pfx = sequence([integer(3), content(safe), mac(safe, password)]);
  return Uint8Array.from(Buffer.from(asn1.toDer(pfx).getBytes(), 'latin1'));
}

/** The key with what Windows calls AT_KEYEXCHANGE (`openssl pkcs12 -keyex`): Schannel wants such a key of a server. */
function exchangeKey(pem: string): Asn1 {
  const keyInfo = asn1.fromDer(forge.pem.decode(pem)[0]?.body ?? '');
  const keyEncipherment = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, '\x04\x10');
  const attributes = asn1.create(asn1.Class.CONTEXT_SPECIFIC, contextTag, true, [
    attribute(oids.keyUsage, keyEncipherment),
  ]);
  return sequence([...(keyInfo.value as Asn1[]), attributes]);
}

/** What forge does to a private key is PKCS #12's encryption of anything: algorithm, then the encrypted octets. */
function encrypted(plain: Asn1, password: string): Asn1 {
  return pki.encryptPrivateKeyInfo(plain, password, { algorithm: '3des', count: iterations, saltSize: 8 });
}

function encryptedContent(plain: Asn1, password: string): Asn1 {
  const [algorithm, cipherText] = encrypted(plain, password).value as [Asn1, Asn1];
  const implicit = asn1.create(asn1.Class.CONTEXT_SPECIFIC, contextTag, false, cipherText.value);
  const info = sequence([oid(pki.oids['data'] ?? ''), algorithm, implicit]);
  return sequence([oid(pki.oids['encryptedData'] ?? ''), tagged(sequence([integer(0), info]))]);
}

function mac(safe: Asn1, password: string): Asn1 {
  const salt = forge.random.getBytesSync(8);
  const key = forge.pkcs12.generateKey(password, new forge.util.ByteStringBuffer(salt), 3, iterations, 20);
  const hmac = forge.hmac.create();
  hmac.start('sha1', key);
  hmac.update(asn1.toDer(safe).getBytes());
  const nothing = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.NULL, false, '');
  const algorithm = sequence([oid(pki.oids['sha1'] ?? ''), nothing]);
  const digest = sequence([algorithm, octets(hmac.digest().getBytes())]);
  return sequence([digest, octets(salt), integer(iterations)]);
}

function bag(type: 'certBag' | 'pkcs8ShroudedKeyBag', value: Asn1, attributes: Asn1[]): Asn1 {
  return sequence([oid(pki.oids[type] ?? ''), tagged(value), set(attributes)]);
}

function attribute(type: string, value: Asn1): Asn1 {
  return sequence([oid(type), set([value])]);
}

function content(value: Asn1): Asn1 {
  return sequence([oid(pki.oids['data'] ?? ''), tagged(octets(asn1.toDer(value).getBytes()))]);
}

function sequence(items: Asn1[]): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, items);
}

function set(items: Asn1[]): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, items);
}

/** `[0] EXPLICIT` */
function tagged(value: Asn1): Asn1 {
  return asn1.create(asn1.Class.CONTEXT_SPECIFIC, contextTag, true, [value]);
}

function octets(bytes: string): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, bytes);
}

function integer(value: number): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.INTEGER, false, asn1.integerToDer(value).getBytes());
}

function oid(id: string): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(id).getBytes());
}

function bmpString(text: string): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BMPSTRING, false, text);
}

function sha1(bytes: string): string {
  return forge.md.sha1.create().update(bytes).digest().getBytes();
}
