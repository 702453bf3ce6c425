// Packer's way into the guest, the same for every builder: WinRM over TLS to the listener that this build's key opened.
import { attributes, local, type HclItem, type HclValue } from './hcl.js';

/** The listener's port inside the guest. */
export const listenerPort = 5986;

export interface WinrmOptions {
  /** Only where Packer would not find the address by itself, or is not to look for it. */
  host?: HclValue;
  /** Where it is not the listener's own: a builder that forwards a port wants the guest's here. */
  port?: HclValue;
  /** How long Packer waits for the guest to listen, e.g. `2m`: it also sends a wrong password every 5 s until then. */
  timeout: string;
  /** True only where the listener has a certificate that nothing here can check (Platform.certificate `packer`). */
  insecure?: boolean;
}

export function winrm({ host, port = listenerPort, timeout, insecure = false }: WinrmOptions): HclItem[] {
  return attributes({
    communicator: 'winrm',
    ...(host !== undefined && { winrm_host: host }),
    winrm_port: port,
    winrm_username: local('user'),
    winrm_password: local('password'),
    winrm_use_ssl: true,
    winrm_insecure: insecure,
    // A guest is on a network of this host's or of the hypervisor's: HTTPS_PROXY is not for it.
    winrm_no_proxy: true,
    winrm_timeout: timeout,
  });
}

/** Windows' own setup and first boot, with .NET and WMF on 2008 R2, come before the first layer's listener. */
export function bootTimeout(layer: 'first' | 'next'): string {
  return layer === 'first' ? '4h' : '30m';
}
