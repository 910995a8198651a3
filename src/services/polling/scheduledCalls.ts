import type { Limiter } from '../../gateways/limiter.ts';

interface ScheduledCalls {
  /** Absent while checks are paused. */
  readonly dueAt?: number;
  readonly intervalMs: number;
}

/**
 * When keys will be asked within one window of their limiter, ascending: one moment a call. Half of what the
 * limiter allows at most, so that the others get their turn however many are planned.
 */
export function scheduledCalls(
  keys: readonly ScheduledCalls[],
  limiter: Limiter,
  now: number,
): readonly number[] {
  const calls = keys.flatMap(({ dueAt, intervalMs }) => {
    if (dueAt === undefined) return [];
    const first = Math.max(now, dueAt);
    const count = Math.min(limiter.calls, Math.ceil((now + limiter.windowMs - first) / intervalMs));
    return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * intervalMs);
  });
  return calls.sort((a, b) => a - b).slice(0, Math.floor(limiter.calls / 2));
}
