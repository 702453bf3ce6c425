// What a requirement may know of an operating system: its names and its catalogue of features.

export const osIds = ['2008r2', '2012', '2012r2'] as const;
export type OsId = (typeof osIds)[number];

/** One row of Get-WindowsFeature, as catalog/features/<os>.json has it. */
export interface FeatureEntry {
  /** As Windows spells it, e.g. `Web-Server`. */
  name: string;
  displayName: string;
  parent: string | null;
  /** Win32_OptionalFeature.Name; null where no pairing is known. */
  dism: string | null;
  /** True where a fresh install has no payload on disk, so that a source must be given. */
  removedByDefault: boolean;
  installedByDefault: boolean;
  dependsOn: string[];
}

export interface OsModel {
  id: OsId;
  /** e.g. `Windows Server 2012 R2` */
  title: string;
  /** Win32_OperatingSystem.Version, e.g. `6.3.9600` */
  version: string;
  /** PowerShell as shipped, e.g. `4.0` */
  powershell: string;
  features: FeatureCatalogue;
}

export interface FeatureCatalogue {
  /** Without regard to case. */
  find(name: string): FeatureEntry | undefined;
  /** Near matches for a name that is not there, nearest first. */
  near(name: string): string[];
  /** In Server Manager order. */
  all(): readonly FeatureEntry[];
}
