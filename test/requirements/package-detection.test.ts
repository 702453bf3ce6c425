import { expect } from 'chai';
import { describe, it } from 'mocha';
import { detectionSchema } from '../../src/requirements/detection-schema.js';
import type { CimRow, Detection, RegistryAnswer } from '../../src/requirements/index.js';
import { detectionQueries, findDetected } from '../../src/requirements/package-detection.js';
import { factsOf } from './kit.js';

const text = (data: string): RegistryAnswer => ({ exists: true, data });
const noKey: RegistryAnswer = { exists: false, missing: 'key' };
const noValue: RegistryAnswer = { exists: false, missing: 'value' };
const otherType: RegistryAnswer = { exists: true, otherType: true };

const uninstall = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const uninstall32 = 'SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const id = '{A2CB1ACB-94A2-32BA-A15E-7D80319F7589}';

/** What a detection finds where the values of its questions have these answers, in their order; null: none came. */
function found(detection: Detection, ...answers: (RegistryAnswer | null)[]): string {
  const registry: Record<string, RegistryAnswer> = {};
  for (const [index, query] of detectionQueries(detection).entries()) {
    const answer = answers[index];
    if (query.kind === 'registry' && answer)
      registry[`${query.hive}\\${query.key}\\${query.value?.name ?? ''}`] = answer;
  }
  return findDetected(detection, factsOf({ registry })).state;
}

