import { isExpiring } from '../quota/attention.ts';
import { headroomOf, shareLeft } from '../quota/headroom.ts';
import type { KeyState } from '../quota/keyState.ts';
import { amountText, headroomText, percentText } from '../words/amount.ts';
import { t } from '../words/l10n.ts';
import { statusWord } from '../words/status.ts';
import { clockText, dateTimeText, relativeText } from '../words/time.ts';

/** The figure to lead with, or undefined while there is none. An assumed unit is marked with `≈`. */
export function figureText(state: KeyState): string | undefined {
  if (!state.reading) return undefined;
  const text =
    headroomText(headroomOf(state.reading), state.reading.unit) ??
    (state.reading.accountKeys && t('keys: {0}', state.reading.accountKeys.length));
  return text !== undefined && isAssumed(state) ? `≈ ${text}` : text;
}

/** Whether the unit is our fallback rather than the gateway's word or the user's. */
export function isAssumed({ reading }: KeyState): boolean {
  return reading?.unit.source === 'default' && reading.unit.code !== 'UNITS';
}

/** The figure with its share of the total, where width is dear: `$12.40 (62%)`. */
export function figureWithShareText(state: KeyState): string | undefined {
  const figure = figureText(state);
  const share = shareLeft(headroomOf(state.reading));
  return figure === undefined || share === undefined ? figure : t('{0} ({1})', figure, percentText(share));
}

/** The figure with its total: `$12.40 of $20.00 (62%)`. */
export function figureOfTotalText(state: KeyState, figure = figureText(state)): string | undefined {
  const { reading } = state;
  if (!reading) return undefined;
  const headroom = headroomOf(reading);
  const share = shareLeft(headroom);
  if (figure === undefined || headroom.total === undefined || share === undefined) return figure;
  return t('{0} of {1} ({2})', figure, amountText(headroom.total, reading.unit), percentText(share));
}

/** What is worth a word beside the figure: a status that is not ok, or an end within days. */
export function noticeText(state: KeyState, now: number): string | undefined {
  if (state.status === 'unknown' && state.failure) return t('no answer');
  if (state.status !== 'ok') return statusWord(state.status);
  return isExpiring(state, now) ? t('ends {0}', relativeText(expiryOf(state) ?? now, now)) : undefined;
}

/** ISO 8601; undefined when the key never ends or nobody knows. */
export function expiryOf({ reading }: KeyState): string | undefined {
  return reading?.expiresAt ?? reading?.plan?.expiresAt ?? undefined;
}

/** `Dec 1, 2026, 9:00 AM (in 10 days)`, `never`, or undefined when unknown. */
export function expiryText(state: KeyState, now: number): string | undefined {
  const expiry = expiryOf(state);
  if (expiry !== undefined) return t('{0} ({1})', dateTimeText(expiry), relativeText(expiry, now));
  return state.reading?.expiresAt === null ? t('never') : undefined;
}

/**
 * When the figure was taken: the time of day while it is fresh, the distance once it is not. The time of
 * day does not change by itself, so an open tooltip stays still.
 */
export function ageText({ reading, status }: KeyState, now: number): string {
  if (!reading) return t('never');
  return status === 'stale' ? relativeText(reading.takenAt, now) : clockText(reading.takenAt, now);
}

/** When the gateway is asked again, or why it is not. */
export function nextCheckText(state: KeyState, now: number): string {
  if (state.nextCheckAt) return clockText(Math.max(Date.parse(state.nextCheckAt), now), now);
  return t('paused until the key changes or you refresh it');
}

/** One key as a sentence for screen readers. */
export function spokenText(state: KeyState, now: number, figure = figureText(state)): string {
  const parts = [state.label, statusWord(state.status)];
  const whole = figureOfTotalText(state, figure);
  if (whole !== undefined) parts.push(headroomOf(state.reading).unlimited ? whole : t('{0} left', whole));
  if (isExpiring(state, now)) parts.push(t('ends {0}', relativeText(expiryOf(state) ?? now, now)));
  if (state.reading) parts.push(t('checked {0}', ageText(state, now)));
  return parts.join(', ');
}
