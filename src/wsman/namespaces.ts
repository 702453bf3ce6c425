// XML namespaces, by the prefixes that Windows uses for them. Prefixes are only how we write: reading goes by
// namespace and local name, as every implementation has prefixes of its own.

export const ns = {
  // SOAP 1.2 part 1, section 5
  s: 'http://www.w3.org/2003/05/soap-envelope',
  // WS-Addressing (August 2004), as DSP0226 section 5 wants it
  a: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  // DSP0226
  w: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  // MS-WSMV 2.2.1: Microsoft's own headers (DataLocale, SessionId)
  p: 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd',
  // DSP0226 section 8 (WS-Enumeration), section 7 (WS-Transfer)
  n: 'http://schemas.xmlsoap.org/ws/2004/09/enumeration',
  x: 'http://schemas.xmlsoap.org/ws/2004/09/transfer',
  // MS-WSMV 2.2.4.43: WSManFault
  f: 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault',
  // DSP0227 and DSP0230: CIM in XML
  b: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd',
  cim: 'http://schemas.dmtf.org/wbem/wscim/1/common',
  // MS-WSMV 2.2.4.37 and following: shells
  rsp: 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell',
  // DSP0226 section 11. MS-WSMV 2.2.1 prints "identify" in the path; servers and clients use "identity".
  wsmid: 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

export type Prefix = keyof typeof ns;

/** The one address that answers may go to: back on the same connection (WS-Addressing 3.3). */
export const anonymousAddress = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous';

/** DSP0226 7.9: what IdentifyResponse gives as ProtocolVersion. */
export const protocolVersion = ns.w;

// Resource URIs, MS-WSMV 3.1.4.1.1
export const wmiResourceBase = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/';
export const cmdShellResource = 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd';

/** MS-WSMV 3.1.4.1.13: the only filter dialect of WMI resources. */
export const wqlDialect = 'http://schemas.microsoft.com/wbem/wsman/1/WQL';

/** The resource of a WMI class; `*` as the class for queries. Windows compares these without case. */
export function classUri(namespace: string, className: string): string {
  return `${wmiResourceBase}${namespace}/${className}`;
}
