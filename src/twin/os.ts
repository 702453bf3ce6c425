// The operating systems that are modelled: what Microsoft shipped, and what one machine of it is right now.
// Builds, product names, PowerShell, WinRM: template repositories and Microsoft's lists (high); SKU numbers: Microsoft's
// page of GetProductInfo (high); .NET releases and versions: Microsoft's page of .NET versions (high); EditionID of
// Server Core on 2008 R2: general knowledge (medium).
import { findHotfix } from './hotfix-table.js';
import type { OsFacts } from './outcomes.js';
import type { Edition, MachineState } from './state.js';

/** As shipped. */
export interface OsModel {
  id: string;
  /** `Windows Server 2012 R2` */
  title: string;
  /** `6.3` */
  kernel: string;
  /** By service pack: the first one is the build without. */
  builds: readonly string[];
  /** What somebody who says nothing else gets. */
  servicePack: 0 | 1;
  editions: readonly Edition[];
  powershell: string;
  winrmStack: string;
  dotNet: MachineState['dotNet'];
  /** On 2008 R2 Server Core has editions and SKUs of its own; from 2012 on it is one installation type of each. */
  coreIsAnEdition: boolean;
}

const operatingSystems: readonly OsModel[] = [
  {
    id: '2008r2',
    title: 'Windows Server 2008 R2',
    kernel: '6.1',
    builds: ['7600', '7601'],
    servicePack: 1,
    editions: ['standard', 'enterprise', 'datacenter', 'web'],
    powershell: '2.0',
    winrmStack: '2.0',
    dotNet: null,
    coreIsAnEdition: true,
  },
  {
    id: '2012',
    title: 'Windows Server 2012',
    kernel: '6.2',
    builds: ['9200'],
    servicePack: 0,
    editions: ['standard', 'datacenter'],
    powershell: '3.0',
    winrmStack: '3.0',
    dotNet: { version: '4.5.50709', release: 378389 },
    coreIsAnEdition: false,
  },
  {
    id: '2012r2',
    title: 'Windows Server 2012 R2',
    kernel: '6.3',
    builds: ['9600'],
    servicePack: 0,
    editions: ['standard', 'datacenter'],
    powershell: '4.0',
    winrmStack: '3.0',
    dotNet: { version: '4.5.51641', release: 378675 },
    coreIsAnEdition: false,
  },
];

const editions: Readonly<Record<Edition, { word: string; sku: number; coreSku: number }>> = {
  standard: { word: 'Standard', sku: 7, coreSku: 13 },
  enterprise: { word: 'Enterprise', sku: 10, coreSku: 14 },
  datacenter: { word: 'Datacenter', sku: 8, coreSku: 12 },
  web: { word: 'Web', sku: 17, coreSku: 29 },
};

export const modelledOsIds: readonly string[] = operatingSystems.map(({ id }) => id);

/** In any case, e.g. `2012R2`; undefined when it is not modelled. */
export function osModel(id: string): OsModel | undefined {
  return operatingSystems.find((os) => os.id === id.toLowerCase());
}

/** Whether Setup could have installed it so; null, or the reason against it. */
export function installationFault(
  os: OsModel,
  state: Pick<MachineState, 'edition' | 'servicePack'>,
): string | null {
  if (!os.editions.includes(state.edition)) return `${os.title} has no edition ${state.edition}`;
  if (os.builds[state.servicePack] === undefined)
    return `${os.title} has no service pack ${state.servicePack}`;
  return null;
}

/** The system of one machine now: its edition, its build, and what hotfixes have made of it since. */
export function osFacts(os: OsModel, state: MachineState): OsFacts {
  const { word, sku, coreSku } = editions[state.edition];
  const isOwnCore = os.coreIsAnEdition && state.installationType === 'Server Core';
  const buildNumber = os.builds[state.servicePack] ?? os.builds.at(-1) ?? '';
  const productName = `${os.title} ${word}`;
  return {
    id: os.id,
    // 2008 R2 has a space at the end (recorded answers).
    caption: `Microsoft ${productName}${os.id === '2008r2' ? ' ' : ''}`,
    productName,
    version: `${os.kernel}.${buildNumber}`,
    buildNumber,
    servicePack: state.servicePack,
    sku: isOwnCore ? coreSku : sku,
    editionId: `Server${word}${isOwnCore ? 'Core' : ''}`,
    installationType: state.installationType,
    ...managementFramework(os, state),
  };
}

/** Identify's ProductVersion (MS-WSMV 3.1.4.1.23, note 72). */
export function productVersion(os: OsFacts): string {
  return `OS: ${os.version} SP: ${os.servicePack}.0 Stack: ${os.winrmStack}`;
}

/** PowerShell and WinRM come together, with the system or with an update that the restart has finished. */
function managementFramework(os: OsModel, state: MachineState): Pick<OsFacts, 'powershell' | 'winrmStack'> {
  const brought = state.hotfixes.flatMap((hotfix) =>
    hotfix.state === 'installed' ? (findHotfix(hotfix.kb, os.id)?.brings ?? []) : [],
  );
  const { powershell, winrmStack } = brought.at(-1) ?? os;
  return { powershell, winrmStack };
}
