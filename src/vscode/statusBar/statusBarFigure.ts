import * as l10n from '@vscode/l10n';
import { isPast } from '../../core/nextChange.ts';
import { isExpiring, timeLeft } from '../../core/quota/ends.ts';
import { isPaused } from '../../core/quota/failure.ts';
import { headroomOf, shareLeft } from '../../core/quota/headroom.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { isSpendUnit } from '../../core/quota/unit.ts';
import { shareLeftText } from '../../text/amount.ts';
import { figureText, isAssumed, noticeText, resetNotice, takenText } from '../../text/keyTexts.ts';
import { usedOfTotalText, withWindowName } from '../../text/quotaWindow.ts';
import { spentTodayText } from '../../text/spend.ts';
import { isFarAhead, timeLeftText as leftText } from '../../text/time.ts';
import { unreadableTexts } from '../../text/unreadableText.ts';
import type { StatusBarStyle } from '../host/statusBarChoices.ts';

const CELLS = 8;

/** The styles that show more than an icon. */
type FigureStyle = Exclude<StatusBarStyle, 'icon'>;

/**
 * What the status bar says about a key besides its name. A key for which the style has no answer, such as
 * a share without a total, shows its amount.
 */
export function styledFigure(key: KeyState, style: FigureStyle, now: number): string | undefined {
  switch (style) {
    case 'percent':
      return shareText(key, shareLeftText) ?? figureText(key);
    case 'bar':
      return shareText(key, barText) ?? figureText(key);
    case 'used':
      return usedText(key) ?? figureText(key);
    case 'time':
      return timeLeftText(key, now) ?? figureText(key);
    case 'today':
      return todayText(key, now) ?? figureText(key);
    default:
      return figureText(key);
  }
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

function shareText(key: KeyState, word: (share: number) => string): string | undefined {
  const headroom = headroomOf(key.reading);
  const share = shareLeft(headroom);
  return share === undefined ? undefined : withWindowName(word(share), headroom);
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
