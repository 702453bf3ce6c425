// The store of trusted roots, LocalMachine\Root: rules that it must keep, and the organisation's own roots in it.
//
// A rule renders no task: what offends it came from somewhere, and to remove a root is a decision for people. A root of
// one's own is imported.
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { certificateRules, type RuleName } from './certificate-rules.js';
import type { Facts } from './facts.js';
import type { Judgement, Kind, Requirement } from './kind.js';
import { describeCertificate, rootStoreOf, rootStoreQueries } from './root-store.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask } from './task.js';

const figures: Readonly<Partial<Record<RuleName, 'atMost' | 'below'>>> = {
  'root-count': 'atMost',
  'root-size': 'below',
};

const schema = z
  .strictObject({
    rule: z
      .enum(Object.keys(certificateRules) as [RuleName, ...RuleName[]])
      .optional()
      .meta({
        description:
          '`self-signed-roots`, `root-count` (atMost), `root-size` (below), `no-md5` or `no-duplicates`, of LocalMachine\\Root.',
      }),
    atMost: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Certificates, for root-count; 100 where absent.' }),
    below: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'Bytes of the list of trusted issuers, for root-size; 16384 where absent.' }),
    present: z
      .string()
      .optional()
      .meta({ description: 'A root certificate of your own in PEM: it is in LocalMachine\\Root.' }),
  })
  .refine(({ rule, present }) => (rule === undefined) !== (present === undefined), {
    error: 'A certificates requirement is either one rule, or one certificate that is present.',
  })
  .refine(({ rule, atMost }) => atMost === undefined || rule === 'root-count', {
    error: 'atMost belongs to the rule root-count.',
    path: ['atMost'],
  })
  .refine(({ rule, below }) => below === undefined || rule === 'root-size', {
    error: 'below belongs to the rule root-size.',
    path: ['below'],
  });

export type CertificatesInput = z.infer<typeof schema>;

export type CertificatesSpec =
  | { about: 'rule'; rule: RuleName; /** 0 for a rule without a figure. */ limit: number }
  | { about: 'present'; /** SHA-1, upper case. */ thumbprint: string; subject: string; pem: string };

export const certificates: Kind<CertificatesInput, CertificatesSpec> = {
  name: 'certificates',
  summary: 'The store of trusted roots keeps a rule, or holds a root certificate of your own.',
  example: '- certificates: { rule: root-count, atMost: 100 }\n  source: C-OPD\n',
  stage: 'image',
  phase: 46,
  schema,

  resolve(input) {
    const { rule, atMost, below, present } = input;
    if (rule !== undefined) {
      const given = { atMost, below }[figures[rule] ?? 'atMost'];
      return { ok: true, spec: { about: 'rule', rule, limit: given ?? certificateRules[rule].limit ?? 0 } };
    }
    const root = rootOf(present ?? '');
    return typeof root === 'string'
      ? { ok: false, problems: [{ path: ['present'], message: root, reason: 'invalid' }] }
      : { ok: true, spec: { about: 'present', ...root } };
  },

  id: (spec) => `certificates/${spec.about === 'rule' ? spec.rule : `root-${spec.thumbprint.toLowerCase()}`}`,
  title: (spec) =>
    spec.about === 'rule'
      ? `Trusted roots: ${certificateRules[spec.rule].expected(spec.limit)}`
      : `Trusted root ${spec.subject}`,
  tasks: (requirements) => requirements.filter(({ stage }) => stage === 'image').flatMap(tasksOf),
  facts: () => [...rootStoreQueries],
  judge: (spec, facts) => (spec.about === 'rule' ? judgeRule(spec, facts) : judgePresent(spec, facts)),
};

/** What a PEM text holds, or what is wrong with it. */
function rootOf(text: string): Omit<CertificatesSpec & { about: 'present' }, 'about'> | string {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    return 'It holds a private key, which must never leave its authority.';
  if ((text.match(/-----BEGIN CERTIFICATE-----/g) ?? []).length !== 1)
    return 'It is not the PEM of one certificate: write one requirement for each.';
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(text);
  } catch {
    return 'Its PEM cannot be read as a certificate.';
  }
  const { thumbprint, subject, issuer } = describeCertificate(certificate);
  if (!certificate.ca) return `${subject} is no certificate of an authority.`;
  // One that is not stops Front Ends: the rule self-signed-roots says so.
  if (subject !== issuer)
    return `${subject} is not self-signed: it belongs into the store of intermediate authorities.`;
  return { thumbprint, subject, pem: certificate.toString() };
}

function tasksOf(requirement: Requirement<CertificatesSpec>): AnsibleTask[] {
  const { spec } = requirement;
  if (spec.about === 'rule') return [];
  const { thumbprint, pem } = spec;
  const path = `C:\\Windows\\Temp\\lyncimg-${thumbprint}.pem`;
  // The file comes and goes: it is no change of the machine.
  const keywords = { changed_when: false };
  return [
    {
      name: `Bring the certificate ${thumbprint}`,
      comments: sourceLines(requirement),
      module: 'ansible.windows.win_copy',
      args: { content: pem, dest: path },
      keywords,
    },
    {
      name: `Trust the root ${thumbprint}`,
      comments: [],
      module: 'ansible.windows.win_certificate_store',
      args: { path, store_name: 'Root', store_location: 'LocalMachine', state: 'present' },
    },
    {
      name: `Remove the file of ${thumbprint}`,
      comments: [],
      module: 'ansible.windows.win_file',
      args: { path, state: 'absent' },
      keywords,
    },
  ];
}

function judgeRule(spec: CertificatesSpec & { about: 'rule' }, facts: Facts): Judgement {
  const rule = certificateRules[spec.rule];
  const expected = rule.expected(spec.limit);
  const store = rootStoreOf(facts);
  const { met, actual } = rule.find(store.certificates, spec.limit);
  // What was read offends already; the rest could not mend it.
  if (!met) return { verdict: 'fail', expected, actual, fix: rule.fix };
  const cause = store.causes[0] ?? unreadable(store.unreadable);
  return cause === undefined
    ? { verdict: 'pass', expected, actual }
    : { verdict: 'unknown', expected, cause };
}

function judgePresent(spec: CertificatesSpec & { about: 'present' }, facts: Facts): Judgement {
  const { thumbprint, subject } = spec;
  const expected = `${subject} (${thumbprint}) trusted`;
  const store = rootStoreOf(facts);
  const found = store.certificates.find((certificate) => certificate.thumbprint === thumbprint);
  if (found !== undefined) return { verdict: 'pass', expected, actual: `trusted (${found.store} store)` };
  const cause =
    store.causes[0] ?? unreadable(store.unreadable.filter((name) => name.toUpperCase() === thumbprint));
  if (cause !== undefined) return { verdict: 'unknown', expected, cause };
  return {
    verdict: 'fail',
    expected,
    actual: 'not in LocalMachine\\Root',
    fix: 'Import it: certutil -addstore Root FILE',
  };
}

function unreadable([name]: readonly string[]): string | undefined {
  return name === undefined ? undefined : `the certificate ${name} in LocalMachine\\Root cannot be read`;
}
