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
  DIFFERENT_CIM_SELECTOR: sender(
    2150859067,
    'w:InvalidSelectors',
    'The selector __cimnamespace names another namespace than the resource URI.',
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
  ACCESS_DENIED: sender(5, 'w:AccessDenied', 'Access is denied.'),
  INVALID_PARAMETER: sender(87, 'w:InvalidParameter', 'A parameter is not correct.', 'InvalidValue'),
  /** What a defect of the server's handler becomes: WBEM_E_FAILED. */
  INTERNAL_ERROR: receiver(2147749889, 'w:InternalError', 'The server met an internal error.'),
  WBEM_NOT_FOUND: sender(2147749890, 'a:DestinationUnreachable', 'Not found.'),
  WBEM_ACCESS_DENIED: sender(2147749891, 'w:AccessDenied', 'Access is denied by WMI.'),
  WBEM_INVALID_NAMESPACE: sender(2147749902, 'a:DestinationUnreachable', 'The CIM namespace does not exist.'),
  WBEM_INVALID_CLASS: sender(2147749904, 'a:DestinationUnreachable', 'The CIM class does not exist.'),
  WBEM_INVALID_QUERY: sender(2147749911, 'n:CannotProcessFilter', 'The query is not valid WQL.'),
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof faultCodes;

/** The Windows name of a number, or null. */
export function faultName(code: number): FaultName | null {
  const names = Object.keys(faultCodes) as FaultName[];
  return names.find((name) => faultCodes[name].code === code) ?? null;
}
