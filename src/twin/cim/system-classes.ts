// The operating system, the computer and its settings as CIM shows them. Property names and shapes: Microsoft's class
// pages and recorded answers of 2012 hosts (high); values that nobody reads are left out.
import { timeZoneBias } from '../settings.js';
import { cimv2, datetime, type CimClass } from './class.js';

const megabyte = 1024n * 1024n;
/** What Windows does not see of the memory that is installed: some megabytes, more on real machines (medium). */
const firmwareMb = 4;

export const operatingSystem: CimClass = {
  namespace: cimv2,
  name: 'Win32_OperatingSystem',
  keys: [],
  properties: [
    'BuildNumber',
    'BuildType',
    'Caption',
    'CSName',
    'CurrentTimeZone',
    'FreePhysicalMemory',
    'InstallDate',
    'LastBootUpTime',
    'LocalDateTime',
    'Manufacturer',
    'MUILanguages',
    'Name',
    'OperatingSystemSKU',
    'OSArchitecture',
    'OSLanguage',
    'ProductType',
    'ServicePackMajorVersion',
    'ServicePackMinorVersion',
    'Status',
    'SystemDrive',
    'SystemDirectory',
    'TotalVisibleMemorySize',
    'Version',
    'WindowsDirectory',
  ],
  rows(machine) {
    const facts = machine.facts();
    const memoryKb = BigInt(facts.memoryMb) * 1024n;
    return [
      {
        BuildNumber: facts.os.buildNumber,
        BuildType: 'Multiprocessor Free',
        Caption: facts.os.caption,
        CSName: facts.computerName,
        CurrentTimeZone: timeZoneBias(facts.timeZone),
        FreePhysicalMemory: memoryKb / 2n,
        InstallDate: datetime(facts.installedAt),
        LastBootUpTime: datetime(facts.bootedAt),
        LocalDateTime: datetime(facts.now),
        Manufacturer: 'Microsoft Corporation',
        MUILanguages: ['en-US'],
        Name: `${facts.os.caption}|C:\\Windows|\\Device\\Harddisk0\\Partition2`,
        OperatingSystemSKU: facts.os.sku,
        OSArchitecture: '64-bit',
        OSLanguage: 1033,
        ProductType: 3,
        ServicePackMajorVersion: facts.os.servicePack,
        ServicePackMinorVersion: 0,
        Status: 'OK',
        SystemDrive: 'C:',
        SystemDirectory: 'C:\\Windows\\system32',
        TotalVisibleMemorySize: memoryKb,
        Version: facts.os.version,
        WindowsDirectory: 'C:\\Windows',
      },
    ];
  },
};

export const computerSystem: CimClass = {
  namespace: cimv2,
  name: 'Win32_ComputerSystem',
  keys: ['Name'],
  properties: [
    'AutomaticManagedPagefile',
    'Caption',
    'DNSHostName',
    'Domain',
    'DomainRole',
    'Manufacturer',
    'Model',
    'Name',
    'NumberOfLogicalProcessors',
    'NumberOfProcessors',
    'PartOfDomain',
    'SystemType',
    'TotalPhysicalMemory',
    'Workgroup',
  ],
  rows(machine) {
    const facts = machine.facts();
    return [
      {
        AutomaticManagedPagefile: true,
        Caption: facts.computerName.toUpperCase(),
        DNSHostName: facts.computerName,
        // In a workgroup Domain holds the workgroup's name (Microsoft's class page).
        Domain: facts.domain ?? facts.workgroup,
        // 2 stand-alone server, 3 member server.
        DomainRole: facts.domain === null ? 2 : 3,
        Manufacturer: 'lyncimg',
        Model: 'twin (a model, not Microsoft Windows)',
        Name: facts.computerName.toUpperCase(),
        NumberOfLogicalProcessors: facts.processors,
        NumberOfProcessors: 1,
        PartOfDomain: facts.domain !== null,
        SystemType: 'x64-based PC',
        TotalPhysicalMemory: BigInt(facts.memoryMb - firmwareMb) * megabyte,
        Workgroup: facts.workgroup,
      },
    ];
  },
};

export const timeZoneClass: CimClass = {
  namespace: cimv2,
  name: 'Win32_TimeZone',
  keys: ['StandardName'],
  properties: ['Bias', 'Caption', 'DaylightName', 'Description', 'StandardName'],
  rows(machine) {
    const zone = machine.facts().timeZone.replace(/_dstoff$/, '');
    return [
      {
        Bias: timeZoneBias(zone),
        Caption: zone,
        DaylightName: zone.replace('Standard', 'Daylight'),
        Description: zone,
        // The id is the English standard name for nearly all zones (UTC's is "Coordinated Universal Time").
        StandardName: zone === 'UTC' ? 'Coordinated Universal Time' : zone,
      },
    ];
  },
};

export const powerPlan: CimClass = {
  namespace: 'root/cimv2/power',
  name: 'Win32_PowerPlan',
  keys: ['InstanceID'],
  properties: ['Caption', 'Description', 'ElementName', 'InstanceID', 'IsActive'],
  rows(machine) {
    return machine.powerPlans().map((plan) => ({
      Caption: null,
      Description: null,
      ElementName: plan.name,
      InstanceID: `Microsoft:PowerPlan\\{${plan.guid}}`,
      IsActive: plan.active,
    }));
  },
};
