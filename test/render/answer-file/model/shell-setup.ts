// Microsoft-Windows-Shell-Setup, as Microsoft's reference has it: names, key, Windows Welcome, accounts and first logon.
import type { Purpose } from './machine.js';
import {
  always,
  bool,
  inPass,
  install,
  integer,
  is,
  productKey,
  since2012,
  upTo,
  type SettingRule,
} from './rules.js';

const password: SettingRule = {
  children: { Value: { value: upTo(1024), needed: always }, PlainText: { value: bool, needed: always } },
  needed: always,
};

const oobe: Readonly<Record<string, SettingRule>> = {
  HideEULAPage: { value: is('true'), needed: always },
  HideLocalAccountScreen: {
    systems: since2012,
    value: is('true'),
    needed: install,
    barred: ({ file }) =>
      file === 'generalize' ? 'a deployed machine would have no password, and ask for none' : null,
  },
  HideOEMRegistrationScreen: { systems: since2012, value: is('true'), needed: always },
  HideOnlineAccountScreens: { systems: since2012, value: is('true'), needed: always },
  HideWirelessSetupInOOBE: { value: bool },
  NetworkLocation: { value: is('Home', 'Work'), needed: always },
  ProtectYourPC: { value: is('3'), needed: always },
};

const noSecret = ({ file }: Purpose): string | null =>
  file === 'generalize' ? 'a password would lie in every copy of the image' : null;

export const shell: Readonly<Record<string, SettingRule>> = {
  ComputerName: { passes: ['offlineServicing', 'specialize'], value: is('*', '') },
  ProductKey: {
    passes: ['specialize'],
    value: productKey,
    needed: ({ file, key }, pass) =>
      pass === 'specialize' && (key === 'kms' || (key === 'own' && file === 'install')),
    barred: ({ file, key }) => {
      if (key === 'none') return 'evaluation media take no product key';
      return key === 'own' && file === 'generalize'
        ? 'an own key would lie in every copy of the image'
        : null;
    },
  },
  RegisteredOwner: {
    passes: ['auditUser', 'generalize', 'offlineServicing', 'oobeSystem', 'specialize'],
    value: upTo(256),
    needed: ({ file, owner }, pass) => file === 'generalize' && owner && pass === 'specialize',
  },
  RegisteredOrganization: {
    passes: ['auditUser', 'generalize', 'offlineServicing', 'oobeSystem', 'specialize'],
    value: upTo(256),
    needed: ({ file, owner }, pass) => file === 'generalize' && owner && pass === 'specialize',
  },
  OOBE: { passes: ['oobeSystem'], children: oobe, needed: inPass('oobeSystem') },
  TimeZone: {
    passes: ['auditSystem', 'oobeSystem', 'specialize'],
    value: upTo(256),
    needed: ({ file }, pass) => pass === (file === 'install' ? 'specialize' : 'oobeSystem'),
  },
  UserAccounts: {
    passes: ['auditSystem', 'oobeSystem'],
    children: { AdministratorPassword: password },
    needed: (purpose, pass) => install(purpose) && pass === 'oobeSystem',
    barred: noSecret,
  },
  AutoLogon: {
    passes: ['auditSystem', 'oobeSystem', 'specialize'],
    needed: (purpose, pass) => install(purpose) && pass === 'oobeSystem',
    barred: noSecret,
    children: {
      Password: password,
      Domain: { value: upTo(256) },
      Enabled: { value: is('true'), needed: always },
      LogonCount: { value: is('1'), needed: always },
      Username: { value: is('Administrator'), needed: always },
    },
  },
  FirstLogonCommands: {
    passes: ['oobeSystem'],
    needed: (purpose, pass) => install(purpose) && pass === 'oobeSystem',
    barred: ({ file }) => (file === 'generalize' ? 'a deployed machine has no first boot of a build' : null),
    children: {
      SynchronousCommand: {
        list: 'add',
        needed: always,
        children: {
          Order: { value: integer, needed: always },
          CommandLine: { value: upTo(1024), needed: always },
          Description: { value: upTo(256) },
          RequiresUserInput: { value: bool },
        },
      },
    },
  },
};
