// What an answer file may say, as a table: component -> systems and passes -> settings. Written from Microsoft's
// "Unattended Windows Setup Reference" (valid passes, child elements, values, lengths) and from public answer files for
// these systems, not from the renderer. Settings stand in the order in which the file keeps them.
import { setup } from './windows-setup.js';
import { shell } from './shell-setup.js';
import {
  always,
  bool,
  inPass,
  install,
  is,
  keyboard,
  like,
  pe,
  showUi,
  tag,
  type ComponentRule,
  type Pass,
  type SettingRule,
} from './rules.js';

const region = (where: readonly Pass[]): Readonly<Record<string, SettingRule>> => ({
  InputLocale: { passes: where, value: keyboard, needed: always },
  SystemLocale: { passes: where, value: tag, needed: always },
  UILanguage: { passes: where, value: tag, needed: always },
  UILanguageFallback: { passes: where, value: tag },
  UserLocale: { passes: where, value: tag, needed: always },
});

const quiet: SettingRule = {
  passes: ['generalize', 'specialize'],
  value: is('true'),
  needed: inPass('specialize'),
};

/** In the order in which the file keeps them inside a pass. */
export const components: Readonly<Record<string, ComponentRule>> = {
  'Microsoft-Windows-International-Core-WinPE': {
    settings: {
      SetupUILanguage: {
        passes: pe,
        needed: always,
        children: { UILanguage: { value: tag, needed: always }, WillShowUI: { value: showUi } },
      },
      ...region(pe),
    },
    needed: (purpose) => (install(purpose) ? pe : []),
  },
  'Microsoft-Windows-PnpCustomizationsWinPE': {
    settings: {
      DriverPaths: {
        passes: pe,
        needed: always,
        children: {
          PathAndCredentials: {
            list: 'key',
            needed: always,
            children: { Path: { value: like(/^[A-Z]:\\[^/:*?"<>|]{1,256}$/), needed: always } },
          },
        },
      },
    },
    needed: ({ drivers }) => (drivers ? pe : []),
  },
  'Microsoft-Windows-Setup': { settings: setup, needed: (purpose) => (install(purpose) ? pe : []) },
  'Microsoft-Windows-LUA-Settings': {
    settings: { EnableLUA: { passes: ['offlineServicing'], value: bool } },
    needed: () => [],
  },
  'Microsoft-Windows-Security-SPP': {
    settings: { SkipRearm: { passes: ['generalize'], value: is('0') } },
    needed: () => [],
  },
  'Microsoft-Windows-PnpSysprep': {
    settings: {
      PersistAllDeviceInstalls: { passes: ['generalize'], value: is('false') },
      DoNotCleanUpNonPresentDevices: { passes: ['generalize'], value: bool },
    },
    needed: () => [],
  },
  'Microsoft-Windows-International-Core': {
    settings: region(['oobeSystem', 'specialize']),
    needed: () => ['oobeSystem'],
  },
  'Microsoft-Windows-Shell-Setup': { settings: shell, needed: () => ['specialize', 'oobeSystem'] },
  'Microsoft-Windows-ServerManager-SvrMgrNc': {
    settings: { DoNotOpenServerManagerAtLogon: quiet },
    needed: () => ['specialize'],
  },
  'Microsoft-Windows-OutOfBoxExperience': {
    systems: ['2008r2'],
    settings: { DoNotOpenInitialConfigurationTasksAtLogon: quiet },
    needed: ({ system }) => (system === '2008r2' ? ['specialize'] : []),
  },
  'Microsoft-Windows-IE-ESC': {
    settings: {
      IEHardenAdmin: { passes: ['specialize'], value: bool },
      IEHardenUser: { passes: ['specialize'], value: bool },
    },
    needed: () => [],
  },
  'Microsoft-Windows-Security-SPP-UX': {
    settings: {
      SkipAutoActivation: {
        passes: ['specialize'],
        value: (text, purpose) => text === String(install(purpose)),
        needed: always,
      },
    },
    needed: () => ['specialize'],
  },
};
