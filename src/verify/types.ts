// Verdicts and the reports that hold them: data, never exceptions.
import type { OsId, Source, Stage } from '../requirements/index.js';

/**
 * warn: an unverified need is not met. unknown: the question was not answered. after-deployment: the gate does not
 * judge what only a deployed machine can have.
 */
export type VerdictName = 'pass' | 'warn' | 'fail' | 'unknown' | 'after-deployment';

export type VerdictCounts = Record<VerdictName, number>;

/** One question that a verdict stands on, and what came back. */
export interface Evidence {
  /** As it was asked: WQL with its namespace, or methods of StdRegProv with the path. */
  query: string;
  /** False where nobody asked; `cause` then says why. */
  asked: boolean;
  /** How many rows, subkeys or values came; null for a single registry value and where nothing came. */
  rows: number | null;
  /** What concerns the requirement, one row or value a line; the first of them, each cut to a length. */
  shown: string[];
  /** Why there is no answer. */
  cause: string | null;
}

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
  /** Null where the one who asks is the source: `os/version`. */
  source: Source | null;
  /** `file:line:column` of the requirement. */
  where: string;
  /** Only where it was asked for. */
  evidence?: Evidence[];
}

/** What a host said of itself before any question was asked. */
export interface HostIdentity {
  /** WS-Management's ProductVendor. */
  vendor: string;
  /** WS-Management's ProductVersion, e.g. `OS: 6.3.9600 SP: 0.0 Stack: 3.0`. */
  version: string;
}

/** How a host was asked: by what scheme, and whether that scheme sealed the messages (else TLS did). */
export interface HostAuthentication {
  scheme: string;
  sealed: boolean;
}

/** Why a host was not asked, or not to the end. */
export interface HostError {
  code: string;
  message: string;
}

export interface HostOs {
  /** Id that was asserted (`--os`, a plan); null where the host was to say. */
  expected: OsId | null;
  /** What the host told; null where it told nothing that can be read. */
  found: { version: string; title: string } | null;
  /** Id of the operating system whose requirements were judged; null where none could be. */
  judged: OsId | null;
  /** Who said so: the host, or, where its answer cannot be read, the one who asked. */
  basis: 'host' | 'asserted' | null;
  /** Why the host's own answer was not enough. */
  cause: string | null;
}

/** What is told of a host whatever it was asked for. */
export interface HostSummary {
  /** `host:port` */
  host: string;
  /** It spoke WS-Management and let us ask. False: every verdict is unknown, and `error` says why. */
  answered: boolean;
  /** True when what answered says that it is a twin. */
  rehearsal: boolean;
  identity: HostIdentity | null;
  os: HostOs;
  authentication: HostAuthentication | null;
  error: HostError | null;
  /** ISO 8601 UTC. */
  startedAt: string;
  finishedAt: string;
}

export interface RoleReport {
  role: string;
  stage: 'image' | 'machine' | 'all';
  counts: VerdictCounts;
  verdicts: Verdict[];
}

export interface HostReport extends HostSummary {
  /** One for each role, in the order asked for. */
  reports: RoleReport[];
}

export interface VerifyReport {
  apiVersion: 'lyncimg/v1';
  kind: 'VerifyReport';
  /** In the order given. */
  hosts: HostReport[];
  /** Of all verdicts. */
  counts: VerdictCounts;
  /** As the command ends: 0, 1, 3 or 4. */
  exit: 0 | 1 | 3 | 4;
}

/** What one machine lacks for one role. */
export interface RoleReadiness {
  role: string;
  /** The role that it extends, where that one is in the report too. */
  extends: string | null;
  state: 'ready' | 'missing' | 'unknown';
  /** Over all requirements, inherited ones too. */
  counts: VerdictCounts;
  /** What fails and is not listed already at a role that this one extends. */
  missing: Verdict[];
  /** What nobody knows, in the same way. */
  unknown: Verdict[];
}

export interface HostReadiness extends HostSummary {
  /** Roles of the host's operating system, parents first. */
  roles: RoleReadiness[];
}

export interface ReadinessReport {
  apiVersion: 'lyncimg/v1';
  kind: 'ReadinessReport';
  hosts: HostReadiness[];
  /** 0 answered, 4 partly, 3 not at all. */
  exit: 0 | 3 | 4;
}
