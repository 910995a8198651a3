import { currentForecast, withoutEnd } from '../../core/forecast/currentForecast.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { CheckState } from '../../core/ports/tables.ts';
import type { Failure } from '../../core/quota/failure.ts';
import { staleAfter } from '../../core/quota/freshness.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { levelOf } from '../../core/quota/low.ts';
import { readingAt } from '../../core/quota/resets.ts';
import { statusOf } from '../../core/quota/status.ts';
import type { Status } from '../../core/quota/statusName.ts';
import { failureMessage } from './failureMessage.ts';

export interface KeyStateParts {
  readonly key: KeyRecord;
  readonly state: CheckState;
  readonly intervalMs: number;
  /** When the request budget has room again, while it has none. */
  readonly heldUntil?: number;
  /** Why this window cannot ask; it outranks what was stored. */
  readonly obstacle?: Failure;
}

/** What is known about one key, as everyone is to see it now. */
export function keyStateOf(parts: KeyStateParts, settings: Settings, now: number): KeyState {
  const { key, state, intervalMs, heldUntil = 0, obstacle } = parts;
  const failure = obstacle ?? state.failure;
  const paused = obstacle !== undefined || state.dueAt === undefined;
  const nextCheckAt = paused ? undefined : iso(Math.max(state.dueAt, heldUntil));
  const status = statusOf({
    ...state,
    failure,
    now,
    low: settings.low,
    staleAfterMs: staleAfter(intervalMs),
  });
  const reading = state.reading && readingAt(state.reading, now);
  const isLasting = !OVER.has(status) && levelOf(reading) !== undefined;
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
      message: failureMessage(failure, key, now),
      reason: failure.reason,
      retryAt: nextCheckAt,
    },
    forecast: isLasting ? currentForecast(state.forecast, now) : withoutEnd(state.forecast),
    checkedAt: iso(state.checkedAt),
    nextCheckAt,
  };
}

/** What is over lasts until no day to come. */
const OVER: ReadonlySet<Status> = new Set(['expired', 'exhausted', 'disabled', 'invalid']);

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
