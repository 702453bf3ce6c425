// A host's fault as an error that can be told apart by its code. Told by numbers alone: texts follow the language of
// the host (MS-WSMV 3.1.4.1.35, wsmerror.h, wbemcli.h).
import { fail, type FactsOf, type LyncimgError } from '../../errors/index.js';
import { faultText } from '../envelope/fault.js';
import { faultCodes, faultName, type FaultName } from '../fault-codes.js';
import { innermostCode, type FaultFacts } from '../fault.js';

export interface Asked {
  host: string;
  doing: string;
  /** How long the host had, for what it says of time. */
  timeoutMs: number;
}

type Kind = 'timeout' | 'access' | 'quota' | 'shells' | 'class' | 'namespace' | 'envelope';

const kinds: Readonly<Record<Kind, readonly FaultName[]>> = {
  timeout: ['OPERATION_TIMEDOUT', 'ENUMERATE_TIMED_OUT'],
  access: ['ACCESS_DENIED', 'E_ACCESS_DENIED', 'WBEM_ACCESS_DENIED', 'WMI_CANNOT_CONNECT_ACCESS_DENIED'],
  quota: [
    'QUOTA_LIMIT',
    'QUOTA_MAX_OPERATIONS',
    'QUOTA_USER',
    'QUOTA_SYSTEM',
    'QUOTA_MAX_SHELLS_PPQ',
    'QUOTA_MAX_USERS_PPQ',
    'QUOTA_MAX_PLUGIN_SHELLS_PPQ',
    'QUOTA_MAX_PLUGIN_OPERATIONS_PPQ',
    'QUOTA_MAX_OPERATIONS_USER_PPQ',
    'QUOTA_MAX_COMMANDS_PER_SHELL_PPQ',
    'QUOTA_MIN_REQUIREMENT_NOT_AVAILABLE_PPQ',
    'WBEM_QUOTA_VIOLATION',
  ],
  shells: ['QUOTA_MAX_SHELLS', 'QUOTA_MAX_SHELL_USERS'],
  class: ['WBEM_INVALID_CLASS'],
  namespace: ['WBEM_INVALID_NAMESPACE'],
  envelope: ['ENCODING_LIMIT'],
};

/** Where a fault has no number: by its subcode, which says less. */
const subcodes: ReadonlyMap<string | null, Kind> = new Map([
  ['w:TimedOut', 'timeout'],
  ['n:TimedOut', 'timeout'],
  ['w:AccessDenied', 'access'],
  ['w:QuotaLimit', 'quota'],
  ['w:EncodingLimit', 'envelope'],
]);

/** E_WSMAN_TIMEOUT, E_WSMAN_ACCESS_DENIED, …; E_WSMAN_FAULT for what has no code of its own. */
export function faultError(fault: FaultFacts, { host, doing, timeoutMs }: Asked): LyncimgError {
  const around = { where: { host } };
  const facts = hostFault(fault, { host, doing });
  switch (kindOf(fault)) {
    case 'timeout':
      return fail('E_WSMAN_TIMEOUT', { host, doing, timeoutMs, saidByHost: true }, around);
    case 'access':
      return fail('E_WSMAN_ACCESS_DENIED', facts, around);
    case 'quota':
      return fail('E_WSMAN_QUOTA', facts, around);
    case 'shells':
      return fail('E_WSMAN_SHELL_LIMIT', facts, around);
    case 'class':
      return fail('E_WSMAN_CLASS_ABSENT', { ...facts, missing: 'class' }, around);
    case 'namespace':
      return fail('E_WSMAN_CLASS_ABSENT', { ...facts, missing: 'namespace' }, around);
    case 'envelope':
      return fail('E_WSMAN_ENVELOPE', { ...facts, properties: [] }, around);
    case null:
      return fail('E_WSMAN_FAULT', facts, around);
  }
}

function kindOf(fault: FaultFacts): Kind | null {
  const code = innermostCode(fault);
  if (code === null) return subcodes.get(fault.subcode) ?? null;
  // Recorded: WMI tells a missing class by CannotProcessFilter inside of CannotProcessFilter, and a wrong query or
  // property by WBEM_E_INVALID_QUERY inside. Without a provider's fault it may be either.
  if (fault.provider?.code === faultCodes.CANNOT_PROCESS_FILTER.code) return 'class';
  const name = faultName(code);
  const found = (Object.keys(kinds) as Kind[]).find((kind) => name !== null && kinds[kind].includes(name));
  return found ?? null;
}

function hostFault(
  fault: FaultFacts,
  { host, doing }: { host: string; doing: string },
): FactsOf<'E_WSMAN_FAULT'> {
  const code = innermostCode(fault);
  return {
    ...{ host, doing, code },
    hresult: code === null ? null : `0x${code.toString(16).toUpperCase().padStart(8, '0')}`,
    name: code === null ? null : faultName(code),
    provider: fault.provider === null ? null : harmless(fault.provider.provider),
    subcode: fault.subcode === null ? null : harmless(fault.subcode),
    text: harmless(faultText(fault)),
  };
}

/** Text of the host: one line, and nothing in it may steer a terminal. */
function harmless(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 500);
}
