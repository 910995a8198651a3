import * as l10n from '@vscode/l10n';
import type { AccountKey } from '../core/quota/reading.ts';
import type { Unit } from '../core/quota/unit.ts';
import { amountText, figureCountText } from './amount.ts';
import { requestsText } from './countedUnits.ts';
import { statusText } from './status.ts';

/** Why the key cannot be used; without a status from the gateway, at least whether it is switched off. */
export function accountKeyStatus({ status, enabled }: AccountKey): string | undefined {
  if (status) return statusText(status);
  return enabled === false ? statusText('disabled') : undefined;
}

/** What is left on the key, or what it used lately. */
export function accountKeyFigure(key: AccountKey, unitOfAll: Unit): string | undefined {
  const unit = key.unit ?? unitOfAll;
  if (key.unlimited) {
    return key.used === undefined ? '∞' : l10n.t('∞ · used {0}', amountText(key.used, unit, 'short', 'up'));
  }
  if (key.remaining !== undefined) return l10n.t('{0} left', amountText(key.remaining, unit));
  const month = key.periods?.at(-1);
  if (month?.requests === undefined) return undefined;
  return l10n.t('{0} in {1}', requestsText(figureCountText(month.requests)), month.period);
}
