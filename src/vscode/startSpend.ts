import { LedgerFill, type LedgerFillParts } from '../services/ledger/ledgerFill.ts';
import { SpendTotals, type SpendTotalsParts } from '../services/ledger/spendTotals.ts';
import {
  SpendingLimitWatch,
  type SpendingLimitWatchParts,
} from '../services/spendingLimits/spendingLimitWatch.ts';
import { areFiguresHidden } from '../text/hiddenFigures.ts';
import { spendingLimitLines } from '../text/spendingLimitLines.ts';
import { spendSumTexts } from '../text/spendSum.ts';
import { setSpendLines } from './views/spendLines.ts';

/** The parts that fill the ledger and show spend. */
export interface Spend {
  /** Forgets what a key spent, because its history was erased. */
  forgetKey(keyId: string): void;
  dispose(): void;
}

type SpendParts = Omit<LedgerFillParts, 'onTakenIn'> &
  SpendTotalsParts &
  Omit<SpendingLimitWatchParts, 'onDidChange'> & {
    /** Draws the views again. */
    readonly render: () => void;
  };

/** Starts to fill the ledger, and to work out what keys spent. Loaded after the start, which must not wait for it. */
export function startSpend({ render, ...parts }: SpendParts): Spend {
  const totals = new SpendTotals(parts);
  const limits = new SpendingLimitWatch({ ...parts, onDidChange: render });
  setSpendLines((keys, others, now) => [
    // The sum of one key is on its card, and without figures all sums are alike.
    ...(keys.length > 1 && !areFiguresHidden() ? spendSumTexts(keys, now) : []),
    ...spendingLimitLines(
      { keys, others, all: parts.monitor.snapshot },
      limits.ofCurrencies,
      now,
      parts.settings().monthBegins,
    ),
  ]);
  const fill = new LedgerFill({ ...parts, onTakenIn: keyId => totals.refreshKey(keyId) });
  return {
    forgetKey: keyId => totals.forgetKey(keyId),
    dispose() {
      fill.dispose();
      totals.dispose();
      limits.dispose();
    },
  };
}
