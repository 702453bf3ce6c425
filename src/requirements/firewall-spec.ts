// How a firewall requirement is written, and what it means.
import { z } from 'zod';
import { firewallProfiles, type FirewallProfile } from './firewall-rule.js';
import { ipv4Range } from './ipv4.js';
import type { SpecProblem } from './kind.js';
import { portRange, portTexts } from './ports.js';
import { sameText } from './rows.js';

export const firewallSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w .()+-]{0,127}$/, 'A rule is named with letters, digits, blanks and . ( ) + - _.')
    .refine((name) => !sameText(name, 'all'), 'Windows keeps the name "all" for itself.')
    .meta({ description: 'Name of the rule; a few words for people.' }),
  direction: z.enum(['in', 'out']).optional().meta({ description: '`in` where it is absent.' }),
  protocol: z.enum(['tcp', 'udp']),
  ports: z
    .array(z.union([z.int(), z.string()]))
    .min(1)
    .meta({
      description:
        "Ports of this machine; of the other one for direction `out`. Numbers, or ranges as '50000-59999'.",
    }),
  action: z.enum(['allow', 'unblocked']).meta({
    description:
      '`allow`: a rule opens the ports. `unblocked`: no rule blocks them, which leaves opening to setup.',
  }),
  description: z.string().min(1).optional().meta({ description: "The rule's own text in Windows." }),
  remoteIps: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({ description: 'IPv4 addresses, ranges, subnets, or LocalSubnet; any where it is absent.' }),
  program: z
    .string()
    .regex(/^([A-Za-z]:\\[^|%"<>]+|System)$/, 'A program is a full path without %…%, or System.')
    .optional()
    .meta({ description: 'The one program that the rule is for; any where it is absent.' }),
  profiles: z
    .array(z.enum(firewallProfiles))
    .min(1)
    .optional()
    .meta({ description: 'Kinds of networks; all three where it is absent.' }),
});

export type FirewallInput = z.infer<typeof firewallSchema>;

export interface FirewallSpec {
  name: string;
  direction: 'in' | 'out';
  protocol: 'tcp' | 'udp';
  /** Sorted and merged: `443`, `50000-59999`. */
  ports: string[];
  action: 'allow' | 'unblocked';
  description: string | null;
  /** Sorted; empty: any. */
  remoteIps: string[];
  program: string | null;
  profiles: FirewallProfile[];
}

export function resolveFirewall(
  input: FirewallInput,
): { ok: true; spec: FirewallSpec } | { ok: false; problems: SpecProblem[] } {
  const problems = [...portProblems(input), ...addressProblems(input)];
  if (problems.length > 0) return { ok: false, problems };
  const { name, direction, protocol, action, description, remoteIps, program, profiles } = input;
  return {
    ok: true,
    spec: {
      name,
      direction: direction ?? 'in',
      protocol,
      ports: portTexts(input.ports.flatMap((port) => portRange(String(port)) ?? [])),
      action,
      description: description ?? null,
      remoteIps: [...new Set(remoteIps)].sort(),
      program: program ?? null,
      profiles: firewallProfiles.filter((profile) => (profiles ?? firewallProfiles).includes(profile)),
    },
  };
}

function portProblems({ ports }: FirewallInput): SpecProblem[] {
  return ports.flatMap((port, index): SpecProblem[] => {
    if (portRange(String(port)) !== undefined) return [];
    const message = `${String(port)} is no port from 1 to 65535, nor a range such as 50000-59999.`;
    return [{ path: ['ports', index], message, reason: 'invalid' }];
  });
}

function addressProblems({ remoteIps = [] }: FirewallInput): SpecProblem[] {
  return remoteIps.flatMap((address, index): SpecProblem[] => {
    if (sameText(address, 'LocalSubnet') || ipv4Range(address) !== undefined) return [];
    const message = `${address} is no IPv4 address, range or subnet, nor LocalSubnet.`;
    return [{ path: ['remoteIps', index], message, reason: 'invalid' }];
  });
}
