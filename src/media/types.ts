// What comes from Microsoft and what stands in for it in a rehearsal.

/** A file that a requirement needs (`MediaFile` of requirements/, which this room does not import). */
export interface WantedFile {
  /** Path on the disc, forward slashes. */
  path: string;
  title: string;
  /** Where known. */
  sha256?: string;
}

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