describe('the detection of a package', () => {
  it('reads nothing but what its judging asks', () => {
    expect(detectionQueries({ uninstall: id })).to.deep.equal(
      [uninstall, uninstall32].map((key) => ({
        kind: 'registry',
        hive: 'HKLM',
        key: `${key}\\${id}`,
        value: { name: 'DisplayName', type: 'string' },
      })),
    );
    expect(detectionQueries({ dotnetRelease: 378389 })).to.deep.equal([
      {
        kind: 'registry',
        hive: 'HKLM',
        key: 'SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full',
        value: { name: 'Release', type: 'dword' },
      },
    ]);
  });

  it('by an uninstall key is met in either view of the registry', () => {
    const detection = { uninstall: id };
    expect(found(detection, text('Visual C++'), noKey)).to.equal('met');
    expect(found(detection, noKey, text('Visual C++'))).to.equal('met');
    expect(found(detection, noKey, noValue)).to.equal('met');
    expect(found(detection, null, text('Visual C++'))).to.equal('met');
    expect(found(detection, noKey, noKey)).to.equal('unmet');
    expect(found(detection, noKey, null)).to.equal('unknown');
  });

  it('by an uninstall key of one view is not met by a program of other bits', () => {
    expect(found({ uninstall: id, view: 64 }, text('Visual C++'), noKey)).to.equal('met');
    expect(found({ uninstall: id, view: 64 }, noKey, text('Visual C++'))).to.equal('unmet');
    // Its one question is the first.
    expect(found({ uninstall: id, view: 32 }, text('Visual C++'), noKey)).to.equal('met');
    expect(detectionQueries({ uninstall: id, view: 32 })).to.have.nested.property(
      '[0].key',
      `${uninstall32}\\${id}`,
    );
    expect(detectionQueries({ uninstall: id, view: 64 })).to.have.length(1);
  });

  it('takes the version wanted or a later one, number by number', () => {
    const detection = { uninstall: id, minVersion: '11.0.50727' };
    for (const version of ['11.0.50727', '11.0.50727.1', '11.0.61030', '12.0', '11.1'])
      expect(found(detection, text(version), noKey), version).to.equal('met');
    for (const version of ['11.0.50726', '9.9.99999', '11', '11.0.6000'])
      expect(found(detection, text(version), noKey), version).to.equal('unmet');
    for (const version of ['', 'v11', '11.0 beta', '11..0', '-1'])
      expect(found(detection, text(version), noKey), version).to.equal('unknown');
    expect(found(detection, noValue, noKey)).to.equal('unknown');
    expect(found(detection, otherType, noKey)).to.equal('unknown');
    // An old one in one view, a new one in the other.
    expect(found(detection, text('10.0'), text('11.0.61030'))).to.equal('met');
  });

  it('by the Release of .NET takes a higher one', () => {
    const detection = { dotnetRelease: 378389 };
    expect(found(detection, text('378389'))).to.equal('met');
    expect(found(detection, text('379893'))).to.equal('met');
    expect(found(detection, text('378388'))).to.equal('unmet');
    expect(found(detection, noValue)).to.equal('unmet');
    expect(found(detection, noKey)).to.equal('unmet');
    expect(found(detection, otherType)).to.equal('unknown');
    expect(found(detection, null)).to.equal('unknown');
  });

  it('by PowerShell takes a later one; before 3.0 there is no key', () => {
    const detection = { powershell: '3.0' };
    for (const version of ['3.0', '4.0', '5.1.14409.1005', '10.0'])
      expect(found(detection, text(version)), version).to.equal('met');
    expect(found(detection, text('2.0'))).to.equal('unmet');
    expect(found(detection, noKey)).to.equal('unmet');
    expect(found(detection, null)).to.equal('unknown');
  });

  describe('by a file', () => {
    const file = "C:\\Program Files\\Bob's\\agent.exe";
    const state = (detection: Detection, rows?: CimRow[]): string =>
      findDetected(detection, factsOf(rows === undefined ? {} : { cim: { CIM_DataFile: rows } })).state;

    it('asks for it by its full name, as WQL writes one', () => {
      expect(detectionQueries({ file, minVersion: '5.2' })).to.deep.equal([
        {
          kind: 'cim',
          namespace: 'root/cimv2',
          className: 'CIM_DataFile',
          properties: ['Name', 'Version'],
          where: "Name='C:\\\\Program Files\\\\Bob\\'s\\\\agent.exe'",
        },
      ]);
    });

    it('is met where it is there in this version or a later one', () => {
      expect(state({ file }, [{ Name: file.toLowerCase() }])).to.equal('met');
      expect(state({ file }, [])).to.equal('unmet');
      expect(state({ file })).to.equal('unknown');
      const versioned = { file, minVersion: '5.2' };
      expect(state(versioned, [{ Version: '5.10.0.1' }])).to.equal('met');
      expect(state(versioned, [{ Version: '5.1.9.9' }])).to.equal('unmet');
      expect(state(versioned, [{ Version: null }])).to.equal('unknown');
      expect(state(versioned, [])).to.equal('unmet');
    });
  });

  it('by a value of the registry wants just that one', () => {
    const registry = { path: 'HKLM\\SOFTWARE\\Contoso', name: 'Install', type: 'dword', data: 1 } as const;
    expect(detectionQueries({ registry })[0]).to.include({ hive: 'HKLM', key: 'SOFTWARE\\Contoso' });
    expect(found({ registry }, text('1'))).to.equal('met');
    for (const answer of [text('0'), noKey, noValue, otherType])
      expect(found({ registry }, answer)).to.equal('unmet');
    expect(found({ registry }, null)).to.equal('unknown');
  });

  it('that is doubtful is unknown, whatever it says', () => {
    const detection = { uninstall: id, doubtful: true };
    for (const answers of [
      [text('Visual C++'), noKey],
      [noKey, noKey],
      [null, null],
    ])
      expect(found(detection, ...answers)).to.equal('unknown');
  });

  it('cannot be written so that its task or question would mean something else', () => {
    for (const written of [
      { uninstall: 'a\\b' },
      { uninstall: '' },
      { powershell: "3.0', '<') or true or ('" },
      { dotnetRelease: 1.5 },
      { dotnetRelease: '378389' },
      { file: 'agent.exe' },
      { file: 'C:\\*.exe' },
      { file: 'C:\\a', minVersion: 'five' },
      { registry: { path: 'HKCU\\SOFTWARE', name: 'x', type: 'string', data: '' } },
      { registry: { path: 'HKLM\\SOFTWARE', name: 'x', type: 'string', data: "' or '" } },
      { registry: { path: 'HKLM\\SOFTWARE', name: 'x', type: 'string', data: '{{ x }}' } },
      { uninstall: 'a', file: 'C:\\a' },
      {},
    ])
      expect(detectionSchema.safeParse(written).success, JSON.stringify(written)).to.equal(false);
  });
});
