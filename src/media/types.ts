// What comes from Microsoft and what stands in for it in a rehearsal.

/** A file that a requirement needs (`MediaFile` of requirements/, which this room does not import). */
export interface WantedFile {
  /** Path on the disc, forward slashes. */
  path: string;
  title: string;
  /** Hex, where known. */
  sha256?: string;
  /** Exact, where known. */
  sizeBytes?: number;
  /** Where its publisher had it, for people. */
  published?: string;
  /** Where it can be downloaded. */
  url?: string;
  /** What its publisher allows, for people. */
  licence?: string;
}

/** A file of the media disc with what is known of its content. */
export interface MediaItem {
  /** Path on the disc, forward slashes. */
  path: string;
  title: string;
  /**
   * `placeholder`: made by lyncimg for a twin, which alone may take it. `absent`: not here; only in a plan that nobody
   * builds.
   */
  origin: 'file' | 'placeholder' | 'absent';
  /** Lower-case hex of the content; zeros where it is absent and nobody has published its hash. */
  sha256: string;
  sizeBytes: number;
}

/** What was written down of a file when it was added. */
export interface LockEntry {
  /** Where it lies: relative to the workspace's folder with forward slashes, or absolute. */
  location: string;
  sizeBytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** `added` by hand, or the address that it was fetched from. */
  origin: string;
  /** ISO 8601 UTC. */
  addedAt: string;
}

/** `media.lock.yaml` of a workspace: which files are there. */
export interface MediaLock {
  /** Absolute path of the folder that the lock lies in; files may lie in `media/` there as well. */
  folder: string;
  /** By path on the disc. */
  files: ReadonlyMap<string, LockEntry>;
}
