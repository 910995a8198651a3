import * as l10n from '@vscode/l10n';
import { spendSums } from '../core/ledger/spendSums.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { isSameUnit, unitName } from '../core/quota/unit.ts';
import { type SpendingLimit, tightestLimit } from '../core/spendingLimits/spendingLimit.ts';
import { currencyLimitsSpent } from './currencyLimits.ts';
import { isolatedName } from './isolatedName.ts';
import { limitText } from './spendingLimit.ts';

/** How many keys fit below the cards of the tooltip. */
const MAX_KEYS = 3;

export interface LimitedKeys {
  readonly keys: readonly KeyState[];
  /** Those of them whose own limits are shown nowhere else. */
  readonly others: readonly KeyState[];
  /** A limit for all keys of a currency counts those that are not among `keys` as well. */
  readonly all: readonly KeyState[];
}

/** How much of each limit is spent: a line for each currency that has limits, and for each of `others`, the tightest first. */
export function spendingLimitLines(
  { keys, others, all }: LimitedKeys,
  ofCurrencies: readonly SpendingLimit[],
  now: number,
  monthBegins: number,
): readonly string[] {
  const isTheirs = ({ unit }: SpendingLimit) =>
    keys.length === all.length || keys.some(({ reading }) => reading && isSameUnit(reading.unit, unit));
  const theirs = ofCurrencies.filter(isTheirs);
  const sums = theirs.length > 0 ? spendSums(all) : [];
  const currencies = Map.groupBy(theirs, ({ unit }) => unitName(unit));
  const limited = others
    .flatMap(({ label, spendingLimits = [] }) =>
      spendingLimits.length > 0
        ? [{ label, limits: spendingLimits, share: tightestLimit(spendingLimits)?.share }]
        : [],
    )
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  const left = limited.length - MAX_KEYS;
  return [
    ...[...currencies].map(([name, limits]) =>
      line(
        l10n.t('All Keys in {0}', name),
        currencyLimitsSpent(limits, sums, now, monthBegins).map(({ text }) => text),
      ),
    ),
    ...limited.slice(0, MAX_KEYS).map(({ label, limits }) =>
      line(
        label,
        limits.map(each => limitText(each, limits)),
      ),
    ),
    ...(left > 0 ? [l10n.t('and {0} more', left)] : []),
  ];
}

function line(name: string, texts: readonly string[]): string {
  return l10n.t('{0}: {1}', isolatedName(name), texts.join(' · '));
}
