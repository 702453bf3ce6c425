// One download.

export interface Download {
  /** Path on the disc, for messages. */
  path: string;
  url: string;
  /** Absolute; `<target>.part` and `<target>.part.json` lie beside it until it is complete. */
  target: string;
  /** Lower-case hex; null downloads whatever the server gives. */
  sha256: string | null;
  /** Exact, where known. */
  sizeBytes: number | null;
  signal: AbortSignal;
  tell: (news: DownloadNews) => void;
  /** How to speak to the server. */
  line: Line;
}

export type DownloadNews =
  /** `from`: bytes that were there already; `total`: of the whole file, where known. */
  | { type: 'started'; path: string; from: number; total: number | null }
  | { type: 'progress'; path: string; bytes: number; total: number | null }
  | { type: 'broke-off'; path: string; reason: string; pauseMs: number };

export interface Line {
  /** Until the head of an answer is there. */
  headTimeoutMs: number;
  /** Without a single byte. */
  idleTimeoutMs: number;
  /** For the whole file. */
  totalTimeoutMs: number;
  /** Before the second attempt, the third, …; after the last of them it is given up. */
  pausesMs: readonly number[];
  /** PEM of authorities to trust instead of Node's own; for tests. */
  ca?: string;
  /** Whether the environment names a proxy, for the advice: none is used. */
  proxy: boolean;
}

/** A slow line takes a few hours for the largest file; a server that sends a byte a minute never ends. */
export function defaultLine(environment: NodeJS.ProcessEnv): Line {
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
  return {
    headTimeoutMs: 30_000,
    idleTimeoutMs: 60_000,
    totalTimeoutMs: 6 * 3_600_000,
    pausesMs: [1000, 2000, 5000, 10_000],
    proxy: names.some((name) => (environment[name] ?? '') !== ''),
  };
}
