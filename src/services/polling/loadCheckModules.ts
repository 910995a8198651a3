import { lazyImport } from '../../core/lazyImport.ts';

let loaded:
  | Promise<
      [
        typeof import('./check.ts'),
        typeof import('./recordOutcome.ts'),
        typeof import('./confirmListedKey.ts'),
      ]
    >
  | undefined;

/** Loads what a check needs, with the first one: stored figures are shown without it. */
export const loadCheckModules = () =>
  (loaded ??= Promise.all([
    lazyImport(() => import('./check.ts')),
    lazyImport(() => import('./recordOutcome.ts')),
    lazyImport(() => import('./confirmListedKey.ts')),
  ]));
