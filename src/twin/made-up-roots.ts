// Root certificates of a fresh machine. They stand for the ones that Microsoft ships: made once for this model
// (self-signed, RSA 2048, SHA-256, 2010 to 2049), their private keys never kept. Nobody should ever trust them.
import type { StoredCertificate } from './state.js';

/** DER in base64. */
const ders: readonly string[] = [
  // CN=lyncimg twin root 1
  'MIIDNjCCAh6gAwIBAgIBATANBgkqhkiG9w0BAQsFADBMMRwwGgYDVQQDExNseW5jaW1nIHR3aW4gcm9vdCAxMSwwKgYDVQQKEyNs' +
    'eW5jaW1nLCBtYWRlIHVwOiB0cnVzdGVkIGJ5IG5vYm9keTAeFw0xMDAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBaMEwxHDAaBgNV' +
    'BAMTE2x5bmNpbWcgdHdpbiByb290IDExLDAqBgNVBAoTI2x5bmNpbWcsIG1hZGUgdXA6IHRydXN0ZWQgYnkgbm9ib2R5MIIBIjAN' +
    'BgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAo+HntmYUXbwt61hNy5RguK7fGtet0PvGC9I8kw9nPIDXV2rFFpYLIagF24e/m0A4' +
    'IM89RgGsQZCL3Z22+QTdzvzLko+r8DkEM1F9FMqqf5k0kWpDBWjL8v35FwgaCthZo3vQdD3aq2ccAziGqajfQWUVGAWY+9siVBcc' +
    '6MoFFkHHwfNihHR6DlW8UY6aC8U1dhqfOLsxwtf6EC23aFsDXH7dsG2i3lS223Bid/erkOdCE13v9p36bj8ltjpJtI1GAJ6qwC4J' +
    'RqLw7+05ewKoa/9QUY8nOnzV36YkqV/4hfom2tOrVOGInzu2nGCoNPf3CLKGqm00zGIWQ/T2AUk7qwIDAQABoyMwITAPBgNVHRMB' +
    'Af8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjANBgkqhkiG9w0BAQsFAAOCAQEAd9QEESAtwYUW0utdpuTJgpcIV8OrvSkQoTJ1zV0p' +
    'Ct8mDeK/bv+Pnz6j4eyfcA/D0HWH8Cl1RsL50S7zw6WDZfYzuT5qKv6U8MyThQVM9CwDWr5f6P/P+cl7l79wO2PPNWQDegdVOv0G' +
    'qlELOKKqxDW1E6k/ZcpEM5sx6isnOvbKsNqyda+nLRlMxGrY5r5JZfZXNejSV8qG8tsBKaQPt3NsAXEjX2IfwFsZ8f3SkqcCsug+' +
    'Y9UnVEDCdBzbWY8szA1lh/C27huUxSEWH8hkI+z4u9EqgLn7vdq7YyZAdCp1n7ZTC5i1oNGztwOUNFr7R1+igyg/umDiRp7BfHLE' +
    'qg==',
  // CN=lyncimg twin root 2
  'MIIDNjCCAh6gAwIBAgIBAjANBgkqhkiG9w0BAQsFADBMMRwwGgYDVQQDExNseW5jaW1nIHR3aW4gcm9vdCAyMSwwKgYDVQQKEyNs' +
    'eW5jaW1nLCBtYWRlIHVwOiB0cnVzdGVkIGJ5IG5vYm9keTAeFw0xMDAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBaMEwxHDAaBgNV' +
    'BAMTE2x5bmNpbWcgdHdpbiByb290IDIxLDAqBgNVBAoTI2x5bmNpbWcsIG1hZGUgdXA6IHRydXN0ZWQgYnkgbm9ib2R5MIIBIjAN' +
    'BgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArU8jFqfyw5MrucwwW4dYIIT27MTb/rxQxS1/wxtuZ0KNPwxUQcR9ZbPbDk5nWuce' +
    'YLNt4GxABIZZE882fPEFqq4m0BWWhsdblCGXyKk9e61Cke9zYO2RAqeijJXqrOOU/MNLbM89X/FLJVEUSFcMO1HZ9QA492jCM8Te' +
    '77o5yiV4F2kU9K0c6ejHVAf+p46eVeHwATrh2Pq4ID17zj59vPWRR4h0V6F6sluICFdqaU5Se28OH8msm0FXeqBQtnuGb/vAcsR4' +
    'z61VSC1VyXD5ecDUn83wv9m9jCzrY7PemVspZF4PJKh+cKHk27N3teuW+BlYfOr3c/qXW2BUlkqN5wIDAQABoyMwITAPBgNVHRMB' +
    'Af8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjANBgkqhkiG9w0BAQsFAAOCAQEAHsJeGc1X1l4xKdXLpZbeQ47TtIfSkW52OyCyefh6' +
    'rKcRPiZq2ZSqQsPISBGMV1kZ2x4B2xFGXk+H0Rn061jAjwrH3QCv1iIYYWw5IFe1DX0i+h3AVp+26znmKUhj6PqMeYwnkdExdMim' +
    'n0WRvC4Pu2gbOyaTpaRIt7uQ6Fp62kU5yeTgzE06Ls1JgEBnctAxxKcsNCDGvhLXosHWhYN7kWUHjsjF9AR/oviU1wQOxMkErEy8' +
    'qwN+noLmJhUjMNww30Ny8V1HQzd30jFd9Wu2x3t/WAA550E7uQVuM6V2RapawyPUu9IhxudmQSmnvKX0qUUvqPG6397Lz7uaOLyF' +
    'gQ==',
  // CN=lyncimg twin root 3
  'MIIDNjCCAh6gAwIBAgIBAzANBgkqhkiG9w0BAQsFADBMMRwwGgYDVQQDExNseW5jaW1nIHR3aW4gcm9vdCAzMSwwKgYDVQQKEyNs' +
    'eW5jaW1nLCBtYWRlIHVwOiB0cnVzdGVkIGJ5IG5vYm9keTAeFw0xMDAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBaMEwxHDAaBgNV' +
    'BAMTE2x5bmNpbWcgdHdpbiByb290IDMxLDAqBgNVBAoTI2x5bmNpbWcsIG1hZGUgdXA6IHRydXN0ZWQgYnkgbm9ib2R5MIIBIjAN' +
    'BgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArIIszOZPOOFvLeTHbE/cQvrJ6wRcsr0DpCgMN8S4cZRyHIv0muaZHF7JVpkNDDZL' +
    'ZQo0F0xx5bwrbYsd8RL137OSX/9n6UhooWD+8HOk8iLJq4J4Nobh6K7xME7VilUxfnPUW0Jt0OalzYY5HxbLE6Krc6265AdEYcrW' +
    'hr/3+qqP8FLfodxiF8UQU2Opui/1mPk3nV9gO8BHrZfhtP23fJL+EJPoV50A+gX7SaHZBQ28Pa8lIRQJKbtqidL2UG1XG+mbnfpA' +
    'XgRo48cGwyZzxlxaonY8yWJXBYPYGwtjmXa4hj711Icg+qJuG4jecxYs6rcghzKEcBpkUVR2DVi44QIDAQABoyMwITAPBgNVHRMB' +
    'Af8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjANBgkqhkiG9w0BAQsFAAOCAQEAaEtT3Xv6eskHl3O19RGumGtV+SWvpxNWZZbCI8Ub' +
    'zRT6Tmsa9b5YtAB7zL+usQtAsLKWx48+4cHpts4ceCemztDw+BLAYQP+sBDZ6IrEZftZDdA693iNEZQzsg+0TacC4SWjZVhXkqDg' +
    'P0z2uAbsMKWNZhO4Wyafr0X4w9Qm1uBd3ZcpT8KnASbzSHpXnemhpS1owWNrCXchWVtfatqhOV/6UuAehWO1ENTXpsGAOKapxuOf' +
    'f65Odnmtmki/nqDHlss9reYx8A2QGOxqF6JIoPK0940XI3GnuG8abuNnR2TpOUh1nNKr/olIAN98jNKrQi7OP8WXs/HMGD3ZfDIb' +
    'nA==',
  // CN=lyncimg twin root 4
  'MIIDNjCCAh6gAwIBAgIBBDANBgkqhkiG9w0BAQsFADBMMRwwGgYDVQQDExNseW5jaW1nIHR3aW4gcm9vdCA0MSwwKgYDVQQKEyNs' +
    'eW5jaW1nLCBtYWRlIHVwOiB0cnVzdGVkIGJ5IG5vYm9keTAeFw0xMDAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBaMEwxHDAaBgNV' +
    'BAMTE2x5bmNpbWcgdHdpbiByb290IDQxLDAqBgNVBAoTI2x5bmNpbWcsIG1hZGUgdXA6IHRydXN0ZWQgYnkgbm9ib2R5MIIBIjAN' +
    'BgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuP/qm3Yjg6MWEnstiiq8BlQ5RI5ZMCuGcKJZfg5e6lkLB0GVlMtFxFmF6H2jgnr1' +
    'yI4f8NuheiJIu3Z5KVBJhy6JphHlBp3VjOP+Uq6XR6+12mow4tuyod2gCF+bPzznVnyqkSrGRAvXmA+eUWNKpzi9rSsP4wxt6JdT' +
    'yBtwWCvyzsUClE4fDVpOHXhvac5NciS+48RsA/zVTAPmvkTDdY/WxnKqf1NFF8ApZ3MxX8jYiSjPRJJnX7acvszbu5Q6IfNgYbuf' +
    'JJHHLsf9aKnY2hYrq2iValMBCsaHIgWmggrru3wrNw9Ps4AAqnZ7qqtaAj4GaZQwak1MKIH2cw2GLwIDAQABoyMwITAPBgNVHRMB' +
    'Af8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjANBgkqhkiG9w0BAQsFAAOCAQEAVNNRoJMxbIXONVL5VmXuHxqz+ibJKCNIBZ6NztNk' +
    'DF5jrG3QGBu/P71+FH24OEkCtcXVc23h2+w40cMqrbJBHTz9AcInHwkXWV5UXRsR8cfCjOZ0t2UHlAScbALJXt99Bgley52TqzKy' +
    'OD0hY9Ho+T1mDCPc/99HrxcqGVZvptSjhJskGl5+9sRiIpXASs9322Idu8xf8n7PKxuz3U2TwJj0t1KAmffRet+7uK4MpkRizoo3' +
    'XH2Cswm4ZSilTf1cG0ICdLlGbMNfHQtl7w5Lm0jMaRvHCj1CAbxCy+fTo99SMAAWcT02iMQT1JYNurZWY7Apex4M0l/jmkSLmE3F' +
    'BQ==',
];

/** Microsoft's own roots stand in ROOT itself, those of other authorities in AuthRoot (general knowledge). */
export function freshCertificates(): StoredCertificate[] {
  return ders.map((base64, index) => ({
    store: 'ROOT',
    place: index < 2 ? 'local' : 'third-party',
    base64,
  }));
}
