// How the files of the catalogue and the workspace are written. The JSON Schemas that editors use come from here.
import { z } from 'zod';
import { detectionSchema, kinds } from '../requirements/index.js';

const apiVersion = z.literal('lyncimg/v1');
const text = z.string().min(1, 'must be text.');

const roleName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A role is named with small letters, digits and hyphens, 64 at most.')
  .meta({ examples: ['branch-office'] });

/** What one machine is: a role, or several with commas between them. */
export const machineName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}(, ?[a-z0-9][a-z0-9-]{0,63})*$/,
    'A machine is a role, or several with commas between them.',
  )
  .meta({ examples: ['front-end', 'standard-edition,persistent-chat'] });

const optionName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,63}$/, 'An option is named with letters and digits, a small letter first.')
  .meta({ examples: ['archiving'] });

/** Checked against the ids that there are by parseOsId, so that the message can name the nearest. */
const osName = z.union([z.string(), z.number()]).meta({
  description: '2008r2, 2012 or 2012r2, in any case.',
  examples: ['2012r2'],
});

export const sourceSchema = z.strictObject({
  title: text,
  publisher: text.meta({ description: 'Who wrote it, e.g. Microsoft.', examples: ['Microsoft'] }),
  page: text.meta({
    description: 'Where it can be read today: a path in a public repository, or an address.',
  }),
  date: z
    .string()
    .regex(/^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$/, 'A date is 2016-12-08, 2016-12, 2016 or unknown.')
    .meta({ description: 'Of the page as it was read; unknown where it shows none.' }),
  confidence: z.enum(['microsoft', 'community', 'unverified', 'own']).meta({
    description:
      'Whose document it is; own is a decision of this workspace. A need that is unverified and not met is a warning.',
  }),
});

const sourceId = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'A source id has letters, digits, hyphen and dot.')
  .meta({ examples: ['MS-ADDSW'] });
const sourcesById = z.record(sourceId, sourceSchema);

const noteId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A note is named with small letters, digits and hyphens.')
  .meta({ examples: ['net35-source'] });

/** Pitfalls and conflicts between sources, which requirements, packages and roles name by id. */
export const notesFileSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Notes'),
  pitfalls: z.record(
    noteId,
    z.strictObject({
      what: text.meta({ description: 'What is seen when it happens.' }),
      code: text.optional().meta({ description: 'The error or event number that people search for.' }),
      prevent: text.optional().meta({ description: 'What keeps it away.' }),
      source: z.array(sourceId).min(1),
    }),
  ),
  conflicts: z.record(
    noteId,
    z.strictObject({
      subject: text,
      says: z.array(z.strictObject({ claim: text, source: z.array(sourceId).min(1) })).min(2),
      take: text.meta({ description: 'What this catalogue follows.' }),
    }),
  ),
});

const commonNotes = {
  notes: z.array(text).optional().meta({ description: 'What is worth knowing, a sentence each.' }),
  pitfalls: z.array(noteId).optional().meta({ description: 'Ids of catalog/notes.yaml.' }),
  conflicts: z
    .array(noteId)
    .optional()
    .meta({ description: 'Ids of catalog/notes.yaml: sources that differ.' }),
};

export const sourcesFileSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Sources'),
  sources: sourcesById,
});

export const osFileSchema = z.strictObject({
  apiVersion,
  kind: z.literal('OperatingSystem'),
  id: osName,
  title: text,
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'A version is three numbers, e.g. 6.3.9600.')
    .meta({ description: 'Win32_OperatingSystem.Version.' }),
  powershell: z
    .string()
    .regex(/^\d+\.\d+$/, 'A version of PowerShell is two numbers, e.g. 4.0.')
    .meta({ description: 'As shipped.' }),
  servicePack: z.int().min(0).default(0).meta({ description: 'The lowest that Lync is supported on.' }),
  dotnet: z.strictObject({ version: text, release: z.int().positive() }).nullable().meta({
    description: '.NET Framework 4.x as shipped, with its Release number; null where there is none.',
  }),
  editions: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z]+$/),
        title: text,
        editionIds: z.array(text).min(1).meta({ description: "The registry's EditionID." }),
        skus: z.array(z.int().positive()).min(1).meta({ description: 'OperatingSystemSKU.' }),
        imageName: text.meta({ description: 'What /IMAGE/NAME of an answer file matches.' }),
        kmsClientKey: z
          .string()
          .regex(/^([A-Z0-9]{5}-){4}[A-Z0-9]{5}$/, 'A setup key is five groups of five.')
          .meta({ description: 'Public KMS client setup key.' }),
      }),
    )
    .min(1)
    .meta({ description: 'Editions that Lync is supported on.' }),
  guestIds: z.strictObject({ virtualbox: text, vmware: text, vsphere: text }),
  virtioFolder: text,
  generation2: z.boolean().meta({ description: "Boots as a guest of Hyper-V's generation 2." }),
  support: z
    .strictObject({ mainstream: z.iso.date(), extended: z.iso.date(), paid: z.iso.date() })
    .meta({ description: "Last days of Microsoft's support." }),
  unsupported: z.array(z.strictObject({ what: text, source: sourceId })),
  ...commonNotes,
  features: z.strictObject({
    file: z
      .string()
      .regex(/^features\/[\w-]+\.json$/, 'The list of features lies in features/.')
      .meta({ description: 'Relative to catalog/.' }),
    source: sourceSchema,
  }),
});

