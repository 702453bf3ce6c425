/**
 * wsman: WS-Management as Windows speaks it (MS-WSMV, DSP0226), both sides of the wire.
 *
 * Below: XML without DOCTYPE and with caps, CIM values, one file a message in `envelope/`, pure. Around it a client
 * that asks (identify, enumerate, get, invoke, the registry, shells) and a server core that answers for a handler.
 * Names match on namespace and local name, never on prefixes: every implementation has its own.
 *
 * Decided: a client checks the certificate always; without TLS it speaks sealed NTLM and nothing else; a refused
 * password is tried once, and no other scheme after it; proxies of the environment are ignored; faults are read before
 * anything else and their innermost code counts. README.md says more.
 *
 * Knows nothing of Lync, of roles, or of what the machine behind the handler is.
 */
export {
  cimBoolean,
  cimDatetime,
  cimInteger,
  cimInterval,
  cimList,
  cimObject,
  cimProperty,
  cimReal,
  cimReference,
  cimText,
  type Instant,
} from './cim/read.js';
export type {
  CimDate,
  CimDatetime,
  CimInstance,
  CimInterval,
  CimObject,
  CimReference,
  CimScalar,
  CimTime,
  CimValue,
  WireItem,
  WireObject,
  WireProperties,
  WireReference,
  WireValue,
} from './cim/value.js';
export { basicServer } from './auth/basic.js';
export { certificateServer } from './auth/certificate.js';
export { ntHash, ntlmServer } from './auth/ntlm-server.js';
export type { ServerScheme } from './auth/scheme.js';
export type { CimQuestion, ClassQuestion, WqlQuestion } from './client/cim-question.js';
export { connect, type WsmanClient } from './client/connect.js';
export type {
  Authentication,
  AuthenticationUsed,
  ConnectOptions,
  Dial,
  OperationOptions,
  TlsOptions,
} from './client/options.js';
export {
  listKeys,
  listValues,
  readRegistry,
  type RegistryEntry,
  type RegistryKey,
  type RegistryKeys,
  type RegistryQuestion,
  type RegistryReading,
  type RegistryValues,
  type RegistryValueType,
} from './client/registry.js';
export {
  readRegistryKeys,
  readRegistryTexts,
  type RegistryKeysQuestion,
  type RegistryKeysReading,
  type RegistryTextsReading,
} from './client/registry-many.js';
export type { InstanceName } from './client/get.js';
export type { MethodCall } from './client/invoke.js';
export type { CommandResult } from './client/shell-output.js';
export type { RemoteShell, RunOptions, ShellSettings } from './client/shell.js';
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
