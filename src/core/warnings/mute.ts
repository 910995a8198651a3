/** A time without warnings that somebody asked for. Epoch milliseconds. */
export interface Mute {
  readonly since: number;
  readonly lastsMs: number;
}

/** How long a silence lasts that somebody has to end. */
export const FOREVER_MS = Number.MAX_SAFE_INTEGER;

/**
 * Whether a silence holds. A clock that was put back by less than it lasts does not end it; one that was
 * begun in a future that has been put right does not go on for years.
 */
export function isMuted(silence: Mute | undefined, now: number): boolean {
  return silence !== undefined && Math.abs(now - silence.since) < silence.lastsMs;
}

/** When a silence ends, which may be never; undefined when it has. */
export function mutedUntil(silence: Mute | undefined, now: number): number | undefined {
  if (!silence || !isMuted(silence, now)) return undefined;
  return silence.lastsMs === FOREVER_MS ? Number.POSITIVE_INFINITY : silence.since + silence.lastsMs;
}
