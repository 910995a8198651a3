import type { SpendRecord } from '../../core/ledger/spendRecord.ts';
import type { Scale } from '../../core/quota/unit.ts';
import type { Range } from '../../core/usage/range.ts';
import { timelineStepFor } from '../../core/usage/usageReport.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import type { KeyInAccount, KeyUsage, Progress } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { completeSpan } from './accountLogRecords.ts';
import { requestLogPage } from './logPage.ts';
import { countLogRows, coverageOf, readSettledLog } from './logUsage.ts';
import { settledSecond } from './settledSecond.ts';
import { spendRecordOf } from './spendRecords.ts';
import { isSpend, rowAdder, type SpendRow } from './spendRows.ts';

/** The most rows that are read for one key (ten calls), and for all together. */
const MAX_ROWS_A_KEY = 1000;
const MAX_ROWS = 4000;

/**
 * What keys of an account spent in a range, from one reading of the account's log. A row belongs to a key by the key's
 * number, which New API tells, else by its name. The log is not filtered by the gateway: rows from before a key was
 * renamed have another name. Left out are keys of which the rows do not tell which are theirs, and all of them where the
 * log is too long.
 * @throws GatewayError
 */
export async function readKeysUsage(
  context: GatewayContext,
  range: Range,
  keys: readonly KeyInAccount[],
  scale: Scale,
  progress?: Progress,
): Promise<readonly KeyUsage[]> {
  const { rows, isBare, serverNow } = await countLogRows(context, range);
  const isShort = rows === undefined ? isBare : rows <= Math.min(MAX_ROWS, MAX_ROWS_A_KEY * keys.length);
  if (!isShort || (rows === 0 && !(await isLogKept(context)))) return [];
  let split = new LogSplit(keys, range);
  const begin = () => {
    split = new LogSplit(keys, range);
    return (row: SpendRow) => split.add(row);
  };
  const log = await readSettledLog(context, range, scale, serverNow, begin, progress);
  if (!log) return [];
  const complete = completeSpan(log.stream, log.range, settledSecond(serverNow, context.now()));
  return keys.flatMap((key): readonly KeyUsage[] => {
    const told = split.sumOf(key);
    if (!told) return [];
    const { sum, records, isByName } = told;
    const usage = {
      unit: scale.unit,
      total: sum.total(scale.perUnit),
      byDay: sum.rows('day', scale.perUnit),
      byModel: sum.rows('model', scale.perUnit),
      timeline: sum.timeline(scale.perUnit),
      coverage: coverageOf(log),
      source: 'logs',
    } as const;
    const forLedger = { source: 'accountLog', scale, records, unreadable: 0, ...complete } as const;
    return [{ keyId: key.keyId, usage, isByName, records: forLedger }];
  });
}

/** Whether the account's log has any row: without one it may be switched off, and then nobody knows what was spent. */
async function isLogKept(context: GatewayContext): Promise<boolean> {
  return (await requestLogPage(context, { p: 1, page_size: 1 })).rows.length > 0;
}

/** The rows of one key. */
class RowsOfKey {
  readonly sum: UsageSum;
  readonly records: SpendRecord[] = [];
  readonly #addToSum: (row: SpendRow) => void;

  constructor(range: Range) {
    this.sum = new UsageSum(timelineStepFor(range));
    this.#addToSum = rowAdder({ add: entry => this.sum.add({ ...entry, key: '' }) });
  }

  add(row: SpendRow): void {
    this.#addToSum(row);
    const record = spendRecordOf(row);
    if (record) this.records.push({ ...record, keyName: '' });
  }
}

/** Rows of a log by the keys that they belong to. */
class LogSplit {
  readonly #byNumber = new Map<number, RowsOfKey>();
  readonly #byName = new Map<string, RowsOfKey>();
  /** Names in rows that tell no number, or 0 as rows from before there were any. */
  readonly #namesWithoutNumber = new Set<string>();
  #hasNumbers = false;
  #hasUnnamed = false;

  constructor(keys: readonly KeyInAccount[], range: Range) {
    for (const { listedId, name } of keys) {
      if (listedId !== undefined) this.#byNumber.set(listedId, new RowsOfKey(range));
      if (name) this.#byName.set(name, new RowsOfKey(range));
    }
  }

  add(row: SpendRow): void {
    if (!isSpend(row)) return;
    const { token_id: number, token_name: name } = row;
    if (number) {
      this.#hasNumbers = true;
      this.#byNumber.get(number)?.add(row);
    } else if (name === undefined) this.#hasUnnamed = true;
    else {
      this.#namesWithoutNumber.add(name);
      this.#byName.get(name)?.add(row);
    }
  }

  /** The rows of a key; undefined where some may be missing or another's. */
  sumOf({
    listedId,
    name,
  }: KeyInAccount): (Pick<RowsOfKey, 'sum' | 'records'> & { readonly isByName: boolean }) | undefined {
    if (this.#hasUnnamed) return undefined;
    const byName = name ? this.#byName.get(name) : undefined;
    const byNumber = listedId === undefined ? undefined : this.#byNumber.get(listedId);
    const hasNames = this.#namesWithoutNumber.size > 0;
    if (!this.#hasNumbers && hasNames) return byName && { ...byName, isByName: true };
    const isSplit = hasNames && (!name || this.#namesWithoutNumber.has(name));
    return byNumber && !isSplit ? { ...byNumber, isByName: false } : undefined;
  }
}
