import { it } from 'mocha';
import type { Target } from './target.ts';

/** The sample that `npm test` takes is always the same. `npm run fuzz` sets both (`fullRun.ts`). */
const CASES = Number(process.env.KEY_QUOTA_FUZZ_CASES ?? 250);
const SEED = Number(process.env.KEY_QUOTA_FUZZ_SEED ?? 20260615);
/** A path that a failure printed, to see its input at once. */
const PATH = process.env.KEY_QUOTA_FUZZ_PATH;

/** A test for each target. */
export function checkTargets(targets: readonly Target[]): void {
  for (const { name, what, check } of targets) {
    it(`${what === 'parser' ? 'for' : 'of'} ${name}: none crashes, hangs or invents a figure`, () =>
      check({ numRuns: CASES, seed: SEED, ...(PATH !== undefined && { path: PATH }) })).timeout(0);
  }
}
