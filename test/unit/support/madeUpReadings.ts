import type { SqliteStore } from '../../../src/store/store.ts';
import { HOUR, keyRecord, MINUTE } from './samples.ts';
import { seededChance } from './seededChance.ts';

const SECOND = 1000;
const USD = { code: 'USD', source: 'gateway' } as const;

/** What was really spent, and when a made-up key was read. Epoch milliseconds, whole seconds. */
export interface MadeUpReadings {
  readonly spent: readonly { readonly at: number; readonly amount: number }[];
  readonly readAt: readonly number[];
}

/** A key that spends at any hour, read for hours on end with times without readings in between, of minutes or of days. */
export function madeUpReadings(seed: number, from: number, to: number): MadeUpReadings {
  const chance = seededChance(seed);
  const between = (least: number, most: number) => least + chance() * (most - least);
  const whole = (ms: number) => Math.floor(ms / SECOND) * SECOND;
  const spent: { at: number; amount: number }[] = [];
  const busyMs = between(0.2, 8) * HOUR;
  for (let at = from; at < to; at += between(0.1, 2) * busyMs)
    spent.push({ at: whole(at) + 1, amount: 1 + Math.floor(chance() * 8) });
  const readAt: number[] = [];
  const stepMs = between(3, 59) * MINUTE;
  for (let at = from + between(0, 30) * HOUR; at < to; ) {
    for (const end = at + between(0.1, 40) * HOUR; at < Math.min(end, to); at += between(0.2, 1) * stepMs)
      readAt.push(whole(at));
    at += chance() < 0.5 ? between(0, 12) * HOUR : between(0, 40) * HOUR;
  }
  return { spent, readAt };
}

/** What was spent until a moment, and not before another. */
export function spentWithin({ spent }: MadeUpReadings, from: number, to: number): number {
  return spent.reduce((sum, { at, amount }) => (at > from && at <= to ? sum + amount : sum), 0);
}

/** Adds the key, and what its counter showed at each reading. */
export function record(store: SqliteStore, id: string, made: MadeUpReadings): void {
  store.transaction(() => {
    store.keys.addKey(keyRecord(id, { label: id, fingerprint: 'f', createdAt: made.readAt[0] ?? 0 }));
    let [used, next] = [5, 0];
    for (const at of made.readAt) {
      for (let each = made.spent[next]; each && each.at <= at; each = made.spent[++next]) used += each.amount;
      store.history.appendReading(id, USD, { at, used }, at);
    }
  });
}
