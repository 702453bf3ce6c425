// What comes from Microsoft and what stands in for it in a rehearsal.

/** A file of the media disc with what is known of its content. */
export interface MediaItem {
  /** Path on the disc, forward slashes. */
  path: string;
  title: string;
  /** `placeholder`: made by lyncimg for a twin, which alone may take it. */
  origin: 'file' | 'placeholder';
  /** Lower-case hex of the content. */
  sha256: string;
  sizeBytes: number;
}
