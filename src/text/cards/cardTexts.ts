import * as l10n from '@vscode/l10n';
import type { CardEvent, KeyCard } from '../../core/cards/keyCard.ts';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { isPaused } from '../../core/quota/failure.ts';
import { headroomOf } from '../../core/quota/headroom.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { runsOutText } from '../forecast.ts';
import { areFiguresHidden } from '../hiddenFigures.ts';
import { isAssumed, leftOfTotalText } from '../keyFigure.ts';
import { noticeText, staleReason, takenText } from '../keyTexts.ts';
import { shareLeftText } from '../percent.ts';
import { isWholeOf, spentText } from '../spend.ts';
import { limitText } from '../spendingLimit.ts';
import { knownSpendTexts } from '../spendSum.ts';
import { statusText } from '../status.ts';
import { clockText, relativeText } from '../time.ts';
import { viaText } from '../viaText.ts';

const GAP = ' · ';

/** The texts of a card, without markup; absent where there is nothing to say. */
export interface CardTexts {
  readonly name: string;
  /** What is left, of what. */
  readonly left?: string;
  /** The share beside its bar. */
  readonly share?: string;
  /** What is wrong with the key, and that a figure is old. */
  readonly notice?: string;
  /** What comes next, and through which server it is known. */
  readonly next?: string;
  /** What was spent today and this month, and of which limits. */
  readonly spent?: string;
  /** What the picture of the days shows. */
  readonly days?: string;
  /** What its user wrote about it. */
  readonly note?: string;
}

/** The texts of a card at `now`, epoch milliseconds. */
export function cardTexts({ key, bar, next, days }: KeyCard, now: number): CardTexts {
  const isPercent = headroomOf(key.reading).unit.code === 'PERCENT';
  const notice = noticeOf(key, now);
  const isOver = next?.what === 'expired';
  const event = next && eventText(next, key, now);
  return {
    name: key.label,
    left: leftOfTotalText(key),
    share: bar && !isPercent && !areFiguresHidden() ? shareLeftText(bar.share) : undefined,
    notice: isOver ? withEvent(notice, event) : notice,
    next: join([isOver ? undefined : event, viaText(key)]),
    spent: spentLine(key, now),
    days: days && daysText(days, key, now),
    ...(key.note !== undefined && { note: key.note }),
  };
}

/**
 * The notice, without what stands beside it already: a coming end is the next event, and the age shows that a figure is
 * old.
 */
function noticeOf(key: KeyState, now: number): string | undefined {
  const isOld = key.status === 'stale' && key.reading !== undefined && !isPaused(key);
  return isOld
    ? join([staleReason(key, now), takenText(key, now)])
    : noticeText(key, now, { withEnd: false });
}

/**
 * Replaces the word “expired” in a notice by the event with its time; a time beside it might be taken for another
 * event's.
 */
function withEvent(notice: string | undefined, event: string | undefined): string | undefined {
  const word = statusText('expired');
  return notice?.startsWith(word) ? `${event}${notice.slice(word.length)}` : join([notice, event]);
}

/** What comes next, or has come, in words: `expires in 3 days`. */
export function eventText({ what, at }: CardEvent, { forecast }: KeyState, now: number): string | undefined {
  switch (what) {
    case 'expires':
      return l10n.t('expires {0}', relativeText(at, now));
    case 'expired':
      return l10n.t('expired {0}', relativeText(at, now));
    case 'runsOut':
      return runsOutText(forecast, now);
    case 'resets':
      return l10n.t('resets {0}', relativeText(at, now));
  }
}

/** Where there is a limit for a period, it says what was spent in it. */
function spentLine(key: KeyState, now: number): string | undefined {
  const { spend, reading, spendingLimits = [] } = key;
  const known = spend && reading && knownSpendTexts(spend, reading.unit, now);
  const limits = new Map(spendingLimits.map(each => [each.period, limitText(each, spendingLimits)]));
  const marked = (text: string) => (isAssumed(key) ? `≈ ${text}` : text);
  return join([
    limits.get('day') ?? (known?.today && l10n.t('{0} today', marked(known.today))),
    limits.get('week'),
    limits.get('month') ?? (known?.month && l10n.t('{0} this month', marked(known.month))),
  ]);
}

function daysText(
  days: readonly (number | undefined)[],
  { reading, spend }: KeyState,
  now: number,
): string | undefined {
  if (!reading || !spend) return undefined;
  const most = Math.max(...days.map(day => day ?? 0));
  const isWhole = isWholeOf(spend);
  const text = spentText(
    { amount: most, from: startOfDay(dayOf(now) - days.length + 1) },
    reading.unit,
    // With spend that may be of either of two days, the highest day is not known.
    from => spend.undividedAt === undefined && isWhole(from),
  );
  return text && l10n.t('Spent on each of {0} days, {1} at most', days.length, text);
}

/** When the figures were taken that say nothing of their age themselves: from the first to the last. */
export function updatedText(keys: readonly KeyState[], now: number): string | undefined {
  const times = keys
    .filter(({ status, failure, reading }) => reading && status !== 'stale' && !failure)
    .map(({ reading }) => Date.parse(reading?.takenAt ?? ''));
  if (times.length === 0) return undefined;
  const [first, last] = [clockText(Math.min(...times), now), clockText(Math.max(...times), now)];
  return l10n.t('Updated {0}', first === last ? first : `${first} – ${last}`);
}

function join(texts: readonly (string | undefined)[]): string | undefined {
  return texts.filter(text => text !== undefined).join(GAP) || undefined;
}