const evidence = z.enum(['high', 'medium', 'low', 'unknown']);

export const featuresFileSchema = z
  .array(
    z.strictObject({
      name: text,
      displayName: text,
      parent: text.nullable(),
      depth: z.int().min(1),
      type: z.enum(['Role', 'Role Service', 'Feature']),
      installedByDefault: z.boolean(),
      removedByDefault: z.boolean().meta({ description: 'A fresh install has no payload on disk.' }),
      restart: z
        .boolean()
        .nullable()
        .meta({ description: 'Installing it ends with a restart; null: not known.' }),
      dependsOn: z.array(text),
      dependsOnConfidence: evidence,
      dism: text.nullable().meta({ description: 'Win32_OptionalFeature.Name.' }),
      id: z.int().nullable().meta({ description: 'Win32_ServerFeature.ID.' }),
      confidence: evidence.meta({ description: 'Of name, display name and parent.' }),
      note: text.optional(),
    }),
  )
  .meta({ description: 'Get-WindowsFeature in Server Manager order.' });

const optionSchema = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('boolean'), default: z.boolean(), description: text }),
    z
      .strictObject({
        type: z.literal('enum'),
        values: z.array(text).min(1),
        default: text,
        description: text,
      })
      .refine((option) => option.values.includes(option.default), {
        error: 'must be one of values.',
        path: ['default'],
      }),
    z.strictObject({ type: z.literal('string'), default: z.string(), description: text }),
  ],
  { error: 'must be boolean, enum or string.' },
);

/** The name without a folder: what is written is what a disc can hold. */
const fileName = z
  .string()
  .regex(
    /^[\w][\w.+ ()-]*\.([Mm][Ss][UuIi]|[Ee][Xx][Ee])$/,
    'The name of an .msu, .msi or .exe without a folder.',
  );

/** What is not an address at all is told of by z.url. */
function namesNobody(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password } = new URL(address);
  return username === '' && password === '';
}

export const packageFileSchema = z
  .strictObject({
    apiVersion,
    kind: z.literal('Package'),
    id: noteId,
    title: text,
    type: z.enum(['msu', 'msi', 'exe']),
    kb: z
      .string()
      .regex(/^KB\d{6,7}$/, 'A KB number is KB and six or seven digits.')
      .optional(),
    licence: text.optional().meta({ description: 'Who may have the file, and on what terms.' }),
    files: z
      .array(
        z.strictObject({
          os: z.array(osName).min(1),
          file: fileName,
          size: z.int().positive().optional().meta({ description: 'Bytes, where known.' }),
          sha256: z
            .string()
            .regex(/^[0-9A-Fa-f]{64}$/, 'SHA-256 is 64 hexadecimal digits.')
            .optional(),
          published: text.optional().meta({ description: 'Where its publisher had it, for people.' }),
          url: z
            .url({ protocol: /^https?$/ })
            .refine(namesNobody, 'An address holds no user name and no password.')
            .optional()
            .meta({ description: 'Where media fetch can download it.' }),
        }),
      )
      .min(1),
    arguments: z.array(text).optional().meta({ description: 'Of the installer, so that it asks nobody.' }),
    exitCodes: z
      .array(z.int().min(0))
      .optional()
      .meta({ description: 'That mean success, besides 0 and 3010 (a restart is needed).' }),
    requires: z
      .array(
        z
          .string()
          .regex(/^[a-zA-Z]+\/.+$/, 'A requirement is named by its id, e.g. feature/NET-Framework-Core.'),
      )
      .optional()
      .meta({ description: 'Ids of requirements that must hold before it.' }),
    supersededBy: z
      .array(z.string().regex(/^KB\d{6,7}$/))
      .optional()
      .meta({ description: 'Later hotfixes that hold this one: any of them will do.' }),
    detect: z.array(detectionSchema).optional().meta({ description: 'How it shows; any of them proves it.' }),
    source: z.union([sourceId, sourceSchema]),
    ...commonNotes,
  })
  .refine(({ type, kb }) => type !== 'msu' || kb !== undefined, {
    error: 'An .msu is known by its KB number.',
    path: ['kb'],
  })
  .refine(({ type, detect }) => type === 'msu' || (detect ?? []).length > 0, {
    error: 'A package says how it shows when it is installed.',
    path: ['detect'],
  });

