// Verdicts and the report that holds them: data, never exceptions.
import type { Source, Stage } from '../requirements/index.js';

/**
 * warn: an unverified need is not met. unknown: the question was not answered. after-deployment: the gate does not
 * judge what only a deployed machine can have.
 */
export type VerdictName = 'pass' | 'warn' | 'fail' | 'unknown' | 'after-deployment';

export interface Verdict {
  /** The requirement's id. */
  id: string;
  kind: string;
  title: string;
  role: string;
  stage: Stage;
  verdict: VerdictName;
  expected: string;
  /** Null where nothing was read. */
  actual: string | null;
  /** Why it is unknown. */
  cause: string | null;
  /** What to do; null for a pass. */
  fix: string | null;
  source: Source;
  /** `file:line:column` of the requirement. */
  where: string;
}

export interface VerifyReport {
  apiVersion: 'lyncimg/v1';
  kind: 'VerifyReport';
  /** `host:port` */
  host: string;
  role: string;
  os: { expected: string; found: string | null };
  stage: 'image' | 'machine' | 'all';
  /** True when what answered says that it is a twin. */
  rehearsal: boolean;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
  counts: Record<VerdictName, number>;
  verdicts: Verdict[];
}
