// A fault as data, and as what a handler throws.
import { faultCodes, type FaultName, type FaultOrigin } from './fault-codes.js';

/** The provider's own fault inside a fault, e.g. of WMI or of the cmd plug-in. */
export interface ProviderFault {
  /** e.g. `WMI Provider` */
  provider: string;
  /** e.g. `%systemroot%\system32\WsmWmiPl.dll` */
  path: string;
  /** Null where the provider gives plain text only, as the cmd plug-in does. */
  code: number | null;
  message: string;
}

export interface FaultFacts {
  origin: FaultOrigin;
  /** QName by the prefixes of namespaces.ts, e.g. `w:TimedOut`. Null where the fault names none that is known. */
  subcode: string | null;
  /** Outer number of the WSManFault; null where the fault has none. */
  code: number | null;
  message: string;
  /** The last part of the FaultDetail URI, e.g. `UnexpectedSelectors`. */
  detail: string | null;
  provider: ProviderFault | null;
}

/** The number that says most: the innermost. The outer one often says only that a provider failed. */
export function innermostCode(facts: FaultFacts): number | null {
  return facts.provider?.code ?? facts.code;
}

/** What a handler throws to answer with a SOAP fault. */
export class WsmanFault extends Error {
  readonly facts: FaultFacts;

  /** By Windows name, with the text and the provider's fault where there is more to say. */
  constructor(name: FaultName, more: { message?: string; detail?: string; provider?: ProviderFault } = {}) {
    const entry = faultCodes[name];
    const message = more.message ?? entry.message;
    super(message);
    this.name = 'WsmanFault';
    this.facts = {
      origin: entry.origin,
      subcode: entry.subcode,
      code: entry.code,
      message,
      detail: more.detail ?? entry.detail,
      provider: more.provider ?? null,
    };
  }
}
