import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { amountText } from '../../../text/amount.ts';
import { rateLimitsText } from '../../../text/rateLimits.ts';
import { pickOne } from '../../host/forms.ts';
import { shownItem } from '../../host/shownItem.ts';
import { defineCommand } from '../command.ts';
import { withFailureText } from '../withFailureText.ts';
import { keyArgument } from './keyArgument.ts';
import { ableKeyFromIdOrPick } from './pickKey.ts';

/** `keyQuota.showPlans`: lists the plans that a gateway sells, with prices and limits → the plans. */
export const showPlans = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['can-plans'], group: '1_check@4' }],
  argument: keyArgument,
  run: async (parts, { members }) => {
    const key = await ableKeyFromIdOrPick(parts, members.id, l10n.t('Show Plans'), 'plans');
    if (!key) return undefined;
    const plans = await withFailureText(key, () =>
      parts.keyRequests.run(
        key,
        'plans',
        async (gateway, context) => (await gateway.readPlans?.(context.sendRequest)) ?? [],
      ),
    );
    const items = plans.map(({ name, price, ...limits }) =>
      shownItem({
        label: name,
        description: price === undefined ? '' : amountText(price, { code: 'USD', source: 'gateway' }),
        detail: rateLimitsText(limits) ?? '',
      }),
    );
    void pickOne(items, { title: l10n.t('Plans at {0}', addressOf(key.baseUrl)) });
    return plans;
  },
});
