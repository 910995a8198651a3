import { type Unit, unitName } from '../../core/quota/unit.ts';
import type { LogRow } from '../../core/usage/logRow.ts';
import { csvText } from './csv.ts';

const CSV_HEADER = [
  'time',
  'type',
  'key',
  'model',
  'amount',
  'unit',
  'prompt_tokens',
  'completion_tokens',
  'seconds',
  'group',
  'request_id',
  'address',
  'text',
] as const;

/** Serializes log rows as CSV: exact amounts, ISO 8601 times. */
export function logCsv(rows: readonly LogRow[], unit: Unit): string {
  return csvText(
    CSV_HEADER,
    rows.map(row => [
      row.at,
      row.type,
      row.keyName,
      row.model,
      row.amount,
      unitName(unit),
      row.promptTokens,
      row.completionTokens,
      row.seconds,
      row.group,
      row.requestId,
      row.address,
      row.text,
    ]),
  );
}
