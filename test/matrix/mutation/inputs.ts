// What roles write for each kind, as far as the matrix reckons with it. By hand, and read anew: a mistake in the reading
// of a kind must not hide here.
import type { Need } from './pairs.js';

export interface ServiceInput {
  name: string;
  startMode?: 'auto' | 'delayed' | 'manual' | 'disabled';
  state?: 'running' | 'stopped';
}
export interface FirewallInput {
  name: string;
  direction?: 'in' | 'out';
  protocol: 'tcp' | 'udp';
  ports: (number | string)[];
  action: 'allow' | 'unblocked';
}
export interface RegistryInput {
  path: string;
  name: string;
  type: string;
  data: string | number | string[];
}
interface Inputs {
  feature: string | { name: string };
  hotfix: string;
  package: string;
  updates: { from: 'microsoft' | 'wsus'; required?: string[] };
  registry: RegistryInput;
  service: ServiceInput;
  firewall: FirewallInput;
  certificates: { rule: string; atMost?: number; below?: number };
  setting: { powerPlan?: string; automaticUpdates?: false; ieEsc?: false };
  pendingReboot: 'none';
  edition: 'supported' | 'full-installation' | 'service-pack';
  computer: { membership?: 'workgroup' | 'domain'; dnsSuffix?: string; nameRule?: 'valid' };
  network: { rule: string };
  disk: { drive?: string; freeGb?: number; sectorBytes?: number };
  hardware: { memoryGb?: number; cores?: number };
  sqlInstance: { name: string };
}
export type KindName = keyof Inputs;

/** What a role writes where the requirement is of this kind; undefined for one of another kind. */
export function inputOf<K extends KindName>(need: Need, kind: K): Inputs[K] | undefined {
  return need.requirement.kind === kind ? (need.input as Inputs[K]) : undefined;
}

/** The same, of a requirement whose kind is known. */
export function inputAs<K extends KindName>(need: Need, kind: K): Inputs[K] {
  const input = inputOf(need, kind);
  if (input === undefined) throw new Error(`${need.requirement.id} is no ${kind}`);
  return input;
}

/** As a role writes it. */
export function featureName(input: Inputs['feature']): string {
  return typeof input === 'string' ? input : input.name;
}
