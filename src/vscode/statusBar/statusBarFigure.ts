import * as l10n from '@vscode/l10n';
import { isPast } from '../../core/nextChange.ts';
import { isExpiring, timeLeft } from '../../core/quota/ends.ts';
import { isPaused } from '../../core/quota/failure.ts';
import { headroomOf, shareLeft } from '../../core/quota/headroom.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { isSpendUnit } from '../../core/quota/unit.ts';
import { tightestLimit } from '../../core/spendingLimits/spendingLimit.ts';
import { areFiguresHidden, HIDDEN } from '../../text/hiddenFigures.ts';
import { figureText, isAssumed } from '../../text/keyFigure.ts';
import { noticeText, resetNotice, takenText } from '../../text/keyTexts.ts';
import { shareLeftText } from '../../text/percent.ts';
import { usedOfTotalText, withWindowName } from '../../text/quotaWindow.ts';
import { spentMonthText, spentTodayText } from '../../text/spend.ts';
import { limitText } from '../../text/spendingLimit.ts';
import { isFarAhead, timeLeftText as leftText } from '../../text/time.ts';
import { unreadableTexts } from '../../text/unreadableText.ts';
import type { StatusBarStyle } from '../host/statusBarChoices.ts';
import { fillTemplate } from './statusBarTemplate.ts';

const CELLS = 8;

/** The styles that show more than an icon. */
type FigureStyle = Exclude<StatusBarStyle, 'icon' | 'template'>;

/**
 * What the status bar says about a key besides its name. A key for which the style has no answer, such as
 * a share without a total, shows its amount.
 */
export function styledFigure(key: KeyState, style: FigureStyle, now: number): string | undefined {
  return ownFigure(key, style, now) ?? figureText(key);
}

/** What the style itself has to say of a key; undefined where its amount takes the place. */
export function ownFigure(key: KeyState, style: FigureStyle, now: number): string | undefined {
  switch (style) {
    case 'percent':
      return shareText(key, shareLeftText);
    case 'bar':
      return shareText(key, barText);
    case 'barAmount':
      if (areFiguresHidden()) return figureText(key);
      return joinTexts(shareText(key, barText, { withName: false }), figureText(key));
    case 'used':
      return usedText(key);
    case 'time':
      return timeLeftText(key, now);
    case 'today':
      return todayText(key, now);
    case 'limit':
      return ownLimitText(key);
    default:
      return figureText(key);
  }
}

/** A text by a template; absent where nothing in it is known. A label is given as it is to be shown. */
export function templateText(key: KeyState, template: string, label: string, now: number): string {
  return fillTemplate(template, field => {
    switch (field) {
      case 'name':
        return label;
      case 'left':
        return figureText(key);
      case 'percent':
        return shareText(key, shareLeftText, { withName: false });
      case 'bar':
        return shareText(key, barText, { withName: false });
      case 'used':
        return usedText(key);
      case 'today':
        return todayText(key, now);
      case 'month':
        return monthText(key, now);
      case 'limit':
        return ownLimitText(key);
      case 'time':
        return timeLeftText(key, now);
      case 'status':
        return styledNotice(key, 'amount', now);
    }
  });
}

/**
 * The notice beside that figure, mainly its age when it is old; an end is left out where the figure itself shows it.
 */
export function styledNotice(key: KeyState, style: FigureStyle, now: number): string | undefined {
  if (key.status === 'stale' && key.reading && !isPaused(key)) {
    return resetNotice(key, now) ?? takenText(key, now);
  }
  const isAlreadyShown = style === 'time' && key.status === 'ok' && !key.failure && isExpiring(key, now);
  return isAlreadyShown ? unreadableTexts(key.reading).join(' · ') || undefined : noticeText(key, now);
}

function shareText(
  key: KeyState,
  word: (share: number) => string,
  { withName = true } = {},
): string | undefined {
  const headroom = headroomOf(key.reading);
  const share = shareLeft(headroom);
  if (share === undefined) return undefined;
  if (areFiguresHidden()) return HIDDEN;
  return withName ? withWindowName(word(share), headroom) : word(share);
}

function joinTexts(...texts: readonly (string | undefined)[]): string | undefined {
  return texts.filter(text => text !== undefined).join(' ') || undefined;
}

/** How much is spent of the tightest of the person's own limits. */
function ownLimitText({ spendingLimits }: KeyState): string | undefined {
  const tightest = spendingLimits && tightestLimit(spendingLimits);
  return tightest && limitText(tightest.progress);
}

function monthText(key: KeyState, now: number): string | undefined {
  const spent = spentMonthText(key, now);
  return spent && l10n.t('{0} this month', isAssumed(key) ? `≈ ${spent}` : spent);
}

/** Full only when nothing is used, empty only when nothing is left. */
function barText(share: number): string {
  const between = Math.min(CELLS - 1, Math.max(1, Math.round(share * CELLS)));
  const full = share >= 1 ? CELLS : share <= 0 ? 0 : between;
  return '■'.repeat(full) + '□'.repeat(CELLS - full);
}

function usedText(key: KeyState): string | undefined {
  const headroom = headroomOf(key.reading);
  const text = usedOfTotalText(headroom);
  if (!key.reading || text === undefined) return undefined;
  return withWindowName(isAssumed(key) && isSpendUnit(headroom.unit) ? `≈ ${text}` : text, headroom);
}

function todayText(key: KeyState, now: number): string | undefined {
  const spent = spentTodayText(key, now);
  return spent && l10n.t('{0} today', isAssumed(key) ? `≈ ${spent}` : spent);
}

/** The time until the key ends or, at its current rate, is used up: whichever is sooner. */
function timeLeftText(key: KeyState, now: number): string | undefined {
  const left = timeLeft(key, now);
  const ends = left === undefined ? Number.POSITIVE_INFINITY : now + left;
  const { lastsUntil } = key.forecast ?? {};
  const lasts = lastsUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(lastsUntil);
  if (lasts < ends && !isPast(lasts, now)) return l10n.t('about {0} left', leftText(lasts, now));
  return Number.isFinite(ends) && !isFarAhead(ends, now)
    ? l10n.t('{0} left', leftText(ends, now))
    : undefined;
}
