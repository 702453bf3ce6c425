import { expect } from 'chai';
import { describe, it } from 'mocha';
import { keyOfView } from '../../../src/wsman/client/registry-view.js';

describe('wsman/client/registry-view', () => {
  const views32: [hive: string, key: string, expected: string][] = [
    ['HKLM', 'SOFTWARE\\Thing\\Sub', 'SOFTWARE\\Wow6432Node\\Thing\\Sub'],
    ['HKLM', 'Software', 'Software\\Wow6432Node'],
    [
      'HKLM',
      'software\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
      'software\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
    ],
    ['HKLM', 'SOFTWARE\\Classes\\clsid\\{1}', 'SOFTWARE\\Classes\\Wow6432Node\\clsid\\{1}'],
    ['HKCR', 'CLSID\\{1}', 'Wow6432Node\\CLSID\\{1}'],
    ['HKCR', 'Interface', 'Wow6432Node\\Interface'],
  ];
  for (const [hive, key, expected] of views32) {
    it(`${hive}\\${key} of a 32-bit program is ${expected}`, () => {
      expect(keyOfView(hive, key, '32')).to.equal(expected);
      expect(keyOfView(hive, key, '64')).to.equal(key);
    });
  }

  const shared: [hive: string, key: string][] = [
    ['HKLM', 'SYSTEM\\CurrentControlSet'],
    ['HKLM', 'SOFTWARES\\Thing'],
    ['HKLM', 'SOFTWARE\\Wow6432Node\\Thing'],
    ['HKLM', 'SOFTWARE\\Classes'],
    ['HKLM', 'SOFTWARE\\Classes\\.txt'],
    ['HKLM', 'SOFTWARE\\Policies\\Microsoft'],
    ['HKLM', 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System'],
    ['HKLM', 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList'],
    ['HKLM', 'SOFTWARE\\Microsoft\\SystemCertificates\\MY'],
    ['HKCR', '.txt'],
    ['HKCR', 'AppID\\{1}'],
    ['HKU', '.DEFAULT\\Software\\Thing'],
  ];
  for (const [hive, key] of shared) {
    it(`${hive}\\${key} is the same to both`, () => {
      expect(keyOfView(hive, key, '32')).to.equal(key);
    });
  }
});
