import { DAY_MS } from '../../core/time.ts';

/** The day of a zone that a moment is in: when it began, and when the next one begins. Epoch milliseconds. */
export function dayInZone(ms: number, timeZone: string): { readonly from: number; readonly to: number } {
  const midnight = Math.floor((ms + offsetAt(ms, timeZone)) / DAY_MS) * DAY_MS;
  return { from: utcOf(midnight, timeZone), to: utcOf(midnight + DAY_MS, timeZone) };
}

/** The moment at which the clocks of a zone show what those of UTC show at another. */
function utcOf(shown: number, timeZone: string): number {
  const near = shown - offsetAt(shown, timeZone);
  // The clocks may be changed in between.
  return shown - offsetAt(near, timeZone);
}

/** How far the clocks of a zone are ahead of UTC. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(ms / 1000) * 1000;
}
