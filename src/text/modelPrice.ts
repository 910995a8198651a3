import * as l10n from '@vscode/l10n';
import type { Unit } from '../core/quota/unit.ts';
import { amountText, countText } from './amount.ts';

/** See `ModelPrice`. */
interface Price {
  readonly group: string;
  readonly input?: number;
  readonly output?: number;
  readonly perRequest?: number;
}

/** The most groups that are named. */
const MAX_GROUPS = 3;

/** `$2.50 in, $10.00 out for a million tokens`; by group where they differ. Undefined without prices. */
export function modelPriceText(prices: readonly Price[], unit: Unit): string | undefined {
  const byText = Map.groupBy(prices, price => priceText(price, unit));
  const texts = [...byText.keys()];
  if (texts.length < 2) return texts[0];
  const named = [...byText].slice(0, MAX_GROUPS).map(([text, same]) => {
    return l10n.t('{0}: {1}', same.map(({ group }) => group).join(', '), text);
  });
  const more = texts.length - named.length;
  return [...named, ...(more > 0 ? [l10n.t('and {0} more', countText(more))] : [])].join(' · ');
}

function priceText({ input, output, perRequest }: Price, unit: Unit): string {
  const amount = (value: number | undefined) => (value === undefined ? '' : amountText(value, unit, 'exact'));
  if (perRequest !== undefined) return l10n.t('{0} a request', amount(perRequest));
  return output === undefined
    ? l10n.t('{0} per million input tokens', amount(input))
    : l10n.t('{0} in, {1} out per million tokens', amount(input), amount(output));
}
