import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { answerParts } from '../../core/ledger/answerParts.ts';
import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import { splitByScale } from '../../core/ledger/splitByScale.ts';
import { usedRawOf } from '../../core/ledger/usedRaw.ts';
import type { Store } from '../../core/ports/store.ts';
import { aheadOfGateway } from '../../core/quota/aheadOfGateway.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { SECOND_MS } from '../../core/time.ts';
import { certainSpend } from '../usage/plausibility.ts';
import { scalesOver } from './scalesOver.ts';
import { takenFrom } from './secretSince.ts';
import { noteUnlogged } from './unloggedBefore.ts';
import { unloggedSpans } from './unloggedSpans.ts';

type Key = Pick<KeyRecord, 'id' | 'fingerprint' | 'credential'>;

/**
 * Takes what a question brought into the ledger, each part of it in one transaction, and by the scale of its time.
 * `key` is the record from before the question: where it has been given another secret since, was erased meanwhile, or
 * is gone, nothing is taken in. Returns whether there was something and all of it was. `now` is in epoch milliseconds.
 */
export async function takeInSpend(
  store: Store,
  key: Key,
  told: readonly SpendRecords[],
  now: number,
): Promise<boolean> {
  const reading = store.states.stateOf(key.id)?.reading;
  const since = takenFrom(store, key.id);
  const aheadMs = aheadOfGateway(reading);
  const usedSince = told.reduce((sum, records) => sum + spentSince(records, reading), 0);
  for (const records of told) {
    const kept = recordsSince(records, since === 0 ? 0 : since - aheadMs);
    const parts = await store.retryWhileLocked(() => store.view(() => partsOf(store, key, kept, now)));
    for (const part of parts) {
      const usedRaw = usedRawOf(reading, part.scale);
      const used = usedRaw === undefined ? undefined : usedRaw + usedSince;
      const isTaken = await store.retryWhileLocked(() =>
        store.transaction(() => {
          if (store.keys.findKey(key.id)?.fingerprint !== key.fingerprint) return false;
          if (takenFrom(store, key.id) !== since) return false;
          noteUnlogged(store, key.id, records);
          store.ledger.takeIn(key.id, key.fingerprint, part, now, used);
          return true;
        }),
      );
      if (!isTaken) return false;
      await yieldToEventLoop();
    }
  }
  return told.length > 0;
}

function partsOf(store: Store, key: Key, records: SpendRecords, now: number): readonly SpendRecords[] {
  const believed = believedOf(store, key, records, now);
  return splitByScale(believed, scalesOver(store, key.id, records.scale, now)).flatMap(answerParts);
}

/** An answer without what readings contradict. */
function believedOf(store: Store, key: Key, records: SpendRecords, now: number): SpendRecords {
  if (isContradicted(store, key.id, records)) return { ...records, complete: undefined };
  return { ...records, holes: [...(records.holes ?? []), ...unloggedSpans({ store, now }, key, records)] };
}

/** An answer without spend, as of a log that is not kept, where readings show for certain that there was some. */
function isContradicted(store: Store, keyId: string, { complete, records, scale }: SpendRecords): boolean {
  if (!complete || records.some(({ raw }) => raw !== 0)) return false;
  const range = { from: complete.from * SECOND_MS, to: complete.to * SECOND_MS };
  return certainSpend(store, keyId, scale.unit, range) > 0;
}

/**
 * Without what was spent before a moment (epoch milliseconds, by the gateway's clock), because a person has erased it, or it
 * was spent when the key had another secret. A sum of before and after it stays, so that its span is not taken for one
 * without spend.
 */
function recordsSince(told: SpendRecords, sinceMs: number): SpendRecords {
  const since = Math.ceil(sinceMs / SECOND_MS);
  const { complete, records } = told;
  if (since === 0) return told;
  const span = complete && { from: Math.max(complete.from, since), to: complete.to };
  return {
    ...told,
    records: records.filter(({ at, lasts = 1 }) => at + lasts > since),
    complete: span && span.from < span.to ? span : undefined,
  };
}

/**
 * What was spent since a reading, in raw units: by this much the counter is higher now. Sums have no moments, so they
 * do not count.
 */
function spentSince({ records }: SpendRecords, reading: Reading | undefined): number {
  if (!reading) return 0;
  const since = Date.parse(reading.takenAt) - aheadOfGateway(reading);
  return records.reduce(
    (sum, { at, lasts, raw }) => (lasts === undefined && at * SECOND_MS > since ? sum + raw : sum),
    0,
  );
}
