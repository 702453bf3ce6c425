// What a resource URI names (MS-WSMV 3.1.4.1.1). Case does not count.
import { WsmanFault } from '../fault.js';
import { cmdShellResource, wmiResourceBase } from '../namespaces.js';

export type Resource =
  | { kind: 'shell' }
  /** `className` is null for the form that queries use, `…/root/cimv2/*`. */
  | { kind: 'wmi'; namespace: string; className: string | null };

/** Throws InvalidResourceURI for what this server does not have: other shells, WinRM's configuration, DMTF URIs. */
export function parseResource(uri: string): Resource {
  const lower = uri.toLowerCase();
  if (lower === cmdShellResource.toLowerCase()) return { kind: 'shell' };
  if (!lower.startsWith(wmiResourceBase.toLowerCase())) throw new WsmanFault('INVALID_RESOURCE_URI');
  const parts = uri.slice(wmiResourceBase.length).split('/');
  const name = parts.pop() ?? '';
  if (parts.length === 0 || !parts.every(isWord)) throw new WsmanFault('INVALID_RESOURCE_URI');
  if (name !== '*' && !isWord(name)) throw new WsmanFault('INVALID_RESOURCE_URI');
  return { kind: 'wmi', namespace: parts.join('/'), className: name === '*' ? null : name };
}

/** `__cimnamespace` beside a WMI URI is taken only when it says the same (note <46>); it is no key of the class. */
export function keySelectors(
  selectors: Readonly<Record<string, string>>,
  namespace: string,
): Record<string, string> {
  const entries = Object.entries(selectors);
  const [, repeated] = entries.find(([name]) => name.toLowerCase() === '__cimnamespace') ?? [];
  if (repeated !== undefined && repeated.trim().toLowerCase() !== namespace.toLowerCase()) {
    throw new WsmanFault('DIFFERENT_CIM_SELECTOR');
  }
  return Object.fromEntries(entries.filter(([name]) => name.toLowerCase() !== '__cimnamespace'));
}

function isWord(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}
