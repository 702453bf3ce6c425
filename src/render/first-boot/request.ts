// What first boot is rendered from.
import type { Platform, StaticAddress } from '../../platforms/index.js';
import type { BootPackage, OsId } from '../../requirements/index.js';

export interface FirstBootRequest {
  os: OsId;
  /** The first layer comes out of Windows Setup; each next one starts un-keyed. */
  layer: 'first' | 'next';
  /** Null in a copy that people read: it holds all but the files of the key. */
  secrets: KeySecrets | null;
  /** SHA-1 of the server certificate in upper-case hex; null in a copy. */
  thumbprint: string | null;
  /** Null: the guest gets its address by DHCP. */
  network: StaticAddress | null;
  /** Null where the platform needs none, or there is no disc with them. */
  guestTools: Platform['guestTools'];
  /** In order; only a first layer installs them. */
  packages: readonly BootPackage[];
}

export interface KeySecrets {
  /** Of the administrator: printable ASCII, E_BUILD_PASSWORD_FORM otherwise. */
  password: string;
  /** Of server.pfx: letters and digits. */
  certificatePassword: string;
}

/**
 * Subject of every guest's certificate, and the listener's host name: WinRM takes a certificate only where the two are
 * the same ("The certificate CN and the hostname that were provided do not match", dsccommunity/WSManDsc#11, where the
 * name of the machine did not matter). Clients go by the other names and the addresses in the certificate.
 */
export const guestName = 'lyncimg-guest';
