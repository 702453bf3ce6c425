// Action URIs, by the specification that each comes from.
import { ns } from './namespaces.js';

const shell = (name: string): string => `${ns.rsp}/${name}`;

export const actions = {
  // WS-Transfer, DSP0226 section 7
  get: `${ns.x}/Get`,
  create: `${ns.x}/Create`,
  delete: `${ns.x}/Delete`,
  // WS-Enumeration, DSP0226 section 8
  enumerate: `${ns.n}/Enumerate`,
  pull: `${ns.n}/Pull`,
  release: `${ns.n}/Release`,
  // Shells, MS-WSMV 3.1.4.11 to 3.1.4.14
  command: shell('Command'),
  send: shell('Send'),
  receive: shell('Receive'),
  signal: shell('Signal'),
} as const;

/** Every answer's action is its request's with this ending. */
export function responseAction(action: string): string {
  return `${action}Response`;
}

/** MS-WSMV 3.1.4.1.13: a method's action is its class's resource with the method's name. */
export function methodAction(classResource: string, method: string): string {
  return `${classResource}/${method}`;
}

// Fault actions by the family of the subcode (DSP0226 section 14.6, WS-Addressing 4, WS-Enumeration, WS-Transfer)
const faultActions: Record<string, string> = {
  a: `${ns.a}/fault`,
  n: `${ns.n}/fault`,
  x: `${ns.x}/fault`,
  w: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault',
};

export function faultAction(subcode: string | null): string {
  const family = subcode?.split(':')[0] ?? 'w';
  return faultActions[family] ?? 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault';
}

/** What a `shell/signal/…` code ends in (MS-WSMV 2.2.4.38); the full URI has the shell namespace before it. */
export const signalBase = `${ns.rsp}/signal/`;

/** MS-WSMV 2.2.4.11: Done, Running, Pending. */
export const commandStateBase = `${ns.rsp}/CommandState/`;

/** DSP0226 section 14.6: the FaultDetail URIs. */
export const faultDetailBase = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/';
