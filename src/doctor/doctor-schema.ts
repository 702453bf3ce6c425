// What `doctor --json` prints, and its schema.
import { z } from 'zod';

/** In the order in which they are told. */
export const checkNames = [
  'packer',
  'packer-plugins',
  'ansible',
  'ansible-collections',
  'ansible-ntlm',
  'platform',
  'platform-settings',
  'platform-secrets',
  'platform-machine',
  'platform-tools',
  'disc-tools',
  'emulator',
  'kvm',
  'state-folder',
  'temporary-folder',
  'disk-space',
  'media',
  'windows-medium',
  'ports',
  'clock',
  'environment',
  'proxy',
] as const;
export type CheckName = (typeof checkNames)[number];

export const levels = ['ok', 'warning', 'problem', 'unknown'] as const;
export type Level = (typeof levels)[number];

const findingSchema = z.strictObject({
  check: z.enum(checkNames).describe('Several findings may be of one check.'),
  level: z
    .enum(levels)
    .describe(
      'problem: a bake cannot succeed like this. unknown: it could not be found out, which proves nothing.',
    ),
  code: z
    .string()
    .nullable()
    .describe('Of docs/errors.md, where it is the error that a build would end with.'),
  what: z.string().describe('One sentence.'),
  detail: z.string().nullable().describe('Why, whom it concerns, or how it was found out.'),
  fix: z.array(z.string()).describe('Commands or steps that mend it; empty where there is nothing to mend.'),
});
export type Finding = z.infer<typeof findingSchema>;

export const doctorReportSchema = z
  .strictObject({
    apiVersion: z.literal('lyncimg/v1'),
    kind: z.literal('DoctorReport'),
    platform: z.string().nullable().describe('Null: only what concerns every platform was looked at.'),
    systems: z.array(z.string()).describe('The operating systems that were asked for.'),
    usable: z.boolean().describe('There is no problem: the exit code is 0 then, else 3.'),
    findings: z.array(findingSchema).describe('In a fixed order.'),
  })
  .meta({ title: 'What lyncimg doctor --json prints' });
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** As checked in at `schemas/doctor.schema.json`. */
export function doctorReportJsonSchema(): unknown {
  return z.toJSONSchema(doctorReportSchema);
}
