// Limits of a host (MS-WSMV 2.2.4.10, 2.2.4.23, 2.2.4.36; WinRM 3.0 defaults, i.e. 2012 and 2012 R2).

export interface Limits {
  /** MaxEnvelopeSizekb * 1024: the largest request, and the cap of the answer's size. */
  maxEnvelopeBytes: number;
  /** MaxBatchItems: the cap of MaxElements. */
  maxBatchItems: number;
  /** MaxTimeoutms: the cap of OperationTimeout; longer wishes are cut silently. */
  maxTimeoutMs: number;
  /** EnumerationTimeoutms: how long a context waits for its Pull. */
  enumerationTimeoutMs: number;
  /** Enumerations of this server that may be open at once (MaxConcurrentOperationsPerUser). */
  maxEnumerations: number;
  /** MaxConnections: one more is refused at once. */
  maxConnections: number;
  /**
   * HTTP.sys: how long a client may take for TLS, for a request, for reading an answer, and how long a connection may
   * be idle.
   */
  connectionTimeoutMs: number;
}

export const defaultLimits: Limits = {
  maxEnvelopeBytes: 500 * 1024,
  maxBatchItems: 32000,
  maxTimeoutMs: 60_000,
  enumerationTimeoutMs: 240_000,
  maxEnumerations: 1500,
  maxConnections: 300,
  connectionTimeoutMs: 120_000,
};
