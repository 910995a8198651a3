import { currentForecast, withoutEnd } from '../../core/forecast/currentForecast.ts';
import { originAndBaseUrl } from '../../core/input/baseUrl.ts';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import { noteChangeAt } from '../../core/nextChange.ts';
import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { checksPaused, type Failure } from '../../core/quota/failure.ts';
import { staleAfter } from '../../core/quota/freshness.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { KeySpend, KeyState, SpendInUnit } from '../../core/quota/keyState.ts';
import { levelOf } from '../../core/quota/low.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { readingAt } from '../../core/quota/resets.ts';
import { statusOf } from '../../core/quota/status.ts';
import { UNUSABLE } from '../../core/quota/statusName.ts';
import { type Unit, unitId } from '../../core/quota/unit.ts';
import type { SpendingProgress } from '../../core/spendingLimits/spendingLimit.ts';
import { NEVER_DUE, serverIdOf } from '../../core/team/servedKey.ts';
import { isoTime, MINUTE_MS } from '../../core/time.ts';
import type { FailureSubject } from '../../text/failure.ts';
import { failureMessage } from './failureMessage.ts';

/** How much of a key's limits is spent, by its spend in a unit. Absent where it has none. */
export type LimitsOf = (
  keyId: string,
  spend: KeySpend | undefined,
  unit: Unit | undefined,
  now: number,
) => readonly SpendingProgress[] | undefined;

/** What the public state of a key is made from. */
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
  /** See `KeyState.listedBy`. */
  readonly listedBy?: KeyRecord;
  /** See `PolledKey.accountDueAt`. */
  readonly accountDueAt?: number;
  readonly spend?: SpendInUnit;
  readonly limitsOf?: LimitsOf;
  /** See `PolledKey.isServed`. */
  readonly isServed?: boolean;
  /** See `PolledKey.serverFailure`. */
  readonly serverFailure?: Failure;
  /** Why this window cannot ask; it outranks what was stored. */
  readonly obstacle?: Failure;
}

/** What is known about one key, as everyone is to see it now. */
export function keyStateOf(parts: KeyStateParts, settings: Settings, now: number): KeyState {
  const { key, state, intervalMs, heldUntil = 0, obstacle } = parts;
  // What makes a key unusable stays true while the key is paused; its failure is then the pause, which is why nothing
  // newer is known.
  const pausedAt = key.pausedAt ?? parts.account?.pausedAt;
  const pause = pausedAt === undefined ? undefined : checksPaused(pausedAt);
  const concluded = pause ? state.failure : (obstacle ?? state.failure);
  // The failure of a server is not one of the key.
  const serverTrouble = parts.account && parts.serverFailure;
  const failure = pause ?? (serverTrouble ? { ...serverTrouble, class: 'transient' as const } : concluded);
  // A key whose account is not asked in time is asked itself.
  const dueAt = Math.min(state.dueAt ?? 0, parts.accountDueAt ?? Number.POSITIVE_INFINITY);
  const isAsked = !pause && obstacle === undefined && state.dueAt !== undefined && dueAt < NEVER_DUE;
  const nextCheckAt = isAsked ? isoTime(Math.max(dueAt, heldUntil)) : undefined;
  const via = serverIdOf(key.id) === undefined ? undefined : parts.account?.label;
  const status = statusOf({
    ...state,
    failure: concluded,
    now,
    low: settings.low,
    staleAfterMs: staleAfter(intervalMs),
  });
  const reading = state.reading && readingAt(state.reading, now);
  const spend = spendIn(spendOf(parts), reading, settings, now);
  const isLasting = !UNUSABLE.has(status) && levelOf(reading) !== undefined;
  return {
    id: key.id,
    label: key.label,
    kind: key.kind,
    ...originAndBaseUrl(key.baseUrl),
    credential: key.credential,
    pinned: key.pinned,
    ...(via !== undefined && { via }),
    ...(key.note !== undefined && { note: key.note }),
    status,
    reading,
    failure: failure && {
      class: failure.class,
      message: failureMessage(failure, subjectOf(parts, via), now, state.failure),
      reason: failure.reason,
      retryAt: nextCheckAt,
    },
    forecast: isLasting ? currentForecast(state.forecast, now) : withoutEnd(state.forecast),
    spend,
    spendingLimits: parts.limitsOf?.(key.id, spend, reading?.unit, now),
    checkedAt: state.checkedAt === undefined ? undefined : isoTime(state.checkedAt),
    nextCheckAt,
    readFrom: readFrom(parts),
    separatedFrom: named(parts.separatedFrom),
    listedBy: named(parts.listedBy),
    sharedAddress:
      parts.othersAsk && isAsked
        ? { everyMinutes: Math.max(1, Math.round(intervalMs / MINUTE_MS)) }
        : undefined,
  };
}

/** Undefined for another unit, another first day of the month, and a day that is over. */
function spendIn(
  known: SpendInUnit | undefined,
  reading: Reading | undefined,
  { monthBegins }: Settings,
  now: number,
): KeyState['spend'] {
  const isAsked = reading && known?.unitId === unitId(reading.unit) && known.monthBegins === monthBegins;
  if (!isAsked || known.day !== dayOf(now)) return undefined;
  noteChangeAt(startOfDay(known.day + 1));
  return known.spend;
}

function named(key: KeyRecord | undefined): KeyState['listedBy'] {
  return key && { id: key.id, label: key.label };
}

function readFrom({ account, isServed }: KeyStateParts): KeyState['readFrom'] {
  return account && { id: account.id, label: account.label, ...(isServed && { isServer: true }) };
}

/** The key that a failure is about; the key's server where that is silent or paused. */
function subjectOf({ key, account, serverFailure }: KeyStateParts, via: string | undefined): FailureSubject {
  return account && (serverFailure ?? account.pausedAt) !== undefined ? account : { ...key, via };
}

/**
 * For a served key, the spend that its server tells; while the server is silent, it counts until the server told it.
 */
function spendOf({ key, state, spend, isServed, serverFailure }: KeyStateParts): SpendInUnit | undefined {
  const told = isServed ? state.memory?.toldSpend : undefined;
  if (!told) return serverIdOf(key.id) === undefined ? spend : undefined;
  if (!serverFailure) return told;
  return { ...told, spend: { ...told.spend, until: told.spend.until ?? state.reading?.takenAt } };
}
