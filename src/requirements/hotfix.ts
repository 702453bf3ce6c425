// Updates (.msu) by their KB number.
import { z } from 'zod';
import type { CimQuery, Facts } from './facts.js';
import type { Judgement, Kind, Requirement, TaskContext } from './kind.js';
import { restartTask } from './restart.js';
import { sameText, textOf } from './rows.js';
import { sourceLines } from './source-note.js';
import type { AnsibleTask } from './task.js';

// No flags on these expressions: JSON Schema, which editors use, cannot say them.
const kbNumber = z
  .string()
  .regex(/^[Kk][Bb]\d{6,7}$/, 'A KB number is KB and six or seven digits, e.g. KB2919355.');

const schema = z.strictObject({
  kb: kbNumber.meta({ description: 'The number under which Windows lists it.' }),
  title: z.string().min(1).optional().meta({ description: 'What it is, for people.' }),
  file: z
    .string()
    .regex(/^[\w.+-]+\.[Mm][Ss][Uu]$/, 'The name of an .msu file without a folder.')
    .meta({ description: 'File name in the folder hotfixes of the media disc.' }),
  sha256: z
    .string()
    .regex(/^[0-9A-Fa-f]{64}$/, 'SHA-256 is 64 hexadecimal digits.')
    .optional(),
  requires: z.array(kbNumber).optional().meta({ description: 'Hotfixes that must be installed before it.' }),
  supersededBy: z
    .array(kbNumber)
    .optional()
    .meta({ description: 'Later hotfixes that hold this one: any of them will do.' }),
});

export type HotfixInput = z.infer<typeof schema>;

export interface HotfixSpec {
  /** `KB2919355` */
  kb: string;
  title: string | null;
  file: string;
  sha256: string | null;
  requires: string[];
  supersededBy: string[];
}

const query: CimQuery = {
  kind: 'cim',
  namespace: 'root/cimv2',
  className: 'Win32_QuickFixEngineering',
  properties: ['HotFixID'],
};

export const hotfix: Kind<HotfixInput, HotfixSpec> = {
  name: 'hotfix',
  summary: 'A Windows update (.msu) is installed, and the machine restarted where the update asks for it.',
  example: [
    '- hotfix:',
    '    kb: KB2919355',
    '    file: Windows8.1-KB2919355-x64.msu',
    '    requires: [KB2919442]',
    '  source: MS-KB4014587',
    '',
  ].join('\n'),
  stage: 'image',
  phase: 10,
  schema,

  resolve(input, os) {
    // win_hotfix stands on the DISM module for PowerShell, which came with Windows Server 2012 (6.2).
    const [major = 0, minor = 0] = os.version.split('.').map(Number);
    if (major < 6 || (major === 6 && minor < 2)) {
      const message = `${os.title} has no DISM module for PowerShell, with which hotfixes are installed.`;
      return { ok: false, problems: [{ path: [], message, reason: 'invalid' }] };
    }
    const own = input.kb.toUpperCase();
    const requires = upperCased(input.requires);
    if (requires.includes(own)) {
      const message = `${own} is named as its own prerequisite.`;
      return { ok: false, problems: [{ path: ['requires'], message, reason: 'invalid' }] };
    }
    return {
      ok: true,
      spec: {
        kb: own,
        title: input.title ?? null,
        file: input.file,
        sha256: input.sha256?.toLowerCase() ?? null,
        requires,
        supersededBy: upperCased(input.supersededBy),
      },
    };
  },

  id: (spec) => `hotfix/${spec.kb}`,
  title: (spec) => `Hotfix ${describe(spec)}`,
  after: (spec) => spec.requires.map((kb) => `hotfix/${kb}`),
  media: (spec) => [
    {
      path: `hotfixes/${spec.file}`,
      title: describe(spec),
      ...(spec.sha256 !== null && { sha256: spec.sha256 }),
    },
  ],
  tasks: (requirements, context) =>
    requirements
      .filter(({ stage }) => stage === 'image')
      .flatMap((requirement) => tasksOf(requirement, context)),
  facts: () => [query],
  evidence: (spec, row) =>
    [spec.kb, ...spec.supersededBy].some((kb) => sameText(textOf(row, 'HotFixID'), kb)),
  judge,
};

function describe(spec: HotfixSpec): string {
  return spec.title === null ? spec.kb : `${spec.kb} (${spec.title})`;
}

function upperCased(kbs: string[] | undefined): string[] {
  return [...new Set((kbs ?? []).map((kb) => kb.toUpperCase()))].sort();
}

/** Each with a restart of its own: the next update may need the servicing stack that this one brought. */
function tasksOf(requirement: Requirement<HotfixSpec>, context: TaskContext): AnsibleTask[] {
  const { kb, file } = requirement.spec;
  const register = `lyncimg_${kb.toLowerCase()}`;
  return [
    {
      name: `Install hotfix ${kb}`,
      comments: sourceLines(requirement),
      module: 'community.windows.win_hotfix',
      // With hotfix_kb the module refuses a file that holds another update.
      args: { hotfix_kb: kb, source: `${context.media}\\hotfixes\\${file}`, state: 'present' },
      register,
    },
    restartTask(`Restart where ${kb} asks for it`, `${register}.reboot_required`),
  ];
}

function judge(spec: HotfixSpec, facts: Facts): Judgement {
  const expected = `${spec.kb} installed`;
  const answer = facts.cim(query);
  if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
  const listed = answer.value.map((row) => textOf(row, 'HotFixID'));
  const found = [spec.kb, ...spec.supersededBy].find((kb) => listed.some((id) => sameText(id, kb)));
  if (found !== undefined) return { verdict: 'pass', expected, actual: `${found} installed` };
  // Windows drops superseded updates from the list, so absence is not always proof.
  const fix =
    `Install ${spec.file}. If a later update took its place, Windows no longer lists it: ` +
    `name that one under supersededBy.`;
  return { verdict: 'fail', expected, actual: `${spec.kb} is not listed`, fix };
}
