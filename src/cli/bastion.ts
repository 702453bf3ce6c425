// The bastion of --jump: opened once, before any host is asked, and shared by all of them.
import { openBastion, parseJump, type Bastion } from '../ssh/index.js';
import type { Dial } from '../wsman/index.js';

export interface JumpRequest {
  /** As typed. */
  jump: string;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

const connectTimeoutMs = 20_000;

/** Throws E_SSH_*. The caller closes it. */
export function openJump({ jump, env, signal }: JumpRequest): Promise<Bastion> {
  return openBastion({ address: parseJump(jump), env, connectTimeoutMs, signal });
}

/** How a client connects through it. */
export function dialThrough(bastion: Bastion): Dial {
  return (address, signal) => bastion.dial(address, signal);
}
