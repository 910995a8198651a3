import * as l10n from '@vscode/l10n';
import type { Forecast } from '../core/quota/keyState.ts';
import type { Unit } from '../core/quota/unit.ts';
import { lastsUntilText, paceText } from './forecast.ts';

/** How long a key will last, no more exact than the forecast: `about Thursday, at $1.20 a day`. */
export function forecastText(forecast: Forecast | undefined, unit: Unit, now: number): string | undefined {
  if (!forecast) return undefined;
  if (forecast.confidence === 'none') return l10n.t('not enough data yet');
  if (forecast.perDay === 0) return l10n.t('no recent spend');
  const pace = paceText(forecast, unit, now) ?? '';
  const lasts = lastsUntilText(forecast, now);
  return lasts === undefined ? pace : l10n.t('{0}, at {1}', lasts, pace);
}
