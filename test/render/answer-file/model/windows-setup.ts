// Microsoft-Windows-Setup, as Microsoft's reference has it: disk, image and user data of an installation.
import { editions } from './machine.js';
import { always, bool, integer, is, like, productKey, showUi, upTo, type SettingRule, pe } from './rules.js';

const disk: SettingRule = {
  list: 'add',
  needed: always,
  children: {
    DiskID: { value: integer, needed: always },
    WillWipeDisk: { value: is('true'), needed: always },
    CreatePartitions: {
      needed: always,
      children: {
        CreatePartition: {
          list: 'add',
          needed: always,
          children: {
            Order: { value: integer, needed: always },
            Type: { value: is('Primary', 'EFI', 'MSR', 'Extended', 'Logical'), needed: always },
            Size: { value: integer },
            Extend: { value: bool },
          },
        },
      },
    },
    ModifyPartitions: {
      needed: always,
      children: {
        ModifyPartition: {
          list: 'add',
          needed: always,
          children: {
            Order: { value: integer, needed: always },
            PartitionID: { value: integer, needed: always },
            Label: { value: upTo(32) },
            Letter: { value: like(/^[C-Z]$/) },
            Format: { value: is('NTFS', 'FAT32'), needed: always },
            Active: { value: bool },
            Extend: { value: bool },
            TypeID: { value: like(/^(0x[0-9A-F]{2}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/) },
          },
        },
      },
    },
  },
};

export const setup: Readonly<Record<string, SettingRule>> = {
  DiskConfiguration: {
    passes: pe,
    needed: always,
    children: {
      DisableEncryptedDiskProvisioning: { value: bool },
      Disk: disk,
      WillShowUI: { value: showUi },
    },
  },
  DynamicUpdate: { passes: pe, children: { Enable: { value: bool }, WillShowUI: { value: showUi } } },
  ImageInstall: {
    passes: pe,
    needed: always,
    children: {
      OSImage: {
        needed: always,
        children: {
          InstallFrom: {
            needed: always,
            children: {
              MetaData: {
                list: 'add',
                needed: always,
                children: {
                  Key: { value: is('/IMAGE/NAME'), needed: always },
                  Value: {
                    value: (text, { system }) => Object.hasOwn(editions[system], text),
                    needed: always,
                  },
                },
              },
            },
          },
          InstallTo: {
            needed: always,
            children: {
              DiskID: { value: integer, needed: always },
              PartitionID: { value: integer, needed: always },
            },
          },
          InstallToAvailablePartition: { value: is('false') },
          WillShowUI: { value: showUi },
        },
      },
    },
  },
  UserData: {
    passes: pe,
    needed: always,
    children: {
      AcceptEula: { value: is('true'), needed: always },
      FullName: { value: upTo(63), needed: ({ owner }) => owner },
      Organization: { value: upTo(63), needed: ({ owner }) => owner },
      ProductKey: {
        needed: always,
        children: {
          Key: {
            value: productKey,
            needed: ({ key }) => key !== 'none',
            barred: ({ key }) => (key === 'none' ? 'Setup of evaluation media stops at a product key' : null),
          },
          WillShowUI: { value: showUi, needed: ({ key }) => key === 'none' },
        },
      },
    },
  },
};
