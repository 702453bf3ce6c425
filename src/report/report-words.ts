// Lines that the reports on machines share: which machine, which Windows, how it was asked.
import type { HostSummary } from '../verify/index.js';
import { plainLine } from './plain-characters.js';

export const rehearsalLine =
  'REHEARSAL: a twin answered, a model and not Windows. No verdict here is proof about a real server.';

/** `2012r2 (Windows 6.3.9600)` */
export function osWords({ os }: Pick<HostSummary, 'os'>): string {
  const id = os.judged ?? os.expected;
  const found =
    os.found === null ? 'which Windows answered is not known' : plainLine(`Windows ${os.found.version}`);
  return id === null ? found : `${id} (${found})`;
}

/** What one should know before the verdicts: how it was asked, and on whose word it was judged. */
export function circumstances({ authentication, answered, os, error }: HostSummary): string[] {
  const lines: string[] = [];
  if (authentication !== null) {
    const scheme = schemeNames[authentication.scheme] ?? authentication.scheme;
    const protection = authentication.sealed ? 'which seals the messages' : 'TLS protects the messages';
    lines.push(plainLine(`authenticated by ${scheme}; ${protection}`));
  }
  if (os.basis === 'asserted')
    lines.push(
      plainLine(
        `The machine does not say which Windows it runs (${os.cause ?? ''}): it is judged as ${os.judged ?? ''} because you say so.`,
      ),
    );
  if (answered && error !== null) lines.push(plainLine(`Not asked to the end: ${error.message}`));
  return lines;
}

const schemeNames: Readonly<Record<string, string>> = {
  ntlm: 'NTLM',
  kerberos: 'Kerberos',
  basic: 'Basic',
  certificate: 'client certificate',
};
