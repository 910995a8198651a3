import type { SpendRecords } from '../../core/ledger/spendRecord.ts';
import type { Redactor } from '../../redaction/redactor.ts';

/** Takes secrets out of the names in records of spend, each name once: a log repeats few names in many rows. */
export function redactSpend(records: SpendRecords, redactor: Pick<Redactor, 'redact'>): SpendRecords {
  const cleanNames = new Map<string, string>();
  const clean = (name: string) => {
    const known = cleanNames.get(name) ?? redactor.redact(name);
    cleanNames.set(name, known);
    return known;
  };
  return {
    ...records,
    records: records.records.map(each => ({
      ...each,
      keyName: clean(each.keyName),
      model: clean(each.model),
    })),
  };
}
