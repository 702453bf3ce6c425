// Which TLS the machine's own listener speaks: SCHANNEL's switches in the registry.
import type { Machine } from './machine.js';

export const tls12ForServers =
  'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server';

/**
 * On from 2012 on unless somebody switched it off, off on 2008 R2 unless somebody switched it on: Enabled that is not 0
 * and DisabledByDefault 0 (Microsoft's page of SCHANNEL settings, high).
 */
export function offersTls12(machine: Machine): boolean {
  const isDefault = machine.facts().os.id !== '2008r2';
  const enabled = machine.registryValue(tls12ForServers, 'Enabled');
  const disabledByDefault = machine.registryValue(tls12ForServers, 'DisabledByDefault');
  const isEnabled = enabled === undefined ? isDefault : enabled.data !== '0';
  const isLeftOut = disabledByDefault === undefined ? !isDefault : disabledByDefault.data !== '0';
  return isEnabled && !isLeftOut;
}
