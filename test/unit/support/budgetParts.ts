import type { Settings } from '../../../src/core/ports/settings.ts';
import type { Store } from '../../../src/core/ports/store.ts';
import type { LearnParts } from '../../../src/services/requests/learnShare.ts';

const SETTINGS: Settings = {
  pollMs: 5 * 60_000,
  timeoutMs: 5000,
  low: { percent: 20, amounts: {} },
  retention: { rawDays: 30, hourlyDays: 365 },
  monthBegins: 1,
  gateways: new Map(),
};

/** The parts that claims and reservations need, made from a store alone. */
export function budgetParts(
  store: Store,
  settings: Partial<Settings> = {},
  logLines: string[] = [],
): LearnParts {
  return {
    store,
    settings: () => ({ ...SETTINGS, ...settings }),
    log: { info: line => logLines.push(line) },
  };
}
