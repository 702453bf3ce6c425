// The documents, as schemas: published for whoever reads --json, and the types of this room.
import { z } from 'zod';
import { osIds } from '../requirements/index.js';

const apiVersion = z.literal('lyncimg/v1');
const os = z.enum(osIds);
const stage = z
  .enum(['image', 'machine'])
  .describe('When it can hold: in a golden image, or only once deployed.');

const source = z.strictObject({
  id: z.string().optional(),
  title: z.string(),
  publisher: z.string(),
  page: z.string().describe('Where it can be read today.'),
  date: z.string().describe('Of the page; unknown where it shows none.'),
  confidence: z
    .enum(['microsoft', 'community', 'unverified', 'own'])
    .describe('A need that is unverified warns, and never fails a verification by itself.'),
});

const when = z
  .strictObject({ option: z.record(z.string(), z.union([z.string(), z.boolean()])) })
  .describe('Options of the role that must have these values.');

const pitfall = z.strictObject({
  id: z.string(),
  what: z.string(),
  code: z.string().nullable(),
  prevent: z.string().nullable(),
  sources: z.array(source),
});

const conflict = z.strictObject({
  id: z.string(),
  subject: z.string(),
  says: z.array(z.strictObject({ claim: z.string(), sources: z.array(source) })),
  take: z.string().describe('What this catalogue follows.'),
});

const option = z.strictObject({
  name: z.string(),
  type: z.enum(['boolean', 'enum', 'string']),
  values: z.array(z.string()).optional(),
  default: z.union([z.string(), z.boolean()]),
  description: z.string(),
});

const roleSummary = z.strictObject({
  name: z.string(),
  title: z.string(),
  abstract: z.boolean().describe('Only ground for other roles: no machine is one.'),
  extends: z.string().nullable(),
  supports: z.array(os),
  collocates: z.array(z.string()).nullable().describe('Roles that may share its machine; null: nobody says.'),
});

export const roleListSchema = z.strictObject({
  apiVersion,
  kind: z.literal('RoleList'),
  roles: z.array(roleSummary),
});

const listedRequirement = z.strictObject({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  title: z.string(),
  stage,
  layer: z.string().describe('The role whose layer brings it.'),
  source,
  when: when.nullable(),
});

const requirementNote = z.strictObject({
  requirement: z.string().nullable().describe('Id; null: the role itself.'),
  text: z.string(),
});

export const roleSheetSchema = z.strictObject({
  apiVersion,
  kind: z.literal('RoleSheet'),
  role: roleSummary.extend({
    description: z.string(),
    elsewhere: z.string().nullable().describe("What such a machine needs and is nobody's business here."),
    collocationSource: source.nullable(),
    layers: z.array(z.string()).describe('From the ground up.'),
  }),
  os: z.strictObject({ id: os, title: z.string(), version: z.string() }),
  options: z.array(option),
  requirements: z.array(listedRequirement).describe('Conditional ones too, with their condition.'),
  notes: z.array(requirementNote),
  breaks: z.array(requirementNote).describe('What does not work without it.'),
  pitfalls: z.array(pitfall),
  conflicts: z.array(conflict),
});

export const requirementSheetSchema = z.strictObject({
  apiVersion,
  kind: z.literal('RequirementSheet'),
  id: z.string(),
  requirementKind: z.string(),
  title: z.string(),
  stage,
  neededBy: z
    .array(
      z.strictObject({
        role: z.string(),
        os: z.array(os),
        layer: z.string(),
        title: z.string().describe('What this role wants of it.'),
        when: when.nullable(),
      }),
    )
    .describe('Since which layer, and on what condition.'),
  sources: z.array(source),
  breaks: z.array(z.string()),
  notes: z.array(z.string()),
  pitfalls: z.array(pitfall),
  conflicts: z.array(conflict),
});

const cell = z.strictObject({
  os,
  supported: z.boolean(),
  requirements: z
    .strictObject({
      image: z.int(),
      machine: z.int(),
      conditional: z.int().describe('Of them, those that depend on an option.'),
    })
    .nullable(),
});

export const roleMatrixSchema = z.strictObject({
  apiVersion,
  kind: z.literal('RoleMatrix'),
  systems: z.array(z.strictObject({ id: os, title: z.string() })),
  roles: z.array(z.strictObject({ role: z.string(), title: z.string(), cells: z.array(cell) })),
});

export type RoleList = z.infer<typeof roleListSchema>;
export type RoleSummary = z.infer<typeof roleSummary>;
export type RoleSheet = z.infer<typeof roleSheetSchema>;
export type ListedRequirement = z.infer<typeof listedRequirement>;
export type RequirementSheet = z.infer<typeof requirementSheetSchema>;
export type RoleMatrix = z.infer<typeof roleMatrixSchema>;
export type SourceSheet = z.infer<typeof source>;
export type PitfallSheet = z.infer<typeof pitfall>;
export type ConflictSheet = z.infer<typeof conflict>;
export type ConditionSheet = z.infer<typeof when>;
