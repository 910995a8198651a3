import * as l10n from '@vscode/l10n';
import { isPast } from '../../core/nextChange.ts';
import {
  isOfWholeKey,
  limitOf,
  type QuotaWindow,
  remainingOf,
  unitOfWindow,
  windowId,
} from '../../core/quota/quotaWindow.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { windowResetAt } from '../../core/quota/resets.ts';
import { amountText, figureCountText } from '../../text/amount.ts';
import { requestsOfText } from '../../text/countedUnits.ts';
import { usedOfTotalText } from '../../text/quotaWindow.ts';
import { dateTimeText, relativeText } from '../../text/time.ts';
import { windowLabel } from '../../text/windowLabels.ts';
import type { Fact } from './treeNode.ts';

/** Each quota window in a line: what was used of it, or what is left above the key, and when it resets. */
export function windowFacts(reading: Reading, now: number): readonly Fact[] {
  const windows = reading.windows ?? [];
  return windows.map((window, index) => ({
    // Two windows of a careless gateway can have one name.
    name: `window:${windowId(window)}:${index}`,
    label: windowLabel(window),
    value: windowText(window, reading, now),
    icon: window.scope === undefined ? 'dashboard' : 'organization',
    tooltip: window.resetsAt && l10n.t('Resets {0}.', dateTimeText(window.resetsAt)),
  }));
}

function windowText(window: QuotaWindow, reading: Reading, now: number): string {
  const resets = windowResetAt(window, reading);
  const isOver = resets !== undefined && isPast(resets, now);
  if (isOver) return l10n.t('unknown since the reset {0}', relativeText(resets, now));
  const figure = figureText(window, reading) ?? l10n.t('unknown');
  return [figure, resetText(window, resets, now)].filter(text => text !== undefined).join(' · ');
}

/** When a window resets; a reset that was already past when the gateway told it counts as unknown. */
function resetText({ resetsAt }: QuotaWindow, resets: number | undefined, now: number): string | undefined {
  if (resets !== undefined) return l10n.t('resets {0}', relativeText(resets, now));
  return resetsAt === undefined ? undefined : l10n.t('reset time unknown');
}

function figureText(window: QuotaWindow, reading: Reading): string | undefined {
  const { used } = window;
  const [unit, limit, remaining] = [unitOfWindow(window, reading.unit), limitOf(window), remainingOf(window)];
  if (typeof limit !== 'number') {
    const spent = used === undefined ? undefined : amountText(used, unit, 'exact', 'up');
    if (limit === null) return spent === undefined ? l10n.t('no cap') : l10n.t('no cap, {0} used', spent);
    return spent && l10n.t('{0} used', spent);
  }
  if (remaining === undefined) return undefined;
  if (window.scope === undefined || !isOfWholeKey(window))
    return usedOfTotalText(
      { unlimited: false, from: 'window', used, total: limit, remaining, unit },
      'exact',
    );
  switch (unit.code) {
    case 'PERCENT':
      return amountText(remaining, unit, 'exact', 'down');
    case 'REQUESTS':
      return requestsOfText(figureCountText(remaining), figureCountText(limit));
    default:
      return l10n.t(
        '{0} of {1}',
        amountText(remaining, unit, 'exact', 'down'),
        amountText(limit, unit, 'exact'),
      );
  }
}
