// What an answer file is made from. A copy to read is made without the secrets: it is never given them.
import type { Firmware } from '../../platforms/index.js';
import type { OsId } from '../../requirements/index.js';

/**
 * `kms`: the edition's public KMS client setup key. `own`: a key of the user's. `none`: evaluation media, where a key
 * stops Setup.
 */
export type KeyPolicy = 'kms' | 'own' | 'none';

/** What both files say of the Windows that is installed or deployed. */
interface WindowsRequest {
  os: { id: OsId; title: string };
  /** Of catalog/os/; `imageName` is what `/IMAGE/NAME` matches. */
  edition: { title: string; imageName: string; kmsClientKey: string };
  /** Of the medium's user interface, e.g. `en-US`. */
  language: string;
  /** Formats of the user, and code page of programs that know no Unicode, e.g. `de-DE`. */
  locale: string;
  /** `language:layout` in hexadecimal, e.g. `0407:00000407`; null: the one that Windows has for the locale. */
  keyboard: string | null;
  /** As `tzutil /l` lists it. */
  timeZone: string;
  owner?: { name: string; organization: string };
}

/** Sealing leaves no secret in an image, so this file holds none: an own key is not written. */
export interface GeneralizeRequest extends WindowsRequest {
  key: KeyPolicy;
}

interface InstallRequest extends WindowsRequest {
  firmware: Firmware;
  /** Starts first boot from the answer disc; runs once, as the built-in administrator. */
  firstLogonCommand: string;
  /** Folders on the drivers disc, with backslashes and without a drive, e.g. `viostor\2k12R2\amd64`. */
  drivers: readonly string[];
}

/** The file of the answer disc, with everything that Setup needs. */
interface RevealedRequest extends InstallRequest {
  reveal: true;
  key: { policy: 'kms' | 'none' } | { policy: 'own'; productKey: string };
  /** Of the built-in administrator; printable ASCII. */
  administratorPassword: string;
}

/** The same file for people: each secret is a reference to where it comes from. */
interface CopyRequest extends InstallRequest {
  reveal: false;
  key: { policy: KeyPolicy };
}

export type AnswerFileRequest = RevealedRequest | CopyRequest;

/** A request without a choice left open. */
export type Decided<Request extends WindowsRequest> = Request & { keyboard: string };
