import * as l10n from '@vscode/l10n';
import { isPast } from '../core/nextChange.ts';
import { endOf, isExpiring } from '../core/quota/ends.ts';
import { isPaused } from '../core/quota/failure.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { unknownSince } from '../core/quota/resets.ts';
import { MINUTE_MS } from '../core/time.ts';
import { joinClauses } from './clauses.ts';
import { blockedStatusText, failureStatusText, secretStatusText } from './failureStatus.ts';
import { figureOfTotalText, figureText, isLeft } from './keyFigure.ts';
import { routeStatusText } from './routeStatus.ts';
import { statusText } from './status.ts';
import { clockText, relativeText } from './time.ts';
import { unreadableTexts } from './unreadableText.ts';

/**
 * The notice beside the figure: a status that is not ok, an end within days, a check that failed. The end may be left out
 * where it stands beside.
 */
export function noticeText(state: KeyState, now: number, { withEnd = true } = {}): string | undefined {
  const { status, reading, failure } = state;
  if (isPaused(state)) return pausedNotice(state, now);
  if (status === 'unknown' && failure) return failureStatusText(failure);
  if (status === 'stale')
    return resetNotice(state, now) ?? routeStatusText(failure?.reason) ?? staleText(state);
  const words = [
    status !== 'ok' ? stateText(state) : withEnd ? endText(state, now) : undefined,
    ...unreadableTexts(reading),
    failure && reading ? agedText(state, now) : undefined,
  ];
  return joinNotices(words);
}

function joinNotices(texts: readonly (string | undefined)[]): string | undefined {
  return texts.filter(text => text !== undefined).join(' · ') || undefined;
}

/** What the gateway said before the key was paused. Being stale is left out, since the age shows it. */
function pausedStatusWord(state: KeyState): string | undefined {
  const isToldByAge = state.status === 'ok' || state.status === 'stale' || state.status === 'unknown';
  return isToldByAge ? undefined : stateText(state);
}

/** The notice beside the figure of a paused key. */
function pausedNotice(state: KeyState, now: number): string | undefined {
  return joinNotices([pausedStatusWord(state), ...pausedTexts(state, now)]);
}

/** Says that the checks are paused and when the figure was taken, which may be before a reset. */
function pausedTexts(state: KeyState, now: number): readonly (string | undefined)[] {
  const paused = state.reading
    ? l10n.t('checks paused, as of {0}', ageText(state, now))
    : l10n.t('checks paused');
  return [...unreadableTexts(state.reading), resetNotice(state, now), paused];
}

/** The status in words. A missing secret is named as such, since no gateway has refused it. */
export function stateText({ status, failure }: KeyState): string {
  return (status === 'invalid' ? secretStatusText(failure?.reason) : undefined) ?? statusText(status);
}

/** Says that a figure is old, and why there is no newer one where neither the network nor the gateway is the reason. */
function staleText({ status, failure }: KeyState): string {
  const why = blockedStatusText(failure);
  return why === undefined ? statusText(status) : `${statusText(status)} · ${why}`;
}

/** Why a figure is old, where something is known to be the reason. */
export function staleReason(state: KeyState, now: number): string | undefined {
  const { failure } = state;
  return resetNotice(state, now) ?? routeStatusText(failure?.reason) ?? blockedStatusText(failure);
}

/** Says that a quota window has been reset, so that its figure is no longer valid, and since when. */
export function resetNotice({ reading }: KeyState, now: number): string | undefined {
  const at = reading && unknownSince(reading, now);
  return at === undefined ? undefined : l10n.t('unknown since the reset {0}', relativeText(at, now));
}

/** Whether the figure counts with this status; the others make it meaningless. */
function hasCurrentFigure(status: KeyState['status']): boolean {
  return status === 'ok' || status === 'low';
}

/** When an old figure was taken; also that the last check failed, where the status does not say so. */
function agedText(state: KeyState, now: number): string {
  return hasCurrentFigure(state.status) ? failedText(state, now) : takenText(state, now);
}

/** Says that the last check failed, or that none can be made, and when the figure was taken. */
function failedText(state: KeyState, now: number): string {
  if (state.failure?.reason === 'offline') return l10n.t('no network, as of {0}', ageText(state, now));
  return l10n.t('check failed, as of {0}', ageText(state, now));
}

function endText(state: KeyState, now: number): string | undefined {
  const end = isExpiring(state, now) ? endOf(state.reading) : undefined;
  return end && l10n.t('expires {0}', relativeText(end.at, now));
}

/**
 * When the figure was taken: a time of day while it is fresh, then a distance. A time of day does not change by itself,
 * so an open tooltip is not redrawn.
 */
export function ageText({ reading, status }: KeyState, now: number): string {
  if (!reading) return l10n.t('not yet');
  return status === 'stale' ? relativeText(reading.takenAt, now) : clockText(reading.takenAt, now);
}

/**
 * When the figure was taken, to show beside it. A failed check took no figure, so “checked” is not used for an old one.
 */
export function takenText(state: KeyState, now: number): string {
  const isLatest = state.status !== 'stale' && !state.failure;
  return isLatest ? l10n.t('updated {0}', ageText(state, now)) : l10n.t('as of {0}', ageText(state, now));
}

/** How late a check may be before “due since” is shown. */
const OVERDUE_AFTER_MS = MINUTE_MS;

/** When the gateway will be asked again, or why it will not be. */
export function nextCheckText({ nextCheckAt, failure }: KeyState, now: number): string {
  if (failure?.reason === 'secret-unanswered') return l10n.t('as soon as the key ring responds');
  if (failure?.reason === 'offline' && !nextCheckAt) return l10n.t('as soon as there is a network');
  if (failure?.class === 'paused') return l10n.t('paused until you resume the checks');
  if (!nextCheckAt) return l10n.t('paused until the key changes or you refresh it');
  const isOverdue = isPast(Date.parse(nextCheckAt) + OVERDUE_AFTER_MS, now);
  return isOverdue ? l10n.t('overdue since {0}', clockText(nextCheckAt, now)) : clockText(nextCheckAt, now);
}

/** Why there is no figure, or only an old one, in the words that the tree shows beside the key. */
function noFigureText({ status, failure }: KeyState): string | undefined {
  if (status === 'unknown') return failure && failureStatusText(failure);
  return status === 'stale' ? (routeStatusText(failure?.reason) ?? blockedStatusText(failure)) : undefined;
}

/** One key as a sentence for screen readers. */
export function spokenText(state: KeyState, now: number, figure = figureText(state)): string {
  const parts = [state.label, stateText(state)];
  const whole = figureOfTotalText(state, figure);
  if (whole !== undefined) parts.push(isLeft(state) ? l10n.t('{0} left', whole) : whole);
  if (isPaused(state)) {
    const texts = pausedTexts(state, now).filter(text => text !== undefined);
    return joinClauses([...parts, ...texts]);
  }
  const beside = [
    noFigureText(state),
    resetNotice(state, now),
    endText(state, now),
    ...unreadableTexts(state.reading),
  ];
  for (const text of beside) if (text !== undefined) parts.push(text);
  if (!state.reading) return joinClauses(parts);
  const isFailed = state.failure && hasCurrentFigure(state.status);
  parts.push(isFailed ? failedText(state, now) : takenText(state, now));
  return joinClauses(parts);
}
