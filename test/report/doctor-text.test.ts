import { expect } from 'chai';
import { describe, it } from 'mocha';
import { doctorText, type FoundByDoctor } from '../../src/report/doctor-text.js';

const findings: FoundByDoctor[] = [
  { level: 'ok', what: 'Packer 1.6.6 is /usr/bin/packer.', detail: null, fix: [] },
  {
    level: 'unknown',
    what: 'The clock says noon.',
    detail: 'Nothing keeps it.',
    fix: ['timedatectl status'],
  },
  {
    level: 'problem',
    what: 'KVM cannot be used.',
    detail: 'One sector hung.',
    fix: ['modprobe kvm', 'or not'],
  },
  { level: 'warning', what: 'No MD4.', detail: null, fix: [] },
];

describe('what doctor found, for a person', () => {
  const text = (of: FoundByDoctor[], platform: string | null = 'qemu', width = 100): string =>
    doctorText({ platform, systems: ['2012r2'], findings: of }, { width });

  it('begins with what stands in the way, each with what mends it', () => {
    expect(text(findings)).to.equal(
      [
        'Baking 2012r2 on platform qemu',
        '',
        'PROBLEM  KVM cannot be used.',
        '         One sector hung.',
        '         -> modprobe kvm',
        '         -> or not',
        'WARNING  No MD4.',
        'unknown  The clock says noon.',
        '         Nothing keeps it.',
        '         -> timedatectl status',
        'ok       Packer 1.6.6 is /usr/bin/packer.',
        '',
        'A bake cannot succeed like this: 1 problem, 1 warning, 1 unknown, 1 ok.',
        '',
      ].join('\n'),
    );
  });

  it('says that nothing stands in the way where there is no problem', () => {
    const usable = findings.filter(({ level }) => level !== 'problem');

    expect(text(usable, null))
      .to.contain('any platform (none is named)')
      .and.contain('Nothing stands in the way: 0 problems, 1 warning, 1 unknown, 1 ok.');
  });

  it('wraps what is read, and leaves what is copied on one line', () => {
    const long = 'word '.repeat(30).trim();

    const lines = text([{ level: 'ok', what: long, detail: null, fix: [long] }], 'qemu', 90).split('\n');

    expect(lines.filter((line) => line.length > 90)).to.deep.equal([`         -> ${long}`]);
  });

  it('lets no terminal code through', () => {
    const evil = 'a\u001b[31mb\u0007';

    expect(text([{ level: 'problem', what: evil, detail: evil, fix: [`${evil}\n-> c`] }])).not.to.match(
      // eslint-disable-next-line no-control-regex -- what must not be there
      /[\u001b\u0007]|\n-> c/,
    );
  });
});
