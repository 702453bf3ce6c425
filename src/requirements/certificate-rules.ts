// What Lync's certificates need of the store of trusted roots: each rule counts what offends it.
import type { RootCertificate } from './root-store.js';

export type RuleName = 'self-signed-roots' | 'root-count' | 'root-size' | 'no-md5' | 'no-duplicates';

/** `limit` is the rule's figure, where it has one. */
export interface CertificateRule {
  /** The figure where the role gives none; absent: the rule has none. */
  limit?: number;
  expected(limit: number): string;
  /** What the store holds, and whether that will do. */
  find(certificates: readonly RootCertificate[], limit: number): { met: boolean; actual: string };
  fix: string;
}

/** md5WithRSAEncryption (RFC 8017) and its two older names of the OIW. */
const md5Algorithms = new Set(['1.2.840.113549.1.1.4', '1.3.14.3.2.3', '1.3.14.3.2.25']);

/**
 * Roots signed with MD5 that every Windows has and that must not be removed: they check Microsoft's own old signatures,
 * no TLS connection (KB 293781; thumbprints as public lists of these certificates have them, high).
 */
const windowsOwn = new Set([
  'A43489159A520F0D93D032CCAF37E7FE20A8B419', // Microsoft Root Authority
  'BE36A4562FB2EE05DBB3D32323ADF445084ED656', // Thawte Timestamping CA
  '245C97DF7514E7CF2DF8BE72AE957B9E04741E85', // Microsoft Timestamp Root (Copyright (c) 1997)
  '7F88CD7223F3C813818C994614A89C99FA3B5247', // Microsoft Authenticode(tm) Root Authority
  '18F7C1FCC3090203FD5BAA2F861A754976C8DD25', // VeriSign Time Stamping CA (NO LIABILITY ACCEPTED)
]);

export const certificateRules: Readonly<Record<RuleName, CertificateRule>> = {
  'self-signed-roots': {
    expected: () => 'only self-signed certificates',
    find: (all) =>
      offenders(
        all,
        all.filter(({ subject, issuer }) => subject !== issuer),
      ),
    fix: 'Move them to the store of intermediate authorities (LocalMachine\\CA).',
  },
  'root-count': {
    limit: 100,
    expected: (limit) => `at most ${counted(limit)}`,
    // Copies count: Windows shows a certificate of two physical stores twice, and so did whoever set the figure.
    find: (all, limit) => ({ met: all.length <= limit, actual: counted(all.length) }),
    fix: 'Remove roots that nothing on this machine needs, and keep Windows from adding more.',
  },
  'root-size': {
    limit: 16_384,
    expected: (limit) => `a list of trusted issuers below ${String(limit)} bytes`,
    find(all, limit) {
      const bytes = issuerListBytes(all);
      return { met: bytes < limit, actual: `${String(bytes)} bytes` };
    },
    fix: 'Remove roots that nothing on this machine needs: Schannel cuts the list off, and TLS between servers fails.',
  },
  'no-md5': {
    expected: () => 'none signed with MD5',
    find: (all) =>
      offenders(
        all,
        all.filter(
          ({ signatureAlgorithm, thumbprint }) =>
            md5Algorithms.has(signatureAlgorithm) && !windowsOwn.has(thumbprint),
        ),
      ),
    fix: 'Replace the authority by one that signs with SHA-256, and remove its old certificate.',
  },
  'no-duplicates': {
    expected: () => 'no certificate twice',
    find: (all) =>
      offenders(
        all,
        all.filter(
          ({ thumbprint }, index) => all.findIndex((other) => other.thumbprint === thumbprint) !== index,
        ),
      ),
    fix: 'Keep one copy: remove the local one of what group policy or Windows itself brings.',
  },
};

/**
 * Bytes of the names in TLS's CertificateRequest: each with a length of two bytes before it (RFC 5246, 7.4.4). Every
 * certificate once; whether Schannel leaves some of them out is not known, so this is the most that it can be.
 */
function issuerListBytes(all: readonly RootCertificate[]): number {
  const sizes = new Map(all.map(({ thumbprint, subjectBytes }) => [thumbprint, subjectBytes]));
  return [...sizes.values()].reduce((sum, bytes) => sum + 2 + bytes, 0);
}

function offenders(
  all: readonly RootCertificate[],
  found: readonly RootCertificate[],
): { met: boolean; actual: string } {
  if (found.length === 0) return { met: true, actual: `none of ${counted(all.length)} offends` };
  const shown = found.slice(0, 3).map(({ subject, thumbprint }) => `${subject || 'no name'} (${thumbprint})`);
  const more = found.length > 3 ? `, and ${String(found.length - 3)} more` : '';
  return { met: false, actual: `${shown.join('; ')}${more}` };
}

function counted(count: number): string {
  return count === 1 ? '1 certificate' : `${String(count)} certificates`;
}
