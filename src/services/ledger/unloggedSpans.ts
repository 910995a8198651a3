import { isWithin, subtractSpans } from '../../core/ledger/spans.ts';
import type { SecondSpan, SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { TimeSpan } from '../../core/ports/ledgerTable.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { ROUNDING } from '../../core/quota/unit.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';

/** By how much a row may be older than the reading that first shows its spend: counters are written late, and cached. */
const EARLY_S = (5 * MINUTE_MS) / SECOND_MS;
/** By how much it may be later: some versions count a request from its beginning, and write its row at its end. */
const LATE_S = (15 * MINUTE_MS) / SECOND_MS;
/** What is older has been looked at before, or is from before there were readings. */
const LOOK_BACK_MS = 38 * DAY_MS;

/**
 * The times, among those that an answer newly covers, at which the key's counter rose though the answer has no spend near
 * them: its log was switched off, or cleared since. By the gateway's clock. `now` is in epoch milliseconds.
 */
export function unloggedSpans(
  { store, now }: { readonly store: Store; readonly now: number },
  { id, credential }: Pick<KeyRecord, 'id' | 'credential'>,
  { source, complete, records, scale }: SpendRecords,
): readonly SecondSpan[] {
  const { reading } = store.states.stateOf(id) ?? {};
  const mayBeAccounts = reading?.source === 'account' || reading?.isAccountPossible;
  if (!complete || !reading || (credential === 'apiKey' && mayBeAccounts)) return [];
  const aheadMs = reading.clockAheadMs ?? 0;
  const ours = (seconds: number) => seconds * SECOND_MS + aheadMs;
  const theirs = (ms: number) => (ms - aheadMs) / SECOND_MS;
  const covered = store.ledger
    .coverageOf(id)
    .flatMap(span =>
      span.source === source ? [{ from: span.from / SECOND_MS, to: span.to / SECOND_MS }] : [],
    );
  const from = Math.max(complete.from, theirs(now - LOOK_BACK_MS));
  const near = records.flatMap(({ at, lasts = 1, raw }) =>
    raw === 0 ? [] : [{ from: at - LATE_S, to: at + lasts + EARLY_S }],
  );
  const quiet = subtractSpans([{ from, to: complete.to }], [...covered, ...near]);
  const noticed = store.history
    .spendSpans(id, scale.unit, ours(from), ours(complete.to))
    .flatMap(({ at, since }) => (since === undefined ? [] : [{ from: theirs(since), to: theirs(at) }]))
    .filter(span => isWithin(span, quiet));
  return quiet.flatMap(span => {
    const inside = noticed.filter(each => isWithin(each, [span]));
    const [first] = inside;
    if (!first || isGivenBack(store, id, { from: ours(first.to), to: ours(span.to) })) return [];
    return inside.map(each => ({ from: Math.floor(each.from), to: Math.ceil(each.to) }));
  });
}

/** Whether a counter that rose at the first moment of a span fell as much until its end: a request was given up. */
function isGivenBack({ history }: Pick<Store, 'history'>, id: string, { from, to }: TimeSpan): boolean {
  const rows = history.historyRows(id, from, to);
  const [risen, last] = [rows[0], rows.at(-1)];
  if (risen?.used === undefined || last?.used === undefined || risen.series !== last.series) return false;
  return last.used <= risen.used - risen.spent + ROUNDING;
}
