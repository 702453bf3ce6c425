// Which error a host's fault becomes: those of real hosts (test/exchanges/faults.yaml), and every number that counts.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import type { FactsOf, LyncimgError } from '../../../src/errors/index.js';
import { faultError } from '../../../src/wsman/client/fault-error.js';
import { decodeFault } from '../../../src/wsman/envelope/fault.js';
import type { FaultFacts, ProviderFault } from '../../../src/wsman/fault.js';
import { faultCodes, WsmanFault, type FaultName } from '../../../src/wsman/index.js';
import { bodyOfText } from '../envelope/body.js';

const file = new URL('../../exchanges/faults.yaml', import.meta.url);
const recorded = parse(readFileSync(file, 'utf8')) as {
  faults: { name: string; error: string; body: string }[];
};

const asked = { host: 'host:5986', doing: '"select * from X"', timeoutMs: 55_000 };

function errorOf(facts: FaultFacts): LyncimgError {
  return faultError(facts, asked);
}

function named(name: FaultName, provider?: ProviderFault): LyncimgError {
  return errorOf(new WsmanFault(name, provider === undefined ? {} : { provider }).facts);
}

function wmi(code: number | null): ProviderFault {
  return { provider: 'WMI Provider', path: 'x.dll', code, message: 'No.  ' };
}

