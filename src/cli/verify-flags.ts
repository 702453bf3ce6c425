// What `verify` can be told beside how to reach the machines (connection-flags.ts).
import { Flags } from '@oclif/core';
import { connectionFlags } from './connection-flags.js';

const file = { helpValue: 'FILE' };

export const verifyFlags = {
  host: Flags.string({
    multiple: true,
    description: 'A machine to ask, repeated for several: HOST, HOST:PORT or [IPv6]:PORT.',
    helpValue: 'HOST[:PORT]',
  }),
  'hosts-file': Flags.string({
    ...file,
    description: 'Machines to ask, one a line; # begins a comment.',
  }),
  from: Flags.string({
    ...file,
    description: 'Judge facts that --save-facts kept; no machine is asked.',
    exclusive: ['host', 'hosts-file', 'save-facts', 'user', 'password-file', 'cert', 'key', 'jump'],
  }),
  role: Flags.string({
    multiple: true,
    description: 'What the machines are to be, repeated for several; without it: what they are ready for.',
    helpValue: 'NAME',
  }),
  os: Flags.string({
    description: 'Which Windows they must run; without it they say so themselves.',
  }),
  option: Flags.string({ multiple: true, description: 'An option of the role.', helpValue: 'NAME=VALUE' }),
  plan: Flags.string({
    ...file,
    description: 'Judge by a plan instead of the catalogue: its layers up to --layer.',
    dependsOn: ['layer'],
    exclusive: ['role', 'os', 'option'],
  }),
  layer: Flags.string({ description: 'The last layer of --plan that counts.', dependsOn: ['plan'] }),
  stage: Flags.option({ options: ['image', 'machine', 'all'] as const })({
    default: 'all',
    description: 'Judge what an image has, what only a deployed machine can have, or both.',
  }),
  gate: Flags.boolean({
    description: 'As in a build: list what only a deployed machine can have, without judging it.',
  }),
  explain: Flags.boolean({
    description: 'Show for each verdict which question was asked and what came back.',
  }),
  output: Flags.string({ ...file, description: 'Write the report as JSON, too.' }),
  junit: Flags.string({ ...file, description: 'Write the verdicts as JUnit XML, too.' }),
  'save-facts': Flags.string({
    ...file,
    description: 'Keep what was read of the machines as JSON lines, for --from. It holds no password.',
  }),
  ...connectionFlags,
  verbose: Flags.boolean({
    description: 'List what passed, too, and show the stack of an error.',
    helpGroup: 'GLOBAL',
  }),
};
