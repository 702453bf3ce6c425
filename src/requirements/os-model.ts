// What a requirement may know of an operating system: its names, its catalogue of features, and the packages that are
// for it.

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
  /** Win32_ServerFeature.ID; null where it is not known. */
  id: number | null;
  /** True where a fresh install has no payload on disk, so that a source must be given. */
  removedByDefault: boolean;
  installedByDefault: boolean;
  dependsOn: string[];
}

/** An edition that Lync Server 2013 is supported on. */
export interface Edition {
  /** e.g. `standard` */
  id: string;
  /** e.g. `Windows Server 2012 R2 Standard` */
  title: string;
  /** The registry's EditionID, of volume and of evaluation media. */
  editionIds: string[];
  /** Win32_OperatingSystem.OperatingSystemSKU, of volume and of evaluation media. */
  skus: number[];
  /** What `/IMAGE/NAME` of an answer file matches, e.g. `Windows Server 2012 R2 SERVERSTANDARD`. */
  imageName: string;
  /** The public KMS client setup key: no secret, and of no use without a KMS host. */
  kmsClientKey: string;
}

export interface OsModel {
  id: OsId;
  /** e.g. `Windows Server 2012 R2` */
  title: string;
  /** Win32_OperatingSystem.Version, e.g. `6.3.9600` */
  version: string;
  /** The lowest service pack that Lync is supported on; 0 where there is none. */
  servicePack: number;
  /** PowerShell as shipped, e.g. `4.0` */
  powershell: string;
  /** .NET Framework 4.x as shipped; null where there is none. */
  dotnet: { version: string; release: number } | null;
  editions: readonly Edition[];
  features: FeatureCatalogue;
  packages: PackageCatalogue;
}

/** What is known of an operating system and no requirement asks for: for answer files, hypervisors and people. */
export interface OsDescription {
  /** What a hypervisor calls such a guest. */
  guestIds: { virtualbox: string; vmware: string; vsphere: string };
  /** Of the VirtIO disc: `<driver>/<folder>/amd64`. */
  virtioFolder: string;
  /** It boots as a guest of Hyper-V's generation 2. */
  generation2: boolean;
  /** Last days of Microsoft's support, ISO dates; `paid` is the end of extended security updates. */
  support: { mainstream: string; extended: string; paid: string };
  /** What Lync Server 2013 is not supported on, e.g. Server Core. */
  unsupported: { what: string; source: string }[];
}

export interface FeatureCatalogue {
  /** Without regard to case. */
  find(name: string): FeatureEntry | undefined;
  /** Near matches for a name that is not there, nearest first. */
  near(name: string): string[];
  /** In Server Manager order. */
  all(): readonly FeatureEntry[];
}

/**
 * How an installed package shows. `doubtful`: nobody has confirmed it; what it says is unknown, whatever it says. `view`:
 * only where programs of so many bits have their uninstall keys; both where it is absent.
 */
export type Detection = { doubtful?: boolean } & (
  | { uninstall: string; minVersion?: string; view?: 64 | 32 }
  | { dotnetRelease: number }
  | { powershell: string }
  | { file: string; minVersion?: string }
  | { registry: { path: string; name: string; type: 'dword' | 'string'; data: string | number } }
);

/** A package or hotfix of catalog/packages/, as it is for one operating system. */
export interface PackageEntry {
  /** File name in catalog/packages/, e.g. `dotnet45`, `kb2919355`. */
  id: string;
  title: string;
  type: 'msu' | 'msi' | 'exe';
  /** `KB2919355`; null where Windows lists it under no number. */
  kb: string | null;
  file: string;
  sizeBytes: number | null;
  sha256: string | null;
  published: string | null;
  url: string | null;
  licence: string | null;
  /** Of the installer, for msi beyond what msiexec needs. */
  arguments: string[];
  /** Besides 0 and 3010 (restart needed). */
  exitCodes: number[];
  /** Ids of requirements that must hold before it: `feature/NET-Framework-Core`, `hotfix/KB2919442`. */
  requires: string[];
  /** KB numbers of later hotfixes that hold this one. */
  supersededBy: string[];
  /** Any of them proves it. Empty for a hotfix, which Windows lists by its number. */
  detect: readonly Detection[];
}

export interface PackageCatalogue {
  /** By id or KB number, without regard to case. */
  find(id: string): PackageEntry | undefined;
  near(id: string): string[];
  all(): readonly PackageEntry[];
}
