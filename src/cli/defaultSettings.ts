import type { Settings } from '../core/ports/settings.ts';
import { MINUTE_MS, SECOND_MS } from '../core/time.ts';

/** What holds where nobody has set anything; the same as in VS Code, which a test holds. */
export const defaultSettings: Settings = {
  pollMs: 5 * MINUTE_MS,
  timeoutMs: 15 * SECOND_MS,
  low: { percent: 20, amounts: { USD: 1, CNY: 7 } },
  monthBegins: 1,
  retention: { rawDays: 30, hourlyDays: 365, ledgerDays: 1100 },
  gateways: new Map(),
};