/** The keys of a requirement beside the one of its kind. */
export const itemSchema = z.strictObject({
  source: z.union([text.meta({ description: 'Id of a document.' }), sourceSchema]),
  also: z.array(sourceId).optional().meta({ description: 'Ids of other documents that ask for the same.' }),
  breaks: text.optional().meta({ description: 'What does not work without it.' }),
  ...commonNotes,
  stage: z.enum(['image', 'machine']).optional().meta({
    description: 'When it can hold: in a golden image, or only on a deployed machine.',
  }),
  when: z
    .strictObject({
      os: z.union([osName, z.array(osName).min(1)]).optional(),
      option: z.record(optionName, z.union([z.boolean(), z.string()])).optional(),
    })
    .optional()
    .meta({ description: 'When the requirement applies; all that is given must hold.' }),
});

const roleShape = {
  apiVersion,
  kind: z.literal('Role'),
  name: roleName,
  title: text.optional().meta({ description: 'A few words; the name where it is absent.' }),
  description: text.optional(),
  extends: roleName.optional().meta({ description: 'The role whose requirements this one adds to.' }),
  supports: z.array(osName).min(1).optional().meta({
    description:
      'Operating systems; where it is absent those of the parent, without one all of the catalogue.',
  }),
  abstract: z.boolean().optional().meta({
    description: 'Only ground for other roles: no machine is one.',
  }),
  collocates: z
    .strictObject({
      with: z.array(roleName).meta({ description: 'Roles that one machine may hold beside this one.' }),
      source: z.union([sourceId, sourceSchema]),
    })
    .optional()
    .meta({ description: 'Absent: nothing is said of it, and it is refused.' }),
  elsewhere: text.optional().meta({
    description: "What such a machine needs and is not this tool's business, e.g. SQL Server's own.",
  }),
  ...commonNotes,
  options: z.record(optionName, optionSchema).optional(),
  sources: sourcesById.optional().meta({ description: "The role's own documents, by id." }),
};

/** The items are checked by their kinds, one by one: the message then speaks of that kind alone. */
export const roleFileSchema = z.strictObject({
  ...roleShape,
  requirements: z.array(z.record(z.string(), z.unknown())),
});

/** For editors: the same with every kind's own schema in its place. */
export const publishedRoleSchema = z.strictObject({
  ...roleShape,
  requirements: z.array(
    z.union(
      [...kinds.values()].map((kind) =>
        itemSchema.extend({ [kind.name]: kind.schema.meta({ description: kind.summary }) }),
      ),
    ),
  ),
});

export const parametersSchema = z.strictObject({
  timeZone: text.optional().meta({
    description: 'Name as `tzutil /l` lists it.',
    examples: ['W. Europe Standard Time'],
  }),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'A locale is a language and a country, e.g. de-DE.')
    .optional()
    .meta({ description: 'System locale.', examples: ['en-US'] }),
  dnsSuffix: text.optional().meta({
    description: 'Primary DNS suffix of deployed machines.',
    examples: ['contoso.com'],
  }),
  rootCertificates: z.array(text).optional().meta({
    description: "Files (PEM or DER) with the organisation's own root certificates, beside lyncimg.yaml.",
  }),
  wsus: z
    .url({ protocol: /^https?$/, error: 'The address of a WSUS server, e.g. http://wsus.contoso.com:8530.' })
    .optional()
    .meta({ description: 'Address of the WSUS server that Windows Update asks.' }),
  proxy: z
    .string()
    .regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'A proxy is host:port.')
    .optional()
    .meta({ description: "The machine's own HTTP proxy (WinHTTP).", examples: ['proxy.contoso.com:8080'] }),
  netfx3Source: text.optional().meta({
    description:
      'Folder, as the guest sees it, with the payload of .NET Framework 3.5, in place of the media disc.',
    examples: ['\\\\files.contoso.com\\windows\\2012r2\\sxs'],
  }),
});

export const workspaceSchema = z.strictObject({
  apiVersion,
  kind: z.literal('Workspace'),
  platform: text.optional().meta({ description: 'Where images are built, e.g. twin.' }),
  os: osName.optional(),
  roles: z
    .array(machineName)
    .optional()
    .meta({ description: 'What build and verify take where no role is named.' }),
  options: z
    .record(optionName, z.union([z.boolean(), z.string()]))
    .optional()
    .meta({ description: 'Values of role options.' }),
  parameters: parametersSchema.optional().meta({ description: 'What is decided here and no role can know.' }),
  output: text.optional().meta({ description: 'Folder of state and images; .lyncimg where it is absent.' }),
});
