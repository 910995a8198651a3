import type { BaseUrl } from '../../core/input/baseUrl.ts';
import type { GatewaySettings, Settings } from '../../core/ports/settings.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { defaultSettings } from '../defaultSettings.ts';
import type { ConfiguredKey } from './configuration.ts';
import type { ConfigurationFile } from './schema.ts';

/** Half of what a gateway allows is one machine's part; all of it is that of half a machine. */
const HALF_A_MACHINE = 0.5;

/** The settings that services need. */
export function settingsOf(
  file: ConfigurationFile,
  configured: ReadonlyMap<BaseUrl, GatewaySettings>,
  keys: readonly ConfiguredKey[],
): Settings {
  const gateways = new Map(configured);
  if (file.budget === 'whole')
    for (const { baseUrl } of keys)
      gateways.set(baseUrl, { share: HALF_A_MACHINE, ...gateways.get(baseUrl) });
  return {
    ...defaultSettings,
    pollMs: Math.round(file.pollMinutes * MINUTE_MS),
    timeoutMs: Math.round(file.timeoutSeconds * SECOND_MS),
    low: { percent: file.lowPercent, amounts: file.lowAmounts },
    monthBegins: file.monthBegins,
    gateways,
  };
}
