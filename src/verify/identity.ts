// What answers: a Windows server, or the twin that models one. A twin says so in Identify; no Windows does.
import type { Identity } from '../wsman/index.js';
import type { HostIdentity } from './types.js';

export function readIdentity({ productVendor, productVersion }: Identity): HostIdentity {
  return { vendor: productVendor, version: productVersion };
}

/** True when the guest calls itself a twin: whatever comes of it is a rehearsal. */
export function saysItIsATwin(identity: Pick<Identity, 'productVendor' | 'productVersion'>): boolean {
  return /\blyncimg twin\b/i.test(`${identity.productVendor}\n${identity.productVersion}`);
}

/** The same of an identity that was kept. */
export function isRehearsal(identity: HostIdentity | null): boolean {
  return (
    identity !== null && saysItIsATwin({ productVendor: identity.vendor, productVersion: identity.version })
  );
}
