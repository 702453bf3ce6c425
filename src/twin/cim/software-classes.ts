// Features, hotfixes, services and files as CIM shows them. Win32_Service is recorded on real hosts; of
// Win32_OptionalFeature, Win32_QuickFixEngineering and CIM_DataFile no public recording shows an answer: they are a model,
// after Microsoft's class pages.
import { WsmanFault } from '../../wsman/index.js';
import type { FeatureState } from '../state.js';
import { cimv2, datetime, type CimClass } from './class.js';
import { requiredTexts } from './filter.js';

/**
 * 1 enabled, 2 disabled, 3 absent. What waits for a restart shows as it was before (2 or 3, and 1 for a removal):
 * pending states as 2 or 4 are reported by people, none is documented (low).
 */
function installState(state: FeatureState, isRemovedByDefault: boolean): number {
  switch (state) {
    case 'Installed':
    case 'UninstallPending':
      return 1;
    case 'Available':
      return 2;
    case 'Removed':
      return 3;
    case 'InstallPending':
      return isRemovedByDefault ? 3 : 2;
  }
}

export const optionalFeature: CimClass = {
  namespace: cimv2,
  name: 'Win32_OptionalFeature',
  keys: ['Name'],
  properties: ['Caption', 'InstallState', 'Name'],
  rows(machine) {
    const { optionalFeature: quirk } = machine.state.quirks;
    if (quirk === 'fails') throw providerFailure();
    // The component store never opens: the server gives up at the operation's time-out.
    if (quirk === 'hangs') return new Promise(() => undefined);
    return machine.features().flatMap((feature) =>
      feature.dism === null
        ? []
        : [
            {
              Caption: feature.displayName,
              InstallState: installState(feature.state, feature.removedByDefault),
              Name: feature.dism,
            },
          ],
    );
  },
};

/** What is installed, and nothing else; those whose number nobody knows are left out. ParentID 0: at the top. */
export const serverFeature: CimClass = {
  namespace: cimv2,
  name: 'Win32_ServerFeature',
  keys: ['ID'],
  properties: ['ID', 'Name', 'ParentID'],
  rows(machine) {
    if (machine.state.quirks.serverFeature === 'fails') throw providerFailure();
    const features = machine.features();
    const ids = new Map(features.map(({ name, id }) => [name, id]));
    return features
      .filter(({ id, state }) => id !== 0 && (state === 'Installed' || state === 'UninstallPending'))
      .map(({ id, displayName, parent }) => ({
        ID: id,
        Name: displayName,
        ParentID: parent === null ? 0 : (ids.get(parent) ?? 0),
      }));
  },
};

/**
 * Lists what is installed, nothing that waits for a restart and nothing that a later one holds. InstalledOn is US
 * text, as most hosts give it.
 */
export const quickFixEngineering: CimClass = {
  namespace: cimv2,
  name: 'Win32_QuickFixEngineering',
  keys: ['HotFixID', 'ServicePackInEffect'],
  properties: [
    'Caption',
    'CSName',
    'Description',
    'FixComments',
    'HotFixID',
    'InstalledBy',
    'InstalledOn',
    'ServicePackInEffect',
  ],
  rows(machine) {
    const { computerName } = machine.facts();
    return machine.installedHotfixes().map(({ kb, installedOn }) => ({
      Caption: `http://support.microsoft.com/?kbid=${kb.slice(2)}`,
      CSName: computerName.toUpperCase(),
      Description: 'Update',
      FixComments: '',
      HotFixID: kb,
      InstalledBy: 'NT AUTHORITY\\SYSTEM',
      InstalledOn: usDate(new Date(installedOn)),
      ServicePackInEffect: '',
    }));
  },
};

