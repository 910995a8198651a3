import { currentForecast, withoutEnd } from '../../core/forecast/currentForecast.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { CheckState } from '../../core/ports/tables.ts';
import { checksPaused, type Failure } from '../../core/quota/failure.ts';
import { staleAfter } from '../../core/quota/freshness.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeyState, SpendInUnit } from '../../core/quota/keyState.ts';
import { levelOf } from '../../core/quota/low.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { readingAt } from '../../core/quota/resets.ts';
import { statusOf } from '../../core/quota/status.ts';
import type { Status } from '../../core/quota/statusName.ts';
import { unitId } from '../../core/quota/unit.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { failureMessage } from './failureMessage.ts';

export interface KeyStateParts {
  readonly key: KeyRecord;
  readonly state: CheckState;
  readonly intervalMs: number;
  /** See `OwnLimiter.othersAsk`. */
  readonly othersAsk?: boolean;
  /** When the request budget has room again, while it has none. */
  readonly heldUntil?: number;
  /** See `PolledKey.account`. */
  readonly account?: KeyRecord;
  /** See `KeyState.separatedFrom`. */
  readonly separatedFrom?: KeyRecord;
  /** See `PolledKey.accountDueAt`. */
  readonly accountDueAt?: number;
  readonly spend?: SpendInUnit;
  /** Why this window cannot ask; it outranks what was stored. */
  readonly obstacle?: Failure;
}

/** What is known about one key, as everyone is to see it now. */
export function keyStateOf(parts: KeyStateParts, settings: Settings, now: number): KeyState {
  const { key, state, intervalMs, heldUntil = 0, obstacle } = parts;
  // What makes a key unusable stays true while it is paused; that it is paused is why nothing newer is known.
  const pause = key.pausedAt === undefined ? undefined : checksPaused(key.pausedAt);
  const concluded = pause ? state.failure : (obstacle ?? state.failure);
  const failure = pause ?? concluded;
  const isAsked = !pause && obstacle === undefined && state.dueAt !== undefined;
  // Where its account is not asked in time, the key is.
  const dueAt = Math.min(state.dueAt ?? 0, parts.accountDueAt ?? Number.POSITIVE_INFINITY);
  const nextCheckAt = isAsked ? iso(Math.max(dueAt, heldUntil)) : undefined;
  const status = statusOf({
    ...state,
    failure: concluded,
    now,
    low: settings.low,
    staleAfterMs: staleAfter(intervalMs),
  });
  const reading = state.reading && readingAt(state.reading, now);
  const isLasting = !STATUSES_WITHOUT_FORECAST.has(status) && levelOf(reading) !== undefined;
  return {
    id: key.id,
    label: key.label,
    kind: key.kind,
    origin: key.origin,
    credential: key.credential,
    pinned: key.pinned,
    status,
    reading,
    failure: failure && {
      class: failure.class,
      message: failureMessage(failure, key, now, state.failure),
      reason: failure.reason,
      retryAt: nextCheckAt,
    },
    forecast: isLasting ? currentForecast(state.forecast, now) : withoutEnd(state.forecast),
    spend: spendIn(parts.spend, reading),
    checkedAt: iso(state.checkedAt),
    nextCheckAt,
    readFrom: named(parts.account),
    separatedFrom: named(parts.separatedFrom),
    sharedAddress:
      parts.othersAsk && isAsked
        ? { everyMinutes: Math.max(1, Math.round(intervalMs / MINUTE_MS)) }
        : undefined,
  };
}

function spendIn(known: SpendInUnit | undefined, reading: Reading | undefined): KeyState['spend'] {
  return reading && known?.unitId === unitId(reading.unit) ? known.spend : undefined;
}

function named(key: KeyRecord | undefined): KeyState['readFrom'] {
  return key && { id: key.id, label: key.label };
}

/** A key in one of these cannot spend, so there is nothing to forecast. */
const STATUSES_WITHOUT_FORECAST: ReadonlySet<Status> = new Set([
  'expired',
  'exhausted',
  'disabled',
  'invalid',
]);

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
