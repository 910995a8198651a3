import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { isSameUnit, type Scale } from '../../core/quota/unit.ts';
import { SECOND_MS } from '../../core/time.ts';
import { certainSpend } from '../usage/plausibility.ts';

/**
 * Takes what a question brought into the ledger, in one transaction. `key` is the record of before the question: where it
 * has been given another secret since, or is gone, nothing is taken in. `now` is in epoch milliseconds.
 */
export async function takeInSpend(
  store: Store,
  key: Pick<KeyRecord, 'id' | 'fingerprint'>,
  told: readonly SpendRecords[],
  now: number,
): Promise<void> {
  if (told.length === 0) return;
  await store.retryWhileLocked(() =>
    store.transaction(() => {
      if (store.keys.findKey(key.id)?.fingerprint !== key.fingerprint) return;
      const reading = store.states.stateOf(key.id)?.reading;
      for (const records of told) {
        const believed = isContradicted(store, key.id, records)
          ? { ...records, complete: undefined }
          : records;
        store.ledger.takeIn(key.id, key.fingerprint, believed, now, usedRaw(reading, records.scale));
      }
    }),
  );
}

/** An answer without spend, as of a log that is not kept, where readings show for certain that there was some. */
function isContradicted(store: Store, keyId: string, { complete, records, scale }: SpendRecords): boolean {
  if (!complete || records.some(({ raw }) => raw !== 0)) return false;
  const range = { from: complete.from * SECOND_MS, to: complete.to * SECOND_MS };
  return certainSpend(store, keyId, scale.unit, range) > 0;
}

/** The counter of a reading in raw units; undefined where it has none in the unit of the scale. */
function usedRaw(reading: Reading | undefined, { unit, perUnit }: Scale): number | undefined {
  const used = reading?.quota?.used ?? reading?.account?.used;
  if (!reading || used === undefined || !isSameUnit(reading.unit, unit)) return undefined;
  return Math.round(used * perUnit);
}
