import type { SpendRecord, SpendRecords } from '../../../src/core/ledger/spendRecord.ts';
import { START, USD } from './ledgerSetup.ts';

/** A row every so many seconds, for ever. */
const EVERY_S = 7;
/** How many rows are new in each answer, of how many. */
const NEW_ROWS = 100;
const LOG_ROWS = 1000;

/** What the key `a` spent: each row differs from those around it. */
function rowOf(index: number): SpendRecord {
  const [model, raw] = [`m${index % 5}`, 1 + ((index * 7919) % 10_007)];
  return {
    at: START + index * EVERY_S,
    ...{ keyName: '', model, raw, requests: 1, promptTokens: index % 100, completionTokens: 1 },
  };
}

/** The answer of that number: the newest thousand rows of its time. */
export function steadyAnswer(number: number): SpendRecords {
  const end = (number + 1) * NEW_ROWS;
  const begin = Math.max(0, end - LOG_ROWS);
  const records = Array.from({ length: end - begin }, (_, index) => rowOf(begin + index));
  const from = begin === 0 ? 0 : START + (begin - 1) * EVERY_S + 1;
  return { source: 'keyLog', scale: USD, records, complete: { from, to: endOf(number) }, unreadable: 0 };
}

/** Up to which second an answer is complete. */
export function endOf(number: number): number {
  return START + (number + 1) * NEW_ROWS * EVERY_S;
}

/** The number of the answer that ends at a second. */
export function numberOf(end: number): number {
  return (end - START) / (NEW_ROWS * EVERY_S) - 1;
}

/** What was spent in all before a second. */
export function steadySpend(end: number): { readonly raw: number; readonly requests: number } {
  const rows = Math.max(0, Math.ceil((end - START) / EVERY_S));
  let raw = 0;
  for (let index = 0; index < rows; index++) raw += rowOf(index).raw;
  return { raw, requests: rows };
}
