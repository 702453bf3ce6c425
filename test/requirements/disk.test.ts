import { expect } from 'chai';
import { describe, it } from 'mocha';
import { disk } from '../../src/requirements/disk.js';
import type { CimRow } from '../../src/requirements/index.js';
import { factsOf, refusals, specOf } from './kit.js';

const gigabyte = 2 ** 30;
const free = (input: object, ...rows: CimRow[]) =>
  disk.judge(specOf(disk, input), factsOf({ cim: { Win32_LogicalDisk: rows } }));
const sectors = (...sizes: (number | string | null)[]) =>
  disk.judge(
    specOf(disk, { sectorBytes: 512 }),
    factsOf({
      cim: {
        Win32_DiskDrive: sizes.map((BytesPerSector, index) => ({
          DeviceID: `\\\\.\\PHYSICALDRIVE${String(index)}`,
          BytesPerSector,
        })),
      },
    }),
  );

describe('a disk requirement', () => {
  it('is a thing of deployed machines: room on a drive, or the size of sectors', () => {
    expect(disk.stage).to.equal('machine');
    expect(refusals(disk, {})).to.match(/either freeGb or sectorBytes/);
    expect(refusals(disk, { freeGb: 1, sectorBytes: 512 })).to.match(/either freeGb/);
    expect(refusals(disk, { drive: 'C:', sectorBytes: 512 })).to.match(/drive belongs to freeGb/);
    expect(refusals(disk, { drive: 'C:\\', freeGb: 1 })).to.match(/letter and a colon/);
    expect(disk.schema.safeParse({ sectorBytes: 4096 }).success).to.equal(false);
  });

  it('has an id for each drive, C: where none is named', () => {
    expect(disk.id(specOf(disk, { freeGb: 72 }))).to.equal('disk/free-c');
    expect(disk.id(specOf(disk, { drive: 'd:', freeGb: 72 }))).to.equal('disk/free-d');
    expect(disk.id(specOf(disk, { sectorBytes: 512 }))).to.equal('disk/sector-size');
  });

  it('asks for fixed drives alone', () => {
    expect(disk.facts(specOf(disk, { freeGb: 72 }))).to.have.nested.property('[0].where', 'DriveType=3');
  });

  it('has room in GB of 2^30 bytes, however the number was sent', () => {
    const row = { DeviceID: 'C:', FreeSpace: 72 * gigabyte };
    expect(free({ freeGb: 72 }, row).verdict).to.equal('pass');
    expect(free({ freeGb: 72 }, { ...row, FreeSpace: String(72 * gigabyte) }).verdict).to.equal('pass');
    expect(free({ freeGb: 72 }, { ...row, FreeSpace: '18446744073709551615' }).verdict).to.equal('pass');
    expect(free({ freeGb: 72 }, { ...row, FreeSpace: 72 * gigabyte - 1 })).to.include({
      verdict: 'fail',
      actual: '71.9 GB free on C:',
    });
  });

  it('is the drive that is named, and no other', () => {
    const rows = [
      { DeviceID: 'C:', FreeSpace: gigabyte },
      { DeviceID: 'd:', FreeSpace: 100 * gigabyte },
    ];
    expect(free({ drive: 'D:', freeGb: 72 }, ...rows).verdict).to.equal('pass');
    expect(free({ drive: 'E:', freeGb: 72 }, ...rows)).to.include({
      verdict: 'fail',
      actual: 'there is no fixed drive E:',
    });
    const spec = specOf(disk, { drive: 'D:', freeGb: 72 });
    expect(rows.map((row) => disk.evidence?.(spec, row))).to.deep.equal([false, true]);
  });

  it('is unknown where Windows lists no drive, or no number', () => {
    expect(free({ freeGb: 72 }).verdict).to.equal('unknown');
    for (const FreeSpace of [null, '', 'much', -5, ['1', '2']])
      expect(free({ freeGb: 72 }, { DeviceID: 'C:', FreeSpace }).verdict).to.equal('unknown');
  });

  it('has sectors of 512 bytes on every disk', () => {
    expect(sectors(512, '512').verdict).to.equal('pass');
    expect(sectors(512, 4096)).to.include({
      verdict: 'fail',
      actual: '\\\\.\\PHYSICALDRIVE1 has sectors of 4096 bytes',
    });
    expect(sectors(null, 4096).verdict).to.equal('fail');
    expect(sectors(512, null)).to.include({
      verdict: 'unknown',
      cause: '\\\\.\\PHYSICALDRIVE1 does not say its BytesPerSector',
    });
    expect(sectors().verdict).to.equal('unknown');
  });
});
