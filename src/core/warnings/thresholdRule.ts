/** What windows remember of one threshold of one key: it was warned about, and perhaps left again since. */
interface Mark {
  /** When it was warned about. Epoch milliseconds. */
  readonly at: number;
  /** What the episode hangs on, such as an end date. */
  readonly of?: string;
  /** The episode is over; it is kept for a while so that a figure that flaps does not warn each time. */
  readonly over?: true;
}

/** One change of what windows remember; without a text the mark is removed. */
export interface MarkChange {
  readonly keyId: string;
  readonly name: string;
  readonly mark?: string;
}

/** The thresholds of one kind for one key; a lower one is worse. */
export interface Ladder {
  readonly keyId: string;
  /** Begins the names of its marks. */
  readonly name: string;
  readonly thresholds: readonly number[];
  readonly isCrossed: (threshold: number) => boolean;
  /** Whether a threshold has been left again, by a margin: the next crossing is another episode. */
  readonly isLeft: (threshold: number, mark: Mark) => boolean;
  /** Kept in the marks; a mark that fails `isSame` belongs to an episode of before. */
  readonly of?: string;
  readonly isSame?: (of: string | undefined) => boolean;
}

/** What follows from where a figure stands on its ladder. */
export interface Climb {
  /** The worst threshold that is crossed, when it is news. */
  readonly news?: number;
  /** The marks that go with the news: of all crossed thresholds, so that only the worst is ever said. */
  readonly take: readonly MarkChange[];
  /** Marks to change whether anyone is told or not: episodes that ended. */
  readonly settle: readonly MarkChange[];
}

/** Something that flaps around a threshold is news once in this time. */
export const REST_MS = 60 * 60_000;
/** Clocks of one machine do not differ by more. */
const CLOCK_SLACK_MS = 60_000;

/** Finds what is news on a ladder, from its marks alone: no window needs to have seen what was before. */
export function climb(ladder: Ladder, marks: ReadonlyMap<string, string>, now: number): Climb {
  const settle: MarkChange[] = [];
  const settled = new Map<number, Mark>();
  for (const [threshold, mark] of marksOf(ladder, marks)) {
    const next = mark && settledMark(ladder, threshold, mark, now);
    if (next) settled.set(threshold, next);
    if (next !== mark || !mark) settle.push(change(ladder, threshold, next));
  }
  const crossed = ladder.thresholds.filter(ladder.isCrossed);
  if (crossed.length === 0) return { take: [], settle };
  const worst = Math.min(...crossed);
  const take = crossed.map(threshold => change(ladder, threshold, { at: now, of: ladder.of }));
  if (!isSaid(worst, settled)) {
    return settled.get(worst)?.over ? { take: [], settle } : { news: worst, take, settle };
  }
  // A lesser threshold, new in the settings perhaps, would else be news when the figure gets better.
  const silently = crossed.filter(threshold => !settled.has(threshold));
  const added = silently.map(threshold => change(ladder, threshold, { at: now, of: ladder.of }));
  return { take: [], settle: [...settle, ...added] };
}

/** Whether this threshold, or a worse one, was warned about in an episode that goes on. */
function isSaid(threshold: number, marks: ReadonlyMap<number, Mark>): boolean {
  return [...marks].some(([marked, { over }]) => marked <= threshold && !over);
}

/** What becomes of a mark; undefined when it has had its time. The same object when nothing does. */
function settledMark(ladder: Ladder, threshold: number, mark: Mark, now: number): Mark | undefined {
  if (ladder.isSame && !ladder.isSame(mark.of)) return undefined;
  // Warned about in a future that a clock has taken back: the rest counts from here.
  if (mark.at > now + CLOCK_SLACK_MS) return { ...mark, at: now };
  const rests = now - mark.at < REST_MS;
  if (mark.over) return rests ? mark : undefined;
  if (!ladder.isLeft(threshold, mark)) return mark;
  return rests ? { ...mark, over: true } : undefined;
}

function* marksOf(
  { name }: Ladder,
  marks: ReadonlyMap<string, string>,
): Generator<[threshold: number, mark: Mark | undefined]> {
  const prefix = `${name}:`;
  for (const [each, text] of marks) {
    if (!each.startsWith(prefix)) continue;
    const threshold = Number(each.slice(prefix.length));
    if (!Number.isNaN(threshold)) yield [threshold, parseMark(text)];
  }
}

function change({ keyId, name }: Ladder, threshold: number, mark: Mark | undefined): MarkChange {
  return { keyId, name: `${name}:${threshold}`, mark: mark && JSON.stringify(mark) };
}

/** Our own writing, read back; undefined when it is not. */
function parseMark(text: string): Mark | undefined {
  try {
    const mark = JSON.parse(text) as Mark;
    return typeof mark.at === 'number' ? mark : undefined;
  } catch {
    return undefined;
  }
}
