import type { SpendRecord, SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { Store } from '../../core/ports/store.ts';
import { aheadOfGateway } from '../../core/quota/aheadOfGateway.ts';
import { isSameUnit, ROUNDING } from '../../core/quota/unit.ts';
import { DAY_MS, SECOND_MS } from '../../core/time.ts';
import { takenFrom } from './secretSince.ts';

type UnloggedStore = Pick<Store, 'logTries' | 'ledger' | 'history' | 'states'>;

/** Spend older than this was looked at before. */
const LOOK_BACK_MS = 38 * DAY_MS;
/** How much later than the counter a row may be written. */
const COUNTER_SLACK_MS = 5 * SECOND_MS;
/** Where the log and the counter cannot be compared for the time before the key was added. */
const NEVER_KNOWN = -1;

/** Until when a key's log may lack rows, in epoch milliseconds by our clock; 0 where that is not known, or it lacks none. */
export function unloggedUntil({ logTries }: Pick<Store, 'logTries'>, keyId: string): number {
  return Math.max(0, logTries.unloggedUntil(keyId) ?? 0);
}

/**
 * Judges whether a key's log lacks rows from before the key was added, as where it was switched off for some time: the
 * key has used more than all rows come to. Requests under way count before their rows are written, so one reading at
 * which both are equal settles for ever that it lacks none; nothing but that changes the first judgement.
 * `unloggedSpans` finds what it lacks since the key was added. Called inside a transaction, before the answer is taken
 * in.
 */
export function noteUnlogged(store: UnloggedStore, keyId: string, records: SpendRecords): void {
  if (records.source !== 'keyLog' || takenFrom(store, keyId) > 0) return;
  const before = store.logTries.unloggedUntil(keyId);
  if (before === 0) return;
  const until = judge(store, keyId, records, before);
  if (until !== undefined && until !== before) store.logTries.saveUnloggedUntil(keyId, until);
}

/** Undefined where it cannot be judged yet. */
function judge(
  store: UnloggedStore,
  keyId: string,
  { complete, isWholeLog, unreadable, records, scale }: SpendRecords,
  before: number | undefined,
): number | undefined {
  if (!complete || unreadable > 0) return before;
  // Where the oldest rows of a log are not told, nobody can say, now or later.
  if (!isWholeLog) return before ?? NEVER_KNOWN;
  if (before === undefined && store.ledger.coverageOf(keyId).some(({ from }) => from === 0)) return 0;
  const { reading } = store.states.stateOf(keyId) ?? {};
  const isAccounts = reading?.source === 'account' || reading?.isAccountPossible;
  if (reading?.quota?.used === undefined || isAccounts || !isSameUnit(reading.unit, scale.unit))
    return before;
  const readAt = Date.parse(reading.takenAt);
  const rows = store.history.historyRows(keyId, readAt - LOOK_BACK_MS, readAt);
  const ofSeries = rows.filter(({ series }) => series === rows.at(-1)?.series);
  const aheadMs = aheadOfGateway(reading);
  const logged = runningSum(records);
  const lacking = [...ofSeries, { used: reading.quota.used, to: readAt }].flatMap(({ used, to }) =>
    used === undefined ? [] : [used - logged((to - aheadMs + COUNTER_SLACK_MS) / SECOND_MS) / scale.perUnit],
  );
  if (lacking.some(amount => Math.abs(amount) <= ROUNDING)) return 0;
  if (before !== undefined) return before;
  // More rows than the counter shows: it was put back, or does not count every request.
  return lacking.every(amount => amount > 0) ? (ofSeries[0]?.from ?? readAt) : NEVER_KNOWN;
}

/** Returns a function that sums the rows up to a second. */
function runningSum(records: readonly SpendRecord[]): (second: number) => number {
  const rows = records.toSorted((a, b) => a.at - b.at);
  let [next, sum] = [0, 0];
  // It must be asked about ascending seconds.
  return second => {
    for (let row = rows[next]; row && row.at <= second; row = rows[++next]) sum += row.raw;
    return sum;
  };
}
