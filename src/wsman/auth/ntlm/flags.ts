// What two sides of NTLM agree on (MS-NLMP 2.2.2.5), by the names of the specification without NTLMSSP_NEGOTIATE_.

export const flag = {
  unicode: 0x00000001,
  oem: 0x00000002,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  targetTypeServer: 0x00020000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const;

/** Whether all bits of `wanted` are there. */
export function has(flags: number, wanted: number): boolean {
  return (flags & wanted) >>> 0 === wanted >>> 0;
}

/** Unsigned, as the messages hold them: operators of JavaScript are signed. */
export function allOf(...flags: readonly number[]): number {
  return flags.reduce((sum, one) => (sum | one) >>> 0, 0);
}
