// What a parser is to the fuzzer, and what one input does to it.
import { mutate, type Material } from './mutate.js';
import { Random } from './random.js';

export interface Target extends Material {
  /** Throws what the parser throws, and an error of its own when something that must hold does not. */
  run(input: Buffer): unknown;
  /** The parser's own way of saying no. */
  isRefusal(error: unknown): boolean;
}

export type MakeTarget = () => Target | Promise<Target>;

/** The input of this number; the same for the same seed. */
export function inputOf(
  target: Target,
  { name, seed, index }: { name: string; seed: number; index: number },
): Buffer {
  return mutate(new Random(seed, name, index), target);
}

/** Null: it was read or refused. */
export async function tryInput(target: Target, input: Buffer): Promise<string | null> {
  try {
    await target.run(input);
    return null;
  } catch (error) {
    if (target.isRefusal(error)) return null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
