import type { Settings } from '../core/ports/settings.ts';
import { settingDefaults } from '../core/settingDefaults.ts';
import { MINUTE_MS, SECOND_MS } from '../core/time.ts';

const { pollMinutes, timeoutSeconds, lowPercent, lowAmounts, monthBegins, retention } = settingDefaults;

/** The settings where nobody has set anything. */
export const defaultSettings: Settings = {
  pollMs: pollMinutes * MINUTE_MS,
  timeoutMs: timeoutSeconds * SECOND_MS,
  low: { percent: lowPercent, amounts: lowAmounts },
  monthBegins,
  retention,
  gateways: new Map(),
};