/** StartMode says Auto for a delayed start too; DelayedAutoStart tells them apart (2012 and later). */
export const serviceClass: CimClass = {
  namespace: cimv2,
  name: 'Win32_Service',
  keys: ['Name'],
  properties: [
    'AcceptStop',
    'Caption',
    'DelayedAutoStart',
    'DisplayName',
    'ExitCode',
    'Name',
    'PathName',
    'ProcessId',
    'ServiceType',
    'Started',
    'StartMode',
    'StartName',
    'State',
    'Status',
  ],
  propertiesNotOn: { '2008r2': ['DelayedAutoStart'] },
  rows(machine) {
    return machine.services().map((service, index) => {
      const isRunning = service.state === 'running';
      return {
        AcceptStop: isRunning,
        Caption: service.displayName,
        DelayedAutoStart: service.startMode === 'delayed',
        DisplayName: service.displayName,
        // ERROR_SERVICE_NEVER_STARTED (1077) where it has not run since the boot.
        ExitCode: isRunning ? 0 : 1077,
        Name: service.name,
        PathName: service.path.replace(/%systemroot%/i, 'C:\\Windows'),
        ProcessId: isRunning ? 600 + index * 4 : 0,
        ServiceType: service.path.includes('svchost.exe') ? 'Share Process' : 'Own Process',
        Started: isRunning,
        StartMode: { auto: 'Auto', delayed: 'Auto', manual: 'Manual', disabled: 'Disabled' }[
          service.startMode
        ],
        StartName: service.account,
        State: isRunning ? 'Running' : 'Stopped',
        Status: 'OK',
      };
    });
  },
};

/** By full name only: any other question walks the disk of a real machine for minutes, and finds nothing here. */
export const dataFile: CimClass = {
  namespace: cimv2,
  name: 'CIM_DataFile',
  keys: ['Name'],
  properties: ['Caption', 'Extension', 'FileName', 'FileSize', 'Hidden', 'LastModified', 'Name', 'Version'],
  async rows(machine, where) {
    const rows = await Promise.all(
      (requiredTexts(where, 'Name') ?? []).map(async (path) => {
        const file = await machine.stat(path);
        if (file === undefined || file.isDirectory) return [];
        const name = file.path.toLowerCase();
        const base = name.split('\\').at(-1) ?? '';
        const dot = base.lastIndexOf('.');
        return [
          {
            Caption: name,
            Extension: dot < 0 ? '' : base.slice(dot + 1),
            FileName: dot < 0 ? base : base.slice(0, dot),
            FileSize: BigInt(file.sizeBytes),
            Hidden: false,
            LastModified: datetime(file.modifiedAt),
            Name: name,
            // No file of the model has a version resource.
            Version: null,
          },
        ];
      }),
    );
    return rows.flat();
  },
};

/** What was done to the twin since it was started: for tests, on no real machine. */
export const twinCounters: CimClass = {
  namespace: 'root/lyncimg',
  name: 'Lyncimg_TwinCounters',
  keys: [],
  properties: [
    ...[
      'AuthenticationFailures',
      'Authentications',
      'CommandsRun',
      'Operations',
      'Requests',
      'ShellsCreated',
    ],
  ],
  rows({ counters }) {
    return [
      {
        AuthenticationFailures: counters.authenticationFailures,
        Authentications: counters.authentications,
        CommandsRun: counters.commandsRun,
        Operations: counters.operations,
        Requests: counters.requests,
        ShellsCreated: counters.shellsCreated,
      },
    ];
  },
};

/** WBEM_E_FAILED of the provider: how a broken component store shows (BCUninstaller #67, actions/runner-images #5887). */
function providerFailure(): WsmanFault {
  return new WsmanFault('WMI_PROVIDER_NOT_CAPABLE', {
    message: 'The WS-Management service cannot process the request. The WMI service returned an error.',
    provider: {
      provider: 'WMI Provider',
      path: '%systemroot%\\system32\\WsmWmiPl.dll',
      code: 2147749889,
      message: 'Generic failure',
    },
  });
}

function usDate(date: Date): string {
  return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
}
