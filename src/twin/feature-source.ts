// `-Source`: a payload that is not on the machine's disk comes from a folder that is told, or not at all. The twin has
// no network, so Windows Update is never the way out.
import { join as joinWindows } from 'node:path/win32';
import { readGuestHead } from './files.js';
import type { Guest } from './guest.js';
import { parsePlaceholder } from './placeholder.js';

/**
 * The file that holds a removed payload. .NET 3.5 lies in `sources\sxs` of the installation media; payloads that
 * somebody removed with -Remove are in no such file (they need an install.wim, which is not modelled).
 */
const payloadFiles: Readonly<Record<string, string>> = {
  'NET-Framework-Core': 'microsoft-windows-netfx3-ondemand-package.cab',
};

/** Whether the folder holds the payload of a removed feature: the cabinet, or the placeholder in its place. */
export async function hasPayload(guest: Guest, feature: string, source: string | null): Promise<boolean> {
  const file = payloadFiles[feature];
  if (file === undefined || source === null) return false;
  const head = await readGuestHead(guest, joinWindows(source, file), 4096);
  if (head === undefined) return false;
  if (head.subarray(0, 4).toString('latin1') === 'MSCF') return true;
  const placeholder = parsePlaceholder(head);
  if (placeholder?.fileName.toLowerCase() !== file) return false;
  // A payload is of one system's build; a placeholder that lies under no system's folder stands for the right one.
  const [, os] = /^sources\/([^/]+)\/sxs\//i.exec(placeholder.path) ?? [];
  return os === undefined || os === guest.os.id;
}
