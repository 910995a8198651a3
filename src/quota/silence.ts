/** A time without warnings that somebody asked for. Epoch milliseconds. */
export interface Silence {
  readonly since: number;
  readonly lastsMs: number;
}

/**
 * Whether a silence holds. A clock that was put back by less than it lasts does not end it; one that was
 * begun in a future that has been put right does not go on for years.
 */
export function isSilent(silence: Silence | undefined, now: number): boolean {
  return silence !== undefined && Math.abs(now - silence.since) < silence.lastsMs;
}

/** When a silence ends; undefined when it has. */
export function silentUntil(silence: Silence | undefined, now: number): number | undefined {
  return silence && isSilent(silence, now) ? silence.since + silence.lastsMs : undefined;
}

/** The mark that silences one key. */
export const SNOOZE = 'snoozed';

/** As a mark keeps it. */
export function silenceMark({ since, lastsMs }: Silence): string {
  return JSON.stringify({ since, lastsMs });
}

export function parseSilence(text: string | undefined): Silence | undefined {
  if (text === undefined) return undefined;
  try {
    const { since, lastsMs } = JSON.parse(text) as Partial<Silence>;
    return typeof since === 'number' && typeof lastsMs === 'number' ? { since, lastsMs } : undefined;
  } catch {
    return undefined;
  }
}
