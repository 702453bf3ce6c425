// The interface of a setting. One setting is one file: how it is written, installed and verified.
import type { z } from 'zod';
import type { FactQuery, Facts } from '../facts.js';
import type { Judgement } from '../kind.js';
import type { AnsibleTask } from '../task.js';

/** Input is what a role writes, and what is judged: a setting means the same on every OS. */
export interface Setting<Input> {
  /** As a role writes it, e.g. `powerPlan`. */
  readonly name: string;
  /** The end of the requirement's id, e.g. `power-plan`. */
  readonly id: string;
  readonly schema: z.ZodType<Input>;
  /** What is wrong with an input that the schema let through. */
  problem?(input: Input): { message: string; hint: string } | undefined;
  /** The input in the one spelling that is compared; undefined: as it is. */
  canonical?(input: Input): Input;
  title(value: Input): string;
  /** The comments say where the need comes from: they belong above the first task. */
  tasks(value: Input, comments: string[]): AnsibleTask[];
  facts(value: Input): FactQuery[];
  judge(value: Input, facts: Facts): Judgement;
}
