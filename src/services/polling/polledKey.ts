import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { endPhase, isExpiring } from '../../core/quota/ends.ts';
import { type Failure, isCheckedSeldom } from '../../core/quota/failure.ts';
import { staleAfter } from '../../core/quota/freshness.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { type PollPace, paceOf } from '../../core/quota/pollPace.ts';
import { statusOf } from '../../core/quota/status.ts';
import { type KnownOfSite, readLimiterOf } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { OwnLimiter } from '../requests/ownLimiter.ts';

/** A key with its gateway, its last state and its place in the poll plan. */
export interface PolledKey {
  readonly key: KeyRecord;
  readonly gateway: Gateway | undefined;
  readonly state: CheckState;
  readonly intervalMs: number;
  readonly limiterName: string;
  /** The part of it that is ours. */
  readonly limiter: OwnLimiter;
  /** Names the limiter that its checks count against, among those of all base URLs. */
  readonly limiterId: string;
  /** Whether its keys together take nearly all its calls. */
  readonly isSaturated: boolean;
  /** Whether so many keys count against its limiter that checks at one moment would be a burst. */
  readonly isOneOfMany: boolean;
  /** Whether many keys of its limiter were added within the last window. */
  readonly isOneOfManyNew: boolean;
  /** Low, soon to expire, or past an end that only the gateway can confirm. */
  readonly urgent: boolean;
  readonly pace: PollPace;
  /** The account whose list the key is read from, so that it is not asked itself. */
  readonly account?: KeyRecord;
  /** When that account is due, epoch milliseconds. */
  readonly accountDueAt?: number;
  /** Whether other keys are read from its list. */
  readonly isAccount?: boolean;
  /** Whether that account is a server, which asks in place of this machine. */
  readonly isServed?: boolean;
  /** Why that server told nothing when it was asked last. */
  readonly serverFailure?: Failure;
}

/** The entry with a newer state; undefined when the others' intervals change with it. */
export function withState(
  entry: PolledKey,
  state: CheckState,
  settings: Settings,
  known: KnownOfSite,
): PolledKey | undefined {
  if (isRarelyChecked(state) !== isRarelyChecked(entry.state)) return undefined;
  if (entry.isAccount || state.readFrom !== undefined || entry.state.readFrom !== undefined) return undefined;
  if (limiterNameOf(entry.key, entry.gateway, state, known) !== entry.limiterName) return undefined;
  if (paceOfKey(entry.key, state, settings, known.now) !== entry.pace) return undefined;
  return { ...entry, state, urgent: isUrgent(state, entry.intervalMs, settings, known.now) };
}

/** Whether a key's checks count against another limiter than when they were planned. */
export function hasOtherLimiter(
  { key, gateway, state, limiterName }: PolledKey,
  known: KnownOfSite,
): boolean {
  return limiterNameOf(key, gateway, state, known) !== limiterName;
}

/** Paused, or checked so seldom after a final failure that it takes no share of the calls. */
export function isRarelyChecked({ dueAt, failure, failures }: CheckState): boolean {
  return dueAt === undefined || (failure !== undefined && isCheckedSeldom(failure, failures));
}

/** How closely a key is followed, by its record and its state; `now` in epoch milliseconds. */
export function paceOfKey(
  { pinned }: KeyRecord,
  state: CheckState,
  settings: Settings,
  now: number,
): PollPace {
  const { unchangedSince, checkedAt, failure } = state;
  const urgent = isUrgent(state, settings.pollMs, settings, now);
  return paceOf({ unchangedSince, checkedAt, pinned, urgent, failing: failure !== undefined }, now);
}

/** The name of the limiter that the next check of a key counts against; empty for a kind that is not known. */
export function limiterNameOf(
  { credential }: KeyRecord,
  gateway: Gateway | undefined,
  { reading }: CheckState,
  known: KnownOfSite,
): string {
  return gateway ? readLimiterOf(gateway, credential, known, reading) : '';
}

/** See `PolledKey.urgent`. */
export function isUrgent(state: CheckState, intervalMs: number, { low }: Settings, now: number): boolean {
  // Staleness is left out: a key that was low when it was last asked stays urgent, however old that is.
  const status = statusOf({ ...state, now, low, staleAfterMs: Number.POSITIVE_INFINITY });
  const phase = endPhase({ ...state, staleAfterMs: staleAfter(intervalMs) }, now);
  return status === 'low' || phase === 'doubtful' || isExpiring({ ...state, status }, now);
}
