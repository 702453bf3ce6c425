// The operating systems that are modelled, and what never changes about them. One row per id; a second one needs its
// feature catalogue, its services and its hotfixes too.
// Values: versions, product names, edition: template repositories and Microsoft's lists (high); SKU and .NET release
// numbers: general knowledge (medium).
import type { OsFacts } from './outcomes.js';

const operatingSystems: readonly OsFacts[] = [
  {
    id: '2012r2',
    caption: 'Microsoft Windows Server 2012 R2 Standard',
    productName: 'Windows Server 2012 R2 Standard',
    version: '6.3.9600',
    buildNumber: '9600',
    servicePack: 0,
    sku: 7,
    editionId: 'ServerStandard',
    installationType: 'Server',
    powershell: '4.0',
    winrmStack: '3.0',
    dotNetRelease: 378675,
  },
];

export const modelledOsIds: readonly string[] = operatingSystems.map(({ id }) => id);

/** In any case, e.g. `2012R2`; undefined when it is not modelled. */
export function osFacts(id: string): OsFacts | undefined {
  return operatingSystems.find((os) => os.id === id.toLowerCase());
}

/** Identify's ProductVersion (MS-WSMV 3.1.4.1.23, note 72). */
export function productVersion(os: OsFacts): string {
  return `OS: ${os.version} SP: ${os.servicePack}.0 Stack: ${os.winrmStack}`;
}
