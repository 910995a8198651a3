/** A time without warnings that somebody asked for. Epoch milliseconds. */
export interface Mute {
  readonly since: number;
  readonly lastsMs: number;
}

/** How long a mute lasts that somebody has to end, in milliseconds. */
export const FOREVER_MS = Number.MAX_SAFE_INTEGER;

/**
 * Whether a mute holds. A clock that was put back by less than it lasts does not end it; one that began
 * in the future of a clock that is right again does not go on for years.
 */
export function isMuted(mute: Mute | undefined, now: number): boolean {
  return mute !== undefined && Math.abs(now - mute.since) < mute.lastsMs;
}

/** When a mute ends, epoch milliseconds, Infinity for never; undefined when it has. */
export function mutedUntil(mute: Mute | undefined, now: number): number | undefined {
  if (!mute || !isMuted(mute, now)) return undefined;
  return mute.lastsMs === FOREVER_MS ? Number.POSITIVE_INFINITY : mute.since + mute.lastsMs;
}
