// The gate runs inside Packer's run, and Packer turns every failure into exit 1: so its verdicts are read from the
// file that it leaves, not from an exit code.
import { readFile } from 'node:fs/promises';
import { fail, type LyncimgError } from '../errors/index.js';
import { verifyReportFromJson, type Verdict, type VerifyReport } from '../verify/index.js';

export interface GateFile {
  layer: string;
  /** `verify-<layer>.json` in the run's reports. */
  file: string;
  /** `address:port` of the guest that was built. */
  host: string;
  log: string;
}

/** Null where the gate did not come to its turn. Throws E_BUILD_GATE_MISSING for a report that is none, or another's. */
export async function readGate({ layer, file, host, log }: GateFile): Promise<VerifyReport | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const checked = verifyReportFromJson(text, file);
  if (!checked.ok) {
    throw fail(
      'E_BUILD_GATE_MISSING',
      { layer, reason: 'its report cannot be read', log },
      { cause: checked.problems[0] },
    );
  }
  if (checked.value.host !== host) {
    throw fail('E_BUILD_GATE_MISSING', { layer, reason: `its report is about ${checked.value.host}`, log });
  }
  return checked.value;
}

/** Why this layer may not be kept, or null. */
export function gateProblem(layer: string, report: VerifyReport, file: string): LyncimgError | null {
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
