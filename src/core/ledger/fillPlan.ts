import type { LedgerProgress } from '../ports/ledgerTable.ts';
import { DAY_MS, MINUTE_MS } from '../time.ts';

/** What is known of a key's log, and of how the key is used. Times in epoch milliseconds. */
export interface LogFacts {
  /** What the last answer held; undefined where the log was never read. */
  readonly progress: LedgerProgress | undefined;
  /** The `used` counter of the last reading, in the raw units of the log; undefined for a key that has none. */
  readonly usedRaw: number | undefined;
  /** When that reading was taken; undefined for a key that was never read. */
  readonly readAt: number | undefined;
  /** When the log was last asked for, whatever came of it. */
  readonly triedAt?: number;
  /** How many tries in a row brought nothing. */
  readonly failures?: number;
  /** Until when the log may lack rows; undefined where that is not known, 0 where it lacks none. */
  readonly unloggedUntil?: number;
  /** Whether rows of earlier times are left out, so that an empty answer says nothing about the log. */
  readonly isCutOff?: boolean;
  /** Whether an account's log, which is read as well, tells the same: then one reading for the time before is enough. */
  readonly isInAccountLog?: boolean;
  /** Whether the gateway keeps every row, as it does for an account: then nothing is lost by waiting. */
  readonly keepsAll?: boolean;
}

/** When a log is to be read. */
export interface LogTurn {
  readonly dueAt: number;
  /** Whether rows would roll over before they were read: then it goes before those that can wait. */
  readonly losesRows: boolean;
}

/** The most rows that a key's log holds. */
const ROWS = 1000;
/** The same in some versions. */
const FEW_ROWS = 100;
/** Read again when this part of the log is estimated to be new: the rows may cost half of what they did. */
const NEW_PART = 1 / 2;
/** A log whose counter moved is read at least this often. */
const AT_LEAST_MS = DAY_MS;
/** A log that was empty though the key was used tells nothing: it is switched off, or does not take this secret. */
const NOT_TOLD_MS = 7 * DAY_MS;
/** It is read no more often than this, however fast rows are written: the calls are scarce. */
const AT_MOST_MS = 10 * MINUTE_MS;
/** A log that seemed to lack rows is read once more so long after: requests under way count before their rows are written. */
const DOUBT_MS = 60 * MINUTE_MS;
const FIRST_RETRY_MS = 60 * MINUTE_MS;
const MAX_DOUBLINGS = 5;

/**
 * When a log is to be read the next time; undefined while it can hold nothing new. Before its rows roll over, at least
 * once a day while the key spends, and once for a key that is new here.
 */
export function nextLogTurn(facts: LogFacts): LogTurn | undefined {
  const { progress, usedRaw, readAt, isCutOff = false, keepsAll = false } = facts;
  // Its first reading shows the units, and whether the key works at all.
  if (readAt === undefined) return undefined;
  // What a person asked about an account is but a part of what it has.
  const isNew = !progress || (keepsAll && facts.triedAt === undefined);
  if (isNew) return usedRaw === 0 ? undefined : notBefore(facts, { dueAt: readAt, losesRows: false });
  if (facts.isInAccountLog) return undefined;
  if (usedRaw !== undefined && usedRaw === progress.usedRaw) return undefined;
  // An account was only asked about a range, in which perhaps nothing was spent.
  const isTold = keepsAll || isCutOff || !tellsNothing(progress);
  const dueAt = progress.takenInAt + (isTold ? AT_LEAST_MS : NOT_TOLD_MS);
  const fullAt = keepsAll ? Number.POSITIVE_INFINITY : rollsOverAt(facts, progress, readAt);
  return notBefore(facts, {
    dueAt: Math.min(dueAt, fullAt, doubtEndsAt(facts, progress)),
    losesRows: fullAt <= dueAt,
  });
}

/** When a log that was read while the key was new, and seemed to lack rows then, is to be read for the second time. */
function doubtEndsAt({ unloggedUntil = 0 }: LogFacts, { takenInAt }: LedgerProgress): number {
  const at = unloggedUntil + DOUBT_MS;
  return unloggedUntil > 0 && takenInAt < at ? at : Number.POSITIVE_INFINITY;
}

function tellsNothing({ rows, usedRaw }: LedgerProgress): boolean {
  return rows === 0 && usedRaw !== undefined && usedRaw > 0;
}

/** When too many rows will be new for the log to hold them all for much longer. */
function rollsOverAt(
  { usedRaw }: LogFacts,
  { takenInAt, rows, span, raw, usedRaw: before }: LedgerProgress,
  readAt: number,
): number {
  const most = (rows === FEW_ROWS ? FEW_ROWS : ROWS) * NEW_PART;
  // Rows of one moment are as fast as those of a minute.
  const usualPace = span ? rows / Math.max(span.to - span.from, MINUTE_MS) : 0;
  const isCounted = raw > 0 && usedRaw !== undefined && before !== undefined;
  if (!isCounted || readAt <= takenInAt) return takenInAt + most / usualPace;
  const rowsSince = (Math.abs(usedRaw - before) * rows) / raw;
  const pace = Math.max(usualPace, rowsSince / (readAt - takenInAt));
  return readAt + Math.max(0, most - rowsSince) / pace;
}

/** Later after a try, and later still after each that brought nothing. */
function notBefore({ triedAt, failures = 0 }: LogFacts, turn: LogTurn): LogTurn {
  if (triedAt === undefined) return turn;
  const waitMs = failures === 0 ? AT_MOST_MS : FIRST_RETRY_MS * 2 ** Math.min(failures - 1, MAX_DOUBLINGS);
  return { ...turn, dueAt: Math.max(turn.dueAt, triedAt + waitMs) };
}
