// Faults by their Windows names (wsmerror.h, MS-WSMV 3.1.4.1.35 and its notes): the number that a WSManFault carries,
// and the SOAP subcode that goes with it, by the prefixes of namespaces.ts. Texts are ours: a host's text follows its
// language, so nobody may match on it.

export type FaultOrigin = 'Sender' | 'Receiver';

interface FaultEntry {
  code: number;
  subcode: string;
  origin: FaultOrigin;
  message: string;
  /** The last part of the FaultDetail URI that goes with it. */
  detail: string | null;
}

function sender(code: number, subcode: string, message: string, detail: string | null = null): FaultEntry {
  return { code, subcode, origin: 'Sender', message, detail };
}

function receiver(code: number, subcode: string, message: string): FaultEntry {
  return { code, subcode, origin: 'Receiver', message, detail: null };
}

function plugin(code: number, what: string): FaultEntry {
  return sender(code, 'w:QuotaLimit', `The plug-in has as many ${what} as are allowed.`);
}

export const faultCodes = {
  RESOURCE_NOT_FOUND: sender(2150858752, 'a:DestinationUnreachable', 'The resource does not exist.'),
  INVALID_ACTION_URI: sender(2150858753, 'a:ActionNotSupported', 'The action URI is not valid.'),
  INVALID_MESSAGE_INFORMATION_HEADER: sender(
    2150858767,
    'a:InvalidMessageInformationHeader',
    'A header of the message has a value that cannot be used.',
  ),
  MESSAGE_INFORMATION_HEADER_REQUIRED: sender(
    2150858769,
    'a:MessageInformationHeaderRequired',
    'A header that the message must have is missing.',
  ),
  DESTINATION_UNREACHABLE: sender(
    2150858770,
    'a:DestinationUnreachable',
    'Nothing is reachable at the address of the message.',
  ),
  ACTION_NOT_SUPPORTED: sender(
    2150858771,
    'a:ActionNotSupported',
    'The action is not supported by the resource.',
  ),
  /** Wraps errors of other layers. */
  ENDPOINT_UNAVAILABLE: receiver(
    2150858772,
    'a:EndpointUnavailable',
    'The resource cannot serve the message now.',
  ),
  FILTERING_NOT_SUPPORTED: sender(
    2150858776,
    'n:FilteringNotSupported',
    'Filters are not supported for this resource.',
  ),
  FILTER_DIALECT_UNAVAILABLE: sender(
    2150858777,
    'n:FilterDialectRequestedUnavailable',
    'The dialect of the filter is not known.',
  ),
  CANNOT_PROCESS_FILTER: sender(
    2150858778,
    'n:CannotProcessFilter',
    'The filter cannot be worked on: the query may be wrong, or the class may not exist in the namespace.',
  ),
  INVALID_ENUMERATION_CONTEXT: receiver(
    2150858779,
    'n:InvalidEnumerationContext',
    'The enumeration context is not known or is too old.',
  ),
  ENUMERATE_TIMED_OUT: receiver(
    2150858780,
    'n:TimedOut',
    'The enumeration has no data yet; its context stays good.',
  ),
  /** masterzen/winrm, and so Packer, asks again only when the text has the word OperationTimeout. */
  OPERATION_TIMEDOUT: receiver(
    2150858793,
    'w:TimedOut',
    'The operation did not finish within the time given in the OperationTimeout header.',
  ),
  CONCURRENCY: sender(2150858802, 'w:Concurrency', 'Something else works on the resource at this moment.'),
  ENCODING_LIMIT: sender(
    2150858805,
    'w:EncodingLimit',
    'An item is larger than the largest envelope allowed, or the envelope asked for is too small.',
  ),
  INVALID_RESOURCE_URI: sender(2150858811, 'w:InvalidResourceURI', 'The resource URI is missing or wrong.'),
  INVALID_SELECTORS: sender(
    2150858813,
    'w:InvalidSelectors',
    'The selectors do not name an instance of the resource.',
  ),
  QUOTA_LIMIT: sender(2150858815, 'w:QuotaLimit', 'A quota of the service is used up.'),
  SCHEMA_VALIDATION_ERROR: sender(
    2150858817,
    'w:SchemaValidationError',
    'The XML of the message does not follow its schema.',
  ),
  UNSUPPORTED_FEATURE: sender(
    2150858818,
    'w:UnsupportedFeature',
    'The message asks for a feature that is not supported.',
  ),
  /** A shell or a command that is gone (recorded by this name). */
  UNEXPECTED_SELECTORS: sender(
    2150858843,
    'w:InvalidSelectors',
    'The selectors name a shell or a command that does not exist.',
    'UnexpectedSelectors',
  ),
  INVALID_URI_WMI_SINGLETON: sender(
    2150859002,
    'w:InvalidSelectors',
    'The class has keys: the message must name them as selectors.',
  ),
  INVALID_URI_WMI_ENUM_WQL: sender(
    2150859003,
    'w:InvalidResourceURI',
    'A query needs a resource URI that ends in a namespace and an asterisk.',
  ),
  WMI_PROVIDER_NOT_CAPABLE: receiver(
    2150859010,
    'w:InternalError',
    'The WMI provider could not do what was asked of it.',
  ),
  WMI_INVALID_VALUE: sender(2150859011, 'w:InvalidParameter', 'WMI does not take one of the values.'),
  WMI_CANNOT_CONNECT_ACCESS_DENIED: sender(
    2150859014,
    'w:AccessDenied',
    'WMI does not let this user connect from another machine.',
  ),
  URI_NON_DMTF_CLASS: sender(
    2150859065,
    'w:InvalidResourceURI',
    'The class is not one of the DMTF, as its resource URI claims.',
  ),
  DIFFERENT_CIM_SELECTOR: sender(
    2150859067,
    'w:InvalidSelectors',
    'The selector __cimnamespace names another namespace than the resource URI.',
  ),
  INVALID_PROVIDER_RESPONSE: receiver(
    2150859117,
    'w:InternalError',
    'The answer of the provider cannot be used.',
  ),
  QUOTA_MAX_SHELLS: sender(
    2150859173,
    'w:QuotaLimit',
    'This user has as many shells as are allowed. Close one or raise the quota.',
  ),
  QUOTA_MAX_OPERATIONS: sender(
    2150859174,
    'w:QuotaLimit',
    'This user has as many operations under way as are allowed.',
  ),
  QUOTA_USER: sender(2150859175, 'w:QuotaLimit', 'This user has sent as many messages as are allowed.'),
  QUOTA_SYSTEM: sender(2150859176, 'w:QuotaLimit', 'All users have sent as many messages as are allowed.'),
  QUOTA_MAX_SHELL_USERS: sender(2150859179, 'w:QuotaLimit', 'As many users as are allowed have shells.'),
  REMOTE_SHELLS_NOT_ALLOWED: sender(2150859180, 'w:AccessDenied', 'This host allows no remote shells.'),
  PULL_PARAMS_NOT_SAME_AS_ENUM: sender(
    2150859181,
    'w:InvalidParameter',
    'A Pull must repeat the limits of its Enumerate.',
  ),
  // Quotas of a plug-in (WinRM 3.0)
  QUOTA_MAX_SHELLS_PPQ: plugin(2150859236, 'shells of this user'),
  QUOTA_MAX_USERS_PPQ: plugin(2150859237, 'users'),
  QUOTA_MAX_PLUGIN_SHELLS_PPQ: plugin(2150859238, 'shells'),
  QUOTA_MAX_PLUGIN_OPERATIONS_PPQ: plugin(2150859239, 'operations'),
  QUOTA_MAX_OPERATIONS_USER_PPQ: plugin(2150859240, 'operations of this user'),
  QUOTA_MAX_COMMANDS_PER_SHELL_PPQ: plugin(2150859241, 'commands in this shell'),
  QUOTA_MIN_REQUIREMENT_NOT_AVAILABLE_PPQ: sender(
    2150859242,
    'w:QuotaLimit',
    'The plug-in has less left than the message needs.',
  ),
  // winerror.h
  ACCESS_DENIED: sender(5, 'w:AccessDenied', 'Access is denied.'),
  E_ACCESS_DENIED: sender(2147942405, 'w:AccessDenied', 'Access is denied.'),
  INVALID_PARAMETER: sender(87, 'w:InvalidParameter', 'A parameter is not correct.', 'InvalidValue'),
  BUSY: receiver(170, 'w:InternalError', 'The resource is in use.'),
  OPERATION_ABORTED: receiver(995, 'w:InternalError', 'The operation was given up.'),
  LOGON_FAILURE: sender(1326, 'w:AccessDenied', 'The user could not be logged on.'),
  // wbemcli.h
  /** What a defect of the server's handler becomes: WBEM_E_FAILED. */
  INTERNAL_ERROR: receiver(2147749889, 'w:InternalError', 'The server met an internal error.'),
  WBEM_NOT_FOUND: sender(2147749890, 'a:DestinationUnreachable', 'Not found.'),
  WBEM_ACCESS_DENIED: sender(2147749891, 'w:AccessDenied', 'Access is denied by WMI.'),
  WBEM_TYPE_MISMATCH: sender(2147749893, 'w:InvalidParameter', 'A value has another type.'),
  WBEM_INVALID_NAMESPACE: sender(2147749902, 'a:DestinationUnreachable', 'The CIM namespace does not exist.'),
  WBEM_INVALID_CLASS: sender(2147749904, 'a:DestinationUnreachable', 'The CIM class does not exist.'),
  WBEM_INVALID_QUERY: sender(2147749911, 'n:CannotProcessFilter', 'The query is not valid WQL.'),
  WBEM_QUOTA_VIOLATION: receiver(2147749996, 'w:QuotaLimit', 'A quota of WMI is used up.'),
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof faultCodes;

/** The Windows name of a number, or null. */
export function faultName(code: number): FaultName | null {
  const names = Object.keys(faultCodes) as FaultName[];
  return names.find((name) => faultCodes[name].code === code) ?? null;
}
