// The gate runs inside Packer's run, and Packer turns every failure into exit 1: so its verdicts are read from the
// file that it leaves, not from an exit code.
import { readFile } from 'node:fs/promises';
import { fail, ok, problems, type Checked, type LyncimgError } from '../errors/index.js';
import { verifyReportFromJson, type HostReport, type RoleReport, type Verdict } from '../verify/index.js';

/** A gate asks one guest about one layer. */
export type GateReport = Pick<HostReport, 'host' | 'rehearsal' | 'startedAt' | 'finishedAt'> &
  RoleReport & { os: string };

export interface GateFile {
  layer: string;
  /** `verify-<layer>.json` in the run's reports. */
  file: string;
  /** `address:port` of the guest that was built; null where only Packer knew it. */
  host: string | null;
  log: string;
}

/** Null where the gate did not come to its turn. Throws E_BUILD_GATE_MISSING for a report that is none, or another's. */
export async function readGate({ layer, file, host, log }: GateFile): Promise<GateReport | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const checked = gateReportFromJson(text, file);
  if (!checked.ok) {
    throw fail(
      'E_BUILD_GATE_MISSING',
      { layer, reason: 'its report cannot be read', log },
      { cause: checked.problems[0] },
    );
  }
  if (host !== null && checked.value.host !== host) {
    throw fail('E_BUILD_GATE_MISSING', { layer, reason: `its report is about ${checked.value.host}`, log });
  }
  return checked.value;
}

/** Reads what the gate left, in the run or in the store. */
export function gateReportFromJson(text: string, file: string): Checked<GateReport> {
  const checked = verifyReportFromJson(text, file);
  if (!checked.ok) return checked;
  const { hosts } = checked.value;
  const [one] = hosts;
  const report = one?.reports[0];
  if (one === undefined || report === undefined || hosts.length > 1 || one.reports.length > 1) {
    const reason = 'it is not about one guest and one layer';
    return problems([fail('E_VERIFY_REPORT', { reason }, { where: { file } })]);
  }
  const { host, rehearsal, os, startedAt, finishedAt } = one;
  const id = os.judged ?? os.expected ?? 'unknown';
  return ok({ host, rehearsal, os: id, startedAt, finishedAt, ...report });
}

/** Why this layer may not be kept, or null. */
export function gateProblem(layer: string, report: GateReport, file: string): LyncimgError | null {
  const told = (name: Verdict['verdict']): string[] =>
    report.verdicts.filter(({ verdict }) => verdict === name).map(describe);
  const failed = told('fail');
  if (failed.length > 0) return fail('E_BUILD_GATE_FAILED', { layer, failed, report: file });
  const unknown = told('unknown');
  if (unknown.length > 0) return fail('E_BUILD_GATE_UNKNOWN', { layer, unknown, report: file });
  return null;
}

function describe({ title, expected, actual, cause }: Verdict): string {
  return actual === null
    ? `${title}: ${cause ?? 'not read'}`
    : `${title}: expected ${expected}, found ${actual}`;
}
