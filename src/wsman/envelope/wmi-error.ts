// What WMI itself says inside of a fault: MSFT_WmiError (2012 and later; DMTF's CIM_Error with Windows' own numbers)
// and __ExtendedStatus. By local names: here Windows binds anew the prefix p, which its headers use for something else.
import type { XmlElement } from '../xml/element.js';

export interface WmiError {
  code: number | null;
  message: string;
}

/** MSFT_WmiError among the children; null where there is none. */
export function readWmiError(parent: XmlElement | undefined): WmiError | null {
  const error = named(parent, 'MSFT_WmiError');
  if (error === undefined) return null;
  const message = textOf(error, 'Message') ?? '';
  return {
    code: windowsCode(error) ?? cimStatusCode(error),
    message: message === '' ? (textOf(error, 'error_WindowsErrorMessage') ?? '') : message,
  };
}

/** The status in `f:ExtendedError`; null where it is nil, as in most faults. */
export function readExtendedStatus(parent: XmlElement): number | null {
  const status = named(named(parent, 'ExtendedError'), '__ExtendedStatus');
  return status === undefined ? null : readFaultCode(textOf(status, 'StatusCode'));
}

/** Decimal; 0 says nothing. */
export function readFaultCode(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,10}$/.test(text) && Number(text) !== 0 ? Number(text) : null;
}

/** mi.h: the type of error_Code is MI, HRESULT or WIN32. A number of MI's own is a CIM status: 5 is no "access denied". */
function windowsCode(error: XmlElement): number | null {
  const type = textOf(error, 'error_Type')?.toUpperCase() ?? '';
  return type === 'MI' ? null : readFaultCode(textOf(error, 'error_Code'));
}

// DSP0200 section 5.1.3, as the numbers that WMI has for the same
const cimStatus: ReadonlyMap<number, number> = new Map([
  [1, 2147749889],
  [2, 2147749891],
  [3, 2147749902],
  [5, 2147749904],
  [6, 2147749890],
  [13, 2147749893],
  [15, 2147749911],
]);

function cimStatusCode(error: XmlElement): number | null {
  const status = readFaultCode(textOf(error, 'CIMStatusCode') ?? textOf(error, 'error_Code'));
  return status === null ? null : (cimStatus.get(status) ?? null);
}

function named(parent: XmlElement | undefined, local: string): XmlElement | undefined {
  return parent?.children.find((element) => element.local === local);
}

function textOf(parent: XmlElement, local: string): string | undefined {
  return named(parent, local)?.text.trim();
}
