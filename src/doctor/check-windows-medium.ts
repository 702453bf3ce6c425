// Whether Windows' own medium is here and holds what is asked for, and the discs that lyncimg.yaml names beside it.
import type { CatalogOs } from '../catalog/index.js';
import { fail, LyncimgError } from '../errors/index.js';
import { readWindowsMedia, requireFittingImage } from '../media/index.js';
import type { Finding } from './doctor-schema.js';
import { found, foundError } from './finding.js';
import { isFile } from './is-file.js';
import { takes } from './takes.js';
import type { BakeMachine, Wanted } from './wanted.js';

export async function checkWindowsMedium(wanted: Wanted): Promise<Finding[]> {
  const { place, machine, systems } = wanted;
  const [os] = systems;
  if (place === null || machine === null || os === undefined) return [];
  const medium = takes(place, machine, 'windows_iso') ? [await checkMedium(wanted, machine, os)] : [];
  return [...medium, ...(await checkOtherDiscs(machine))];
}

/** What is on the disc is read in some twenty places, not the whole of it. */
async function checkMedium(
  { netfx3Elsewhere, signal }: Wanted,
  { choices }: BakeMachine,
  os: CatalogOs,
): Promise<Finding> {
  const { iso, sha256, edition, key } = choices.windows;
  if (iso === null)
    return foundError('windows-medium', fail('E_WINDOWS_ISO_MISSING', { os: os.id, title: os.title }));
  try {
    const media = await readWindowsMedia(iso, { signal });
    const { index, name } = requireFittingImage(iso, media, { os, edition, key, netfx3Elsewhere });
    const detail =
      sha256 === null
        ? `windows.${os.id}.sha256 is not set in lyncimg.yaml: the medium is told apart by what it says of itself.`
        : null;
    return found('windows-medium', 'ok', `${iso} has ${name} (image ${index}).`, { detail });
  } catch (error) {
    if (!(error instanceof LyncimgError) || signal.aborted) throw error;
    return foundError('windows-medium', error);
  }
}

/** With drivers and with a hypervisor's tools. */
async function checkOtherDiscs({ choices }: BakeMachine): Promise<Finding[]> {
  const { driversIso, toolsIso } = choices.machine;
  const named = [
    { path: driversIso, setting: 'machine: driversIso' },
    { path: toolsIso, setting: 'machine: toolsIso' },
  ];
  const findings: Finding[] = [];
  for (const { path, setting } of named) {
    if (path === null || (await isFile(path))) continue;
    findings.push(
      found('windows-medium', 'problem', `${path} is not there, and ${setting} in lyncimg.yaml names it.`, {
        fix: [`Put it there, or correct ${setting} in lyncimg.yaml.`],
      }),
    );
  }
  return findings;
}
