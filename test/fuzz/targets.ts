import { parsers } from './parsers.ts';
import { renderers } from './renderers.ts';
import type { Target } from './target.ts';

/** Every parser and every renderer. */
export const targets: readonly Target[] = [...parsers, ...renderers];
