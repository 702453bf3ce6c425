import type { RegistryData } from './state.js';

/** The types of registry values as Windows' own tools spell them (winnt.h). */
export const registryTypeNames: Readonly<Record<RegistryData['type'], string>> = {
  string: 'REG_SZ',
  expandstring: 'REG_EXPAND_SZ',
  multistring: 'REG_MULTI_SZ',
  dword: 'REG_DWORD',
  qword: 'REG_QWORD',
  binary: 'REG_BINARY',
};
