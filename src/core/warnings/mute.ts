import { isMembers, parseOwnJson } from '../ownJson.ts';

/** A time without warnings that somebody asked for. Epoch milliseconds. */
export interface Mute {
  readonly since: number;
  readonly lastsMs: number;
}

/** The mark that silences one key. */
export const SNOOZE = 'snoozed';

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

/** As a mark keeps it. */
export function serializeMute({ since, lastsMs }: Mute): string {
  return JSON.stringify({ since, lastsMs });
}

/** What a mark keeps; undefined when it is not a silence. */
export function parseMute(text: string | undefined): Mute | undefined {
  return parseOwnJson(text, isMute);
}

function isMute(value: unknown): value is Mute {
  return isMembers(value) && typeof value.since === 'number' && typeof value.lastsMs === 'number';
}
