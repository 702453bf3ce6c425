import { expect } from 'chai';
import { describe, it } from 'mocha';
import { recipeOf } from '../../src/tools/recipes.js';
import { compareVersions, majorMinor } from '../../src/tools/versions.js';

describe('the version that a tool tells', () => {
  const answers: [string, string, string | null][] = [
    ['packer', '1.6.6', '1.6.6'],
    ['packer', 'Packer v1.14.2', '1.14.2'],
    ['packer', 'Packer v1.11.0-dev\n\nYour version of Packer is out of date!', '1.11.0-dev'],
    ['packer', '0 0', null],
    ['packer', 'Usage:\tpacker dbname [wordlist]', null],
    ['packer', '', null],
    ['ansible-playbook', 'ansible-playbook [core 2.14.18]\n  config file = None', '2.14.18'],
    ['ansible-playbook', 'ansible-playbook [core 2.16.0rc1]', '2.16.0rc1'],
    ['ansible-playbook', 'ansible-playbook 2.9.27\n  config file = None', '2.9.27'],
    ['ansible-playbook', 'usage: ansible-playbook', null],
    ['xorriso', 'xorriso 1.5.4 : RockRidge filesystem manipulator', '1.5.4'],
    ['xorriso', 'GNU xorriso', null],
    ['genisoimage', 'genisoimage 1.1.11 (Linux)', '1.1.11'],
    ['genisoimage', 'mkisofs 3.02a09 (x86_64-unknown-linux-gnu) Copyright (C) 1993-1997', null],
    ['mkisofs', 'mkisofs 3.02a09 (x86_64-unknown-linux-gnu) Copyright (C) 1993-1997', '3.02a09'],
    [
      'mkisofs',
      'mkisofs 2.01 is not what you see here. This line is only a fake for too clever\nGUIs and other frontend applications. In fact, this program is:\ngenisoimage 1.1.11 (Linux)',
      '1.1.11',
    ],
    [
      'mkisofs',
      'mkisofs 2.01-Emulation Copyright (C) 2019 see libburnia-project.org xorriso',
      '2.01-Emulation',
    ],
    ['mkisofs', 'usage: mkisofs', null],
    ['qemu-img', 'qemu-img version 7.2.15 (Debian 1:7.2+dfsg-7)', '7.2.15'],
    ['qemu-img', 'no idea', null],
    [
      'qemu-system-x86_64',
      'QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)\nCopyright (c) 2003-2022',
      '7.2.22',
    ],
    ['qemu-system-x86_64', 'qemu-img version 7.2.15', null],
  ];
  for (const [name, output, version] of answers) {
    it(`of ${name} is ${String(version)} in ${JSON.stringify(output)}`, () => {
      expect(recipeOf(name).parse(output)).to.equal(version);
    });
  }

  const warnings: [string, string, string | undefined][] = [
    ['packer', '1.6.6', undefined],
    ['packer', '1.14.2', undefined],
    ['packer', '1.5.6', 'packer-untested'],
    ['ansible-playbook', '2.10.17', 'ansible-untested'],
    ['ansible-playbook', '2.11.0', undefined],
    ['ansible-playbook', '2.15.13', undefined],
    ['ansible-playbook', '2.16.0rc1', 'ansible-untested'],
    ['xorriso', '1.5.4', undefined],
  ];
  for (const [name, version, code] of warnings) {
    it(`of ${name} ${version} gives ${code ?? 'no warning'}`, () => {
      expect(recipeOf(name).warning?.(version)?.code).to.equal(code);
    });
  }

  it('is compared by its numbers', () => {
    expect(compareVersions('1.10.0', '1.9.9')).to.be.greaterThan(0);
    expect(compareVersions('1.6', '1.6.0')).to.equal(0);
    expect(compareVersions('1.6.6-dev', '1.7.0')).to.be.lessThan(0);
    expect(majorMinor('2.14.18')).to.equal('2.14');
  });
});
