// One image of a WIM, as its XML has it.
import { z } from 'zod';
import type { LyncimgError } from '../../errors/index.js';
import { wimUnreadable, type WimName } from './header.js';
import type { RawWimImage } from './xml.js';

/** PROCESSOR_ARCHITECTURE_* of Windows (SYSTEM_INFO, Microsoft Learn). */
const architectures: ReadonlyMap<string, WindowsImage['architecture']> = new Map([
  ['0', 'x86'],
  ['5', 'arm'],
  ['6', 'ia64'],
  ['9', 'amd64'],
  ['12', 'arm64'],
]);

export const windowsImageSchema = z.strictObject({
  index: z.int().positive().describe('What /IMAGE/INDEX of an answer file matches.'),
  name: z.string().describe('What /IMAGE/NAME of an answer file matches.'),
  displayName: z.string().nullable().describe('What Windows Setup shows.'),
  description: z.string().nullable(),
  editionId: z.string().nullable().describe('ServerStandard, ServerDatacenterEval …'),
  installationType: z.string().nullable().describe('Server, Server Core, Client.'),
  productType: z.string().nullable().describe('ServerNT, WinNT.'),
  architecture: z.enum(['x86', 'amd64', 'ia64', 'arm', 'arm64', 'other']).nullable(),
  build: z.int().nonnegative().nullable().describe('9600 of 6.3.9600.17031.'),
  version: z.string().nullable().describe('With the build of its updates, such as 6.3.9600.17031.'),
  servicePack: z.int().nonnegative().nullable(),
  languages: z.array(z.string()),
  defaultLanguage: z.string().nullable(),
  flags: z.string().nullable().describe('The edition with Core where it is Server Core.'),
  sizeBytes: z.int().nonnegative().nullable().describe('Of its files, installed.'),
});
export type WindowsImage = z.infer<typeof windowsImageSchema>;

const number = z
  .string()
  .regex(/^\d{1,15}$/, 'is no number')
  .transform(Number);
const index = number.refine((value) => value > 0, 'is no number of an image');

const rawSchema = z.object({
  index,
  languages: z.array(z.string()),
  texts: z.object({
    totalBytes: number.optional(),
    major: number.optional(),
    minor: number.optional(),
    build: number.optional(),
    servicePackBuild: number.optional(),
    servicePack: number.optional(),
  }),
});

/** In order of index; throws E_WIM_UNREADABLE. */
export function wimImages(raw: readonly RawWimImage[], of: WimName): WindowsImage[] {
  const images = raw.map((image) => wimImage(image, (why) => wimUnreadable(of, why)));
  images.sort((a, b) => a.index - b.index);
  const twice = images.find((image, at) => images[at - 1]?.index === image.index);
  if (twice !== undefined) throw wimUnreadable(of, `its XML has two images ${twice.index}`);
  return images;
}

function wimImage(raw: RawWimImage, no: (why: string) => LyncimgError): WindowsImage {
  const read = rawSchema.safeParse(raw);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw no(`its XML has an image whose ${String(issue?.path.at(-1))} ${issue?.message ?? 'is wrong'}`);
  }
  const { name, displayName, description, editionId, installationType } = raw.texts;
  const { productType, arch, defaultLanguage, flags } = raw.texts;
  const { major, minor, build, servicePackBuild, servicePack, totalBytes } = read.data.texts;
  const isWhole = major !== undefined && minor !== undefined && build !== undefined;
  return {
    index: read.data.index,
    name: name ?? '',
    displayName: displayName ?? null,
    description: description ?? null,
    editionId: editionId ?? null,
    installationType: installationType ?? null,
    productType: productType ?? null,
    architecture: arch === undefined ? null : (architectures.get(arch) ?? 'other'),
    build: build ?? null,
    version: isWhole ? [major, minor, build, servicePackBuild ?? 0].join('.') : null,
    servicePack: servicePack ?? null,
    languages: raw.languages,
    defaultLanguage: defaultLanguage ?? null,
    flags: flags ?? null,
    sizeBytes: totalBytes ?? null,
  };
}
