import type { Settings } from '../core/ports/settings.ts';
import {
  HOURLY_DAYS,
  LEDGER_DAYS,
  LOW_AMOUNTS,
  LOW_PERCENT,
  MONTH_BEGINS,
  POLL_MINUTES,
  RAW_DAYS,
  TIMEOUT_SECONDS,
} from '../core/settingDefaults.ts';
import { MINUTE_MS, SECOND_MS } from '../core/time.ts';

/** The settings where nobody has set anything. */
export const defaultSettings: Settings = {
  pollMs: POLL_MINUTES * MINUTE_MS,
  timeoutMs: TIMEOUT_SECONDS * SECOND_MS,
  low: { percent: LOW_PERCENT, amounts: LOW_AMOUNTS },
  monthBegins: MONTH_BEGINS,
  retention: { rawDays: RAW_DAYS, hourlyDays: HOURLY_DAYS, ledgerDays: LEDGER_DAYS },
  gateways: new Map(),
};
