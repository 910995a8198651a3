import type { Limiter } from '../gateways/gateway.ts';
import { type Failure, isLasting } from '../quota/failure.ts';

const MAX_BACKOFF = 16;
const JITTER = 0.1;
/** A figure this old is doubtful even if it is asked for seldom. */
const MIN_STALE_MS = 15 * 60_000;

/** How much of a crowded gateway's calls a key gets, against 1 for an ordinary one. */
const PINNED_WEIGHT = 8;
const URGENT_WEIGHT = 2;

export interface Contender {
  readonly id: string;
  readonly origin: string;
  /** Which of the origin's limiters its checks count against; keys of different ones do not crowd. */
  readonly limiterName: string;
  /** Not asked at present, so it takes nobody's place. */
  readonly paused: boolean;
  readonly pinned: boolean;
  /** Low, or soon to expire. */
  readonly urgent: boolean;
  readonly limiter: Limiter;
  /** What the user wants between two checks. */
  readonly wantedMs: number;
}

/**
 * How long to wait between two checks of each key: what the user wants, or longer, so that all keys of an
 * origin together stay within its request budget.
 */
export function intervalsOf(contenders: readonly Contender[]): Map<string, number> {
  const crowds = new Map<string, number>();
  for (const contender of contenders) {
    if (contender.paused) continue;
    const crowd = crowdOf(contender);
    crowds.set(crowd, (crowds.get(crowd) ?? 0) + weightOf(contender));
  }
  return new Map(
    contenders.map(contender => {
      const { calls, windowMs } = contender.limiter;
      const weight = weightOf(contender);
      const crowd = (crowds.get(crowdOf(contender)) ?? 0) + (contender.paused ? weight : 0);
      const fairMs = ((windowMs / calls) * crowd) / weight;
      return [contender.id, Math.max(contender.wantedMs, fairMs)];
    }),
  );
}

function crowdOf({ origin, limiterName }: Contender): string {
  return `${origin} ${limiterName}`;
}

function weightOf({ pinned, urgent }: Contender): number {
  if (pinned) return PINNED_WEIGHT;
  return urgent ? URGENT_WEIGHT : 1;
}

export interface Checked {
  readonly failure?: Failure;
  /** Failed checks in a row, this one included. */
  readonly failures: number;
  readonly intervalMs: number;
  readonly now: number;
  /** When the gateway or our budget allows the next call, where that is known to be later. */
  readonly heldUntil?: number;
  /** 0 to 1, to spread checks that would fall together. */
  readonly chance: number;
}

/** When a key is due again; undefined when asking is pointless until something changes. */
export function nextDue({
  failure,
  failures,
  intervalMs,
  now,
  heldUntil,
  chance,
}: Checked): number | undefined {
  if (failure && isLasting(failure)) return undefined;
  const spread = 1 - JITTER + 2 * JITTER * chance;
  const backoff = failure ? Math.min(MAX_BACKOFF, 2 ** Math.max(0, failures - 1)) : 1;
  const due = now + Math.round(intervalMs * backoff * spread);
  if (heldUntil === undefined) return due;
  return heldUntil + Math.round(JITTER * chance * intervalMs);
}

/** From what age on a reading no longer speaks for the present: two checks were missed. */
export function staleAfter(intervalMs: number): number {
  return Math.max(MIN_STALE_MS, intervalMs * 2.5);
}
