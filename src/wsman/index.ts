/**
 * wsman: WS-Management as Windows speaks it (MS-WSMV, DSP0226), both sides of the wire.
 *
 * Below: XML without DOCTYPE and with caps, CIM values, one file a message in `envelope/`, pure. Around it a client
 * that asks (identify, enumerate, invoke, the registry) and a server core that answers for a handler. Names match on
 * namespace and local name, never on prefixes: every implementation has its own.
 *
 * Decided: a client checks the certificate always and never sends Basic without TLS; a refused password is tried
 * once; proxies of the environment are ignored; faults are read before anything else and their innermost code counts.
 *
 * Knows nothing of Lync, of roles, or of what the machine behind the handler is.
 */
export {
  cimBoolean,
  cimInteger,
  cimList,
  cimProperty,
  cimText,
  type CimDatetime,
  type CimInstance,
  type CimScalar,
  type CimValue,
  type WireProperties,
  type WireValue,
} from './cim/value.js';
export { connect, type ConnectOptions, type WsmanClient } from './client/connect.js';
export { readRegistry, type RegistryReading, type RegistryValueType } from './client/registry.js';
export type { Identity } from './envelope/identify.js';
export { faultCodes, type FaultName } from './fault-codes.js';
export { WsmanFault } from './fault.js';
export type {
  EnumerateAnswer,
  EnumerateRequest,
  GetRequest,
  InvokeRequest,
  ShellCommand,
  ShellHandler,
  ShellOptions,
  ShellOutput,
  ShellSignal,
  WsmanHandler,
} from './handler.js';
export { defaultLimits, type Limits } from './limits.js';
export { createWsmanServer, type WsmanServer } from './server/create-server.js';