describe('wsman/client/fault-error', () => {
  for (const { name, error, body } of recorded.faults) {
    it(`makes ${error} of a host's fault: ${name}`, () => {
      expect(errorOf(decodeFault(bodyOfText(body))!)).to.include({ code: error, exitCode: 3 });
    });
  }

  const kinds: Record<string, FaultName[]> = {
    E_WSMAN_TIMEOUT: ['OPERATION_TIMEDOUT', 'ENUMERATE_TIMED_OUT'],
    E_WSMAN_ACCESS_DENIED: [
      'ACCESS_DENIED',
      'E_ACCESS_DENIED',
      'WBEM_ACCESS_DENIED',
      'WMI_CANNOT_CONNECT_ACCESS_DENIED',
    ],
    E_WSMAN_QUOTA: [
      'QUOTA_LIMIT',
      'QUOTA_MAX_OPERATIONS',
      'QUOTA_USER',
      'QUOTA_SYSTEM',
      'QUOTA_MAX_SHELLS_PPQ',
      'QUOTA_MIN_REQUIREMENT_NOT_AVAILABLE_PPQ',
    ],
    E_WSMAN_SHELL_LIMIT: ['QUOTA_MAX_SHELLS', 'QUOTA_MAX_SHELL_USERS'],
    E_WSMAN_CLASS_ABSENT: ['WBEM_INVALID_CLASS', 'WBEM_INVALID_NAMESPACE'],
    E_WSMAN_ENVELOPE: ['ENCODING_LIMIT'],
    E_WSMAN_FAULT: [
      'CANNOT_PROCESS_FILTER',
      'WBEM_INVALID_QUERY',
      'RESOURCE_NOT_FOUND',
      'UNEXPECTED_SELECTORS',
    ],
  };
  for (const [code, names] of Object.entries(kinds)) {
    it(`makes ${code} of ${names.join(', ')}`, () => {
      for (const name of names) expect(named(name), name).to.have.property('code', code);
    });
  }

  it('makes something of every fault that has a name, with a message on one line', () => {
    for (const name of Object.keys(faultCodes) as FaultName[]) {
      expect(named(name).code, name).to.match(/^E_WSMAN_/);
      expect(named(name).message, name).to.contain('host:5986').and.not.contain('\n');
    }
  });

  it('goes by the innermost number, whatever is around it', () => {
    expect(named('CANNOT_PROCESS_FILTER', wmi(2147749904))).to.have.property('code', 'E_WSMAN_CLASS_ABSENT');
    expect(named('CANNOT_PROCESS_FILTER', wmi(2147749911))).to.have.property('code', 'E_WSMAN_FAULT');
    expect(named('ENDPOINT_UNAVAILABLE', wmi(2147749891))).to.have.property('code', 'E_WSMAN_ACCESS_DENIED');
    expect(named('INVALID_PARAMETER', wmi(null))).to.have.nested.property('facts.code', 87);
  });

  it('takes CannotProcessFilter for a missing class only when WMI says it inside of itself', () => {
    expect(named('CANNOT_PROCESS_FILTER', wmi(2150858778))).to.have.property('code', 'E_WSMAN_CLASS_ABSENT');
    expect(named('CANNOT_PROCESS_FILTER', wmi(null))).to.have.property('code', 'E_WSMAN_FAULT');
    expect(named('CANNOT_PROCESS_FILTER').suggestions.join()).to.contain('class may not');
  });

  it('tells a missing namespace from a missing class', () => {
    expect(named('WBEM_INVALID_NAMESPACE').message).to.contain('CIM namespace of "select * from X"');
    expect(named('WBEM_INVALID_CLASS').message).to.contain('CIM class of "select * from X"');
    expect(named('WBEM_INVALID_NAMESPACE').suggestions).to.not.deep.equal(
      named('WBEM_INVALID_CLASS').suggestions,
    );
  });

  it('goes by the subcode where there is no number, and only then', () => {
    const bare = { origin: 'Receiver' as const, message: 'No.', detail: null, provider: null };
    const of = (subcode: string | null, code: number | null = null): string =>
      errorOf({ ...bare, subcode, code }).code;
    expect(of('w:AccessDenied')).to.equal('E_WSMAN_ACCESS_DENIED');
    expect(of('w:QuotaLimit')).to.equal('E_WSMAN_QUOTA');
    expect(of('w:EncodingLimit')).to.equal('E_WSMAN_ENVELOPE');
    expect([of('w:TimedOut'), of('n:TimedOut')]).to.deep.equal(['E_WSMAN_TIMEOUT', 'E_WSMAN_TIMEOUT']);
    expect([of(null), of('constructor'), of('w:AccessDenied', 87)]).to.deep.equal(
      new Array(3).fill('E_WSMAN_FAULT'),
    );
  });

  it('keeps all that the fault tells', () => {
    expect(named('CANNOT_PROCESS_FILTER', wmi(2147749911)).facts).to.deep.equal({
      host: 'host:5986',
      doing: '"select * from X"',
      code: 2147749911,
      hresult: '0x80041017',
      name: 'WBEM_INVALID_QUERY',
      provider: 'WMI Provider',
      subcode: 'n:CannotProcessFilter',
      text: 'No.',
    });
    expect(named('CANNOT_PROCESS_FILTER', wmi(2147749911)).message).to.equal(
      'host:5986 answered "select * from X" with a fault (2147749911, 0x80041017, WBEM_INVALID_QUERY of WMI Provider): No.',
    );
    expect(named('INVALID_PARAMETER').message).to.contain('(87, INVALID_PARAMETER)');
  });

  it('says what to do about rights: the group, UAC, and who may use WinRM', () => {
    const hints = named('ACCESS_DENIED').suggestions.join('\n');
    for (const word of [
      'Administrators',
      'WinRMRemoteWMIUsers__',
      'LocalAccountTokenFilterPolicy',
      'RootSDDL',
    ]) {
      expect(hints).to.contain(word);
    }
  });

  it('says what to do about quotas, shells, absent classes, and what is too large', () => {
    const names = ['QUOTA_USER', 'QUOTA_MAX_SHELLS', 'WBEM_INVALID_CLASS', 'ENCODING_LIMIT'] as const;
    for (const name of names) expect(named(name).suggestions, name).to.have.length(1);
  });

  it('says that the host needs longer as a time-out of the host’s own', () => {
    const facts = named('OPERATION_TIMEDOUT').facts as FactsOf<'E_WSMAN_TIMEOUT'>;
    expect(facts).to.include({ timeoutMs: 55_000, saidByHost: true });
  });

  it('lets nothing in a host’s text steer a terminal, nor fill it', () => {
    const message = `a\u009b2Jb\n\u202e${'x'.repeat(1000)}`;
    const provider = { ...wmi(1), provider: 'P\u001b[2J', message };
    const error = errorOf(new WsmanFault('WBEM_INVALID_QUERY', { message, provider }).facts);
    expect(error.message).to.not.match(/[\p{Cc}\p{Cf}]/u);
    expect(error.message.length).to.be.lessThan(700);
  });
});
