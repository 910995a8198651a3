import type { CheckState } from '../../core/ports/checkTables.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Store } from '../../core/ports/store.ts';
import { afterConfirmation } from '../../core/quota/confirmFailure.ts';
import type { Failure } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { NEVER_DUE } from '../../core/team/servedKey.ts';
import { readLimiterOf } from '../../gateways/credentialSpec.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import type { Claim } from '../requests/claim.ts';
import { knownOfSite } from '../requests/knownSites.ts';
import { isMistaken, withoutReading } from '../requests/mistakenReadings.ts';
import { nextFreeAt } from '../requests/nextFreeAt.ts';
import { type OwnLimiterParts, ownLimiter } from '../requests/ownLimiter.ts';
import { changeAt } from './changeAt.ts';
import type { Outcome } from './check.ts';
import { nextDueAt } from './nextDueAt.ts';
import { recordListedKeys } from './recordListedKeys.ts';
import { appendToHistory, unchangedSince } from './recordReading.ts';

/** After this many intervals without a check, the key was paused or the computer asleep. */
const AFTER_PAUSE = 1.5;

/** How the outcome of a check is recorded, and the next check is planned. */
export interface RecordOptions {
  readonly intervalMs: number;
  readonly now: number;
  readonly chance: number;
  /** Whether other keys are checked at the same moments, whose calls are not paced. */
  readonly mayBurst?: boolean;
  /** When these are due, epoch milliseconds. */
  readonly dueOfOthers?: readonly number[];
  /** When keys of other gateways are due, epoch milliseconds. */
  readonly dueElsewhere?: readonly number[];
  /** Our own keys that may be in the account's list, by id. */
  readonly ownKeys?: readonly string[];
  readonly failureWords?: Log['failureWords'];
}

/** What recording a check has changed. */
export interface Recorded {
  readonly state: CheckState;
  /** The states of other keys that were read, or are to be asked, because of this check. */
  readonly others: readonly CheckState[];
  /** For the log, when the kind of failure changed. */
  readonly logLine?: string;
}

/**
 * Writes down what came of a check, if the claim still stands: an answer that comes after its claim ended
 * is dropped, because another window may have asked since.
 */
export function recordOutcome(
  parts: OwnLimiterParts & { readonly store: Store },
  claim: Claim,
  outcome: Outcome,
  {
    intervalMs,
    now,
    chance,
    mayBurst = false,
    dueOfOthers = [],
    dueElsewhere = [],
    ownKeys = [],
    failureWords,
  }: RecordOptions,
): Recorded | undefined {
  const { store } = parts;
  const { key, token } = claim;
  return store.transaction(() => {
    if (!store.claims.isHeldBy(key.id, token, now)) return undefined;
    store.claims.releaseClaim(key.id, token);
    const before = store.states.stateOf(key.id);
    if (isMistaken(store, key, outcome, now)) {
      const state = withoutReading(before ?? { keyId: key.id, failures: 0, dueAt: now }, now);
      store.states.saveState(state);
      return { state, others: [] };
    }
    const failure =
      outcome.failure &&
      afterConfirmation(outcome.failure, before?.failure, before?.reading !== undefined, now);
    const failures = failure ? (before?.failures ?? 0) + 1 : 0;
    const reading = outcome.reading ?? before?.reading;
    const heldUntil =
      failure?.class === 'rate-limited' ? freeAtOf(parts, claim, failure, reading, now) : undefined;
    const state: CheckState = {
      keyId: key.id,
      reading,
      failure,
      memory: outcome.memory ?? before?.memory,
      forecast: outcome.reading ? appendToHistory(store, key, outcome, now) : before?.forecast,
      checkedAt: now,
      unchangedSince: unchangedSince(outcome.reading, before, now),
      failures,
      dueAt: dueAtChange(
        nextDueAt({
          failure,
          failures,
          intervalMs,
          now,
          heldUntil,
          chance,
          spreads: mayBurst && isAfterPause(before, intervalMs, now),
          others: dueOfOthers,
          elsewhere: dueElsewhere,
        }),
        heldUntil,
        changeAt(reading, before?.reading, intervalMs, now),
      ),
    };
    // A served key is never due here, also after a person had it asked once.
    if (isServed(store, key.id, before))
      Object.assign(state, { readFrom: before?.readFrom, dueAt: NEVER_DUE });
    store.states.saveState(state);
    const others = recordListedKeys(parts, key, outcome, { ownKeys, intervalMs, now });
    return { state, others, logLine: logLineOf(key.label, before?.failure, failure, failureWords) };
  });
}

function isServed(store: Store, keyId: string, before: CheckState | undefined): boolean {
  const server = before?.readFrom === undefined ? undefined : store.keys.findKey(before.readFrom);
  const isServer = server !== undefined && gatewayOf(server.kind)?.isServer === true;
  return isServer && store.accountLinks.linkOf(keyId)?.stands === true;
}

/** When the key can be checked again: the check may have failed at a call to another limiter than its first. */
function freeAtOf(
  parts: OwnLimiterParts & { readonly store: Store },
  claim: Claim,
  { until = 0 }: Failure,
  last: Reading | undefined,
  now: number,
): number | undefined {
  const freeAt = Math.max(until, limiterFreeAt(parts, claim, last, now) ?? 0);
  return freeAt > 0 ? freeAt : undefined;
}

/** When the limiter of the key's next check has room. */
function limiterFreeAt(
  parts: OwnLimiterParts & { readonly store: Store },
  { key, gateway }: Claim,
  last: Reading | undefined,
  now: number,
): number | undefined {
  const known = knownOfSite(parts.store, key.baseUrl, now);
  const name = readLimiterOf(gateway, key.credential, known, last);
  const limiter = gateway.limiters[name];
  if (!limiter) return undefined;
  const own = ownLimiter(parts, key.baseUrl, name, limiter, now);
  return nextFreeAt(parts.store.requests, key.baseUrl, name, own, now);
}

/** A key is checked just after a reset or its end, but not before its limiter allows it. */
function dueAtChange(dueAt: number, heldUntil: number | undefined, change: number | undefined): number {
  if (change === undefined) return dueAt;
  return Math.min(dueAt, Math.max(change, heldUntil ?? 0));
}

function logLineOf(
  label: string,
  before: Failure | undefined,
  after: Failure | undefined,
  wordsOf: Log['failureWords'] = ({ class: name, reason }) => `${name} (${reason})`,
): string | undefined {
  if (before?.reason === after?.reason) return undefined;
  return after ? `“${label}”: ${wordsOf(after)}` : `“${label}” answers again`;
}

/** Whether a key was not checked for a while, as after a start, when the checks of all keys are one burst. */
function isAfterPause(before: CheckState | undefined, intervalMs: number, now: number): boolean {
  return before?.checkedAt === undefined || now - before.checkedAt > AFTER_PAUSE * intervalMs;
}
