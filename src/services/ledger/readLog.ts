import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import { usedRawOf } from '../../core/ledger/usedRaw.ts';
import type { BoundSecret } from '../../core/ports/secrets.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Gateway, SpendLog } from '../../gateways/gateway.ts';
import { askGateway, type RequestParts } from '../requests/askGateway.ts';

/** So far back the first answer of a log that keeps every row goes: this month and the last days of the one before. */
const FIRST_MS = 38 * DAY_MS;
const QUARTER_MS = 15 * MINUTE_MS;

/**
 * Reads a key's log, whose first call is reserved already, and takes it into the ledger. Returns whether it told
 * anything.
 * @throws GatewayError
 */
export async function readLog(
  parts: RequestParts,
  key: KeyRecord,
  gateway: Gateway,
  log: SpendLog,
  bound: BoundSecret,
  signal: AbortSignal,
): Promise<boolean> {
  const { store, clock } = parts;
  const { reading } = store.states.stateOf(key.id) ?? {};
  const range = rangeOf(store, key.id, log, clock.now());
  const told: SpendRecords[] = [];
  await askGateway(parts, gateway, bound, async context => gateway.readUsage?.(context, range), {
    signal,
    reservedLimiter: log.limiter,
    sparing: log.keepsAll,
    keyHash: key.fingerprint,
    lastReading: reading,
    recordSpend: records => told.push(records),
  });
  const usedSince = told.reduce((sum, records) => sum + spentSince(records, reading), 0);
  for (const records of told) {
    const usedRaw = usedRawOf(reading, scaleOf(records));
    signal.throwIfAborted();
    await store.retryWhileLocked(() =>
      store.transaction(() => {
        // The key may have been removed, or been given another secret, meanwhile.
        if (store.keys.findKey(key.id)?.fingerprint !== key.fingerprint) return;
        const now = clock.now();
        const used = usedRaw === undefined ? undefined : usedRaw + usedSince;
        const taken = recordsSince(records, store.logTries.takenSince(key.id));
        store.ledger.takeIn(key.id, key.fingerprint, taken, now, used);
        store.logTries.saveTry(key.id, { at: now, failures: 0 });
      }),
    );
    await yieldToEventLoop();
  }
  return told.length > 0;
}

/** Without what was spent before a moment (epoch milliseconds), because a person has erased it. */
function recordsSince(told: SpendRecords, sinceMs: number): SpendRecords {
  const since = Math.ceil(sinceMs / SECOND_MS);
  const { complete, records } = told;
  if (since === 0) return told;
  const span = complete && { from: Math.max(complete.from, since), to: complete.to };
  return {
    ...told,
    records: records.filter(({ at }) => at >= since),
    complete: span && span.from < span.to ? span : undefined,
  };
}

/** What was spent since a reading, in raw units: its counter stands so much higher by now. Sums tell it of no moment. */
function spentSince({ records }: SpendRecords, reading: Reading | undefined): number {
  if (!reading) return 0;
  const { takenAt, clockAheadMs = 0 } = reading;
  const since = Date.parse(takenAt) - clockAheadMs;
  return records.reduce(
    (sum, { at, lasts, raw }) => (lasts === undefined && at * SECOND_MS > since ? sum + raw : sum),
    0,
  );
}

function scaleOf({ scale: { unit, perUnit } }: SpendRecords) {
  return { unit, perUnit };
}

/** What is not known yet. A key's log is told as a whole, whatever the range. */
function rangeOf(store: Pick<Store, 'ledger'>, keyId: string, { sources }: SpendLog, now: number): Range {
  const ends = store.ledger
    .coverageOf(keyId)
    .filter(({ source, to }) => sources.includes(source) && to <= now)
    .map(({ to }) => to);
  const from = Math.max(now - FIRST_MS, ...ends);
  return { from: Math.floor(from / QUARTER_MS) * QUARTER_MS, to: now };
}
