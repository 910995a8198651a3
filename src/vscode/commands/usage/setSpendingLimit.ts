import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { unitName } from '../../../core/quota/unit.ts';
import { SPENDING_PERIODS } from '../../../core/spendingLimits/period.ts';
import { LEAST_LIMIT, type SpendingLimit } from '../../../core/spendingLimits/spendingLimit.ts';
import { showStatusBarMessage } from '../../host/messages.ts';
import { textMember, withErrorText } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { askAmount, askPeriod, chooseSpender, limitsOf } from './spendingLimitForm.ts';

const periodMember = withErrorText(v.picklist(SPENDING_PERIODS), () =>
  l10n.t('“period” must be day, week or month.'),
);
const amountMember = withErrorText(v.nullable(v.pipe(v.number(), v.finite(), v.minValue(LEAST_LIMIT))), () =>
  l10n.t('“amount” must be a number of at least 0.000001, or null for no limit.'),
);

/** A limit as the command returns it. */
interface LimitResult {
  /** The id of the key; absent where the limit is for all keys of the currency. */
  readonly key?: string;
  readonly currency: string;
  readonly period: SpendingLimit['period'];
  readonly amount: number;
}

/**
 * `keyQuota.setSpendingLimit`: caps what a key, an account or all keys of a currency may spend in a day, week or month.
 * By argument `{ key | currency, period, amount }`; null removes the limit, and what is left out is asked for. Returns
 * the limits of that key or currency. Nothing stops a key at its limit: a warning is shown.
 */
export const setSpendingLimit = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key'], group: '3_change@4' }],
  argument: {
    members: { key: textMember, currency: textMember, period: periodMember, amount: amountMember },
    requiresOneOf: ['key', 'currency'],
    exclusive: [['key', 'currency']],
    textMeans: 'key',
    fromLine: { key: 'keyId' },
  },
  run: async (parts, { members }) => {
    const spender = await chooseSpender(parts, members);
    if (!spender) return undefined;
    const period = members.period ?? (await askPeriod(parts, spender));
    if (!period) return undefined;
    const amount = members.amount === undefined ? await askAmount(parts, spender, period) : members.amount;
    if (amount === undefined) return undefined;
    const { scope, unit } = spender;
    if (amount === null) await parts.limitService.removeLimit({ scope, period, unit });
    else await parts.limitService.setLimit({ scope, period, unit, amount });
    showStatusBarMessage(
      amount === null ? l10n.t('Spending limit removed.') : l10n.t('Spending limit saved.'),
      'short',
    );
    return resultOf(limitsOf(parts, spender));
  },
});

function resultOf(limits: readonly SpendingLimit[]): readonly LimitResult[] {
  return limits.map(({ scope, unit, period, amount }) => ({
    ...(scope.of === 'key' && { key: scope.keyId }),
    currency: unitName(unit),
    period,
    amount,
  }));
}
