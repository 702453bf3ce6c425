// The codes of the room `wsman` for what a host answers with a fault: it was reached, it knows who asks, and it says
// no. Codes are permanent: deprecate, never rename.
import { code } from '../code.js';

/** What every fault tells. */
export interface HostFault {
  host: string;
  doing: string;
  /** The innermost number of the fault: a Win32 error, or an HRESULT of WMI or WS-Management. */
  code: number | null;
  /** The same as Windows' documentation has it, e.g. `0x80338035`. */
  hresult: string | null;
  /** e.g. `ENCODING_LIMIT`; null for a number that has no name here. */
  name: string | null;
  /** Who says so, e.g. `WMI Provider`; null for the service itself. */
  provider: string | null;
  /** The SOAP subcode, e.g. `w:EncodingLimit`. */
  subcode: string | null;
  /** The host's own words, in its own language, made harmless for a terminal. */
  text: string;
}

export const wsmanFaultCodes = {
  /** The host answered with a WS-Management fault that has no code of its own here. `code` is the innermost number. */
  E_WSMAN_FAULT: code<HostFault>({
    title: 'a fault of WS-Management',
    message: (fault) => `${fault.host} answered ${fault.doing} with a fault${number(fault)}: ${fault.text}`,
    hint: ({ name }) => (name === null ? [] : (hints[name] ?? [])),
    exit: 3,
  }),
  /** The host knows who asks and does not let that user do it: rights, or UAC's filter on local accounts. */
  E_WSMAN_ACCESS_DENIED: code<HostFault>({
    title: 'the user lacks rights on the host',
    message: (fault) =>
      `${fault.host} accepts the user and the password, but denies ${fault.doing}${number(fault)}: ${fault.text}`,
    hint: () => [
      'The user must be in the Administrators of the host; or, from Windows Server 2012 on, in ' +
        'WinRMRemoteWMIUsers__ and have Remote Enable on the CIM namespace (wmimgmt.msc).',
      'A local administrator other than Administrator itself comes without those rights over the network (UAC): use ' +
        'a domain account, or set LocalAccountTokenFilterPolicy to 1 in ' +
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System.',
      "If neither helps, look who may use WinRM at all: RootSDDL in 'winrm get winrm/config/service'.",
    ],
    exit: 3,
  }),
  /** Too many operations at once, or too many in a short time: for this user, or for all. */
  E_WSMAN_QUOTA: code<HostFault>({
    title: "the host's quota is used up",
    message: (fault) => `${fault.host} has no quota left for ${fault.doing}${number(fault)}: ${fault.text}`,
    hint: () =>
      'Ask again later, when other tools of the same user are done: what they left open counts until it is too old ' +
      "(up to four minutes). The limits are MaxConcurrentOperationsPerUser and others in 'winrm get winrm/config'.",
    exit: 3,
  }),
  /** As many shells, or users with shells, as the host allows. */
  E_WSMAN_SHELL_LIMIT: code<HostFault>({
    title: 'too many shells on the host',
    message: (fault) =>
      `${fault.host} opens no further shell for ${fault.doing}${number(fault)}: ${fault.text}`,
    hint: () =>
      "Close the shells that were left open ('winrm enumerate shell' lists them), wait until they are too old, or " +
      'raise MaxShellsPerUser or MaxConcurrentUsers in winrm/config/winrs.',
    exit: 3,
  }),
  /** The class, or its whole namespace, does not exist on this host: mostly another version of Windows. */
  E_WSMAN_CLASS_ABSENT: code<HostFault & { missing: 'class' | 'namespace' }>({
    title: 'a CIM class that the host does not have',
    message: (fault) =>
      `${fault.host} has not got the CIM ${fault.missing} of ${fault.doing}${number(fault)}: ${fault.text}`,
    hint: ({ missing }) =>
      missing === 'namespace'
        ? 'Older versions of Windows lack it, e.g. root/standardcimv2 on 2008 R2; or a role that brings it is not installed.'
        : 'Its version of Windows lacks the class, or the role or feature that brings it is not installed.',
    exit: 3,
  }),
  /** One instance does not fit into the largest message of the host. */
  E_WSMAN_ENVELOPE: code<HostFault & { properties: readonly string[] }>({
    title: 'an instance larger than a message may be',
    message: (fault) =>
      `An answer of ${fault.host} to ${fault.doing} is larger than its messages may be${number(fault)}` +
      (fault.properties.length === 0 ? '' : `, with no more than ${fault.properties.join(', ')}`) +
      `: ${fault.text}`,
    hint: ({ properties }) =>
      properties.length === 0
        ? 'Ask for fewer properties, or raise MaxEnvelopeSizekb (winrm/config) on the host.'
        : 'Raise MaxEnvelopeSizekb (winrm/config) on the host.',
    exit: 3,
  }),
  /** A command in a shell wrote more than is kept. */
  E_WSMAN_OUTPUT: code<{ host: string; doing: string; maxBytes: number }>({
    title: 'a command that writes too much',
    message: ({ host, doing, maxBytes }) =>
      `${doing} on ${host} wrote more than ${maxBytes} bytes: it was ended.`,
    hint: () => 'Let the command write to a file, or to nowhere, what nobody reads.',
    exit: 3,
  }),
};

/** What to do, where more is to be said than the host's own words. */
const hints: Readonly<Record<string, string>> = {
  INVALID_RESOURCE_URI: 'The CIM namespace may not exist on this version of Windows.',
  CANNOT_PROCESS_FILTER:
    'The query may be wrong, a property may not exist on this version of Windows, or the class may not.',
  WBEM_INVALID_QUERY:
    'The query is wrong, or asks for a property that this version of Windows does not have.',
  INVALID_ENUMERATION_CONTEXT: 'The host gave the enumeration up, or was restarted: ask again.',
  INVALID_PROVIDER_RESPONSE: 'The WMI provider on the host ended: ask again; then look at its event log.',
  WMI_PROVIDER_NOT_CAPABLE: 'The WMI provider of the class cannot do this, or not in its present state.',
  CONCURRENCY: 'Something else works on the same resource: ask again.',
  BUSY: 'Something else works on the same resource: ask again.',
  UNEXPECTED_SELECTORS:
    'The shell is gone: it was idle for too long, or WinRM was restarted. Open a new one.',
  REMOTE_SHELLS_NOT_ALLOWED: 'AllowRemoteShellAccess in winrm/config/winrs of the host is off.',
  LOGON_FAILURE: 'The host could not log the user on for this: check the account.',
};

function number({ code: value, name, hresult, provider }: HostFault): string {
  const parts = [
    value === null ? null : String(value),
    value !== null && value > 0xffff ? hresult : null,
    name,
  ];
  const from = provider === null || provider === '' ? '' : ` of ${provider}`;
  const inside = parts.filter((part) => part !== null).join(', ');
  return inside === '' ? '' : ` (${inside}${from})`;
}
