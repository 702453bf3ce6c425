import type { Kind } from '../requirements/index.js';

/** Where plan and render look a kind up: `kindOf` of the requirements, or a test's own few. */
export type KindLookup = (name: string) => Kind<unknown, unknown> | undefined;
