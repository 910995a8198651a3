import { CONFIRM_MS } from '../../core/quota/confirmFailure.ts';
import { type Failure, isCheckedSeldom, isLasting } from '../../core/quota/failure.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { freeMoment } from './freeMoment.ts';

const MAX_BACKOFF = 16;
/** The longest pause by backoff alone; intervals may be longer where little of a limiter is ours. */
const MAX_BACKOFF_MS = 4 * HOUR_MS;

const JITTER = 0.1;
const MAX_JITTER_MS = 30 * SECOND_MS;
/** Between two checks of a key with a final failure. */
const MIN_LASTING_MS = 4 * HOUR_MS;
const MAX_LASTING_MS = DAY_MS;
const MIN_RETRY_MS = MINUTE_MS;

/** The least part of its interval after which a key is checked again that was checked together with others. */
const MIN_SPREAD = 1 / 3;

/** What is known after a check, to plan the next one. Times in epoch milliseconds. */
export interface CheckResult {
  readonly failure?: Failure;
  /** Failed checks in a row, this one included. */
  readonly failures: number;
  readonly intervalMs: number;
  readonly now: number;
  /** When the gateway or the request budget allows the next call, if that is later. */
  readonly heldUntil?: number;
  /** 0 to 1: where in the jitter the check falls. */
  readonly chance: number;
  /** Checked together with others that would stay together: its next check comes earlier by chance. */
  readonly spreads?: boolean;
  /** When other keys of its limiter are due, where that is to be at even distances. */
  readonly others?: readonly number[];
  /** When keys of other gateways are due: its next check is made together with one of them where the jitter allows it. */
  readonly elsewhere?: readonly number[];
}

/** When a key is due again, epoch milliseconds: after its interval, with backoff after failures, and jitter. */
export function nextDueAt({
  failure,
  failures,
  intervalMs,
  now,
  heldUntil = now,
  chance,
  spreads = false,
  others = [],
  elsewhere = [],
}: CheckResult): number {
  const since = failure?.since ?? now;
  // As soon as a repeated refusal would confirm it.
  if (failure?.doubted) return Math.max(now + MIN_RETRY_MS, since + CONFIRM_MS);
  if (failure && isCheckedSeldom(failure, failures)) {
    // Exponential backoff: after 4, 8, 16 hours, then once a day.
    const grownMs = isLasting(failure) ? now - since : MIN_LASTING_MS * 2 ** (failures - 2);
    const waitMs = Math.min(MAX_LASTING_MS, Math.max(MIN_LASTING_MS, grownMs));
    return now + waitMs + jitter(waitMs, chance);
  }
  if (spreads && !failure) return now + Math.round(intervalMs * (MIN_SPREAD + (1 - MIN_SPREAD) * chance));
  // Our own budget is no refusal, so there is no backoff.
  if (failure?.reason === 'own-budget' && heldUntil > now) return heldUntil + jitter(intervalMs, chance);
  const backoff = failure ? Math.min(MAX_BACKOFF, 2 ** Math.max(0, failures - 1)) : 1;
  const waitMs = Math.max(intervalMs, Math.min(MAX_BACKOFF_MS, intervalMs * backoff));
  // A gateway that asks for a pause of a second each time must not be asked every second.
  if (heldUntil > now + waitMs) return heldUntil + jitter(intervalMs, chance);
  const [dueAt, most] = [now + waitMs, jitterOf(waitMs)];
  const wanted = Math.round(dueAt + (2 * chance - 1) * most);
  if (failure) return wanted;
  return freeMoment(
    [Math.round(dueAt - most), Math.round(dueAt + most)],
    wanted,
    others,
    waitMs / (others.length + 1),
    elsewhere,
  );
}

function jitter(waitMs: number, chance: number): number {
  return Math.round(chance * jitterOf(waitMs));
}

/** How far a check may fall from its wait, either way: a tenth of that, at most 30 s. */
export function jitterOf(waitMs: number): number {
  return Math.min(JITTER * waitMs, MAX_JITTER_MS);
}
