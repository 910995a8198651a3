import type { KeyRecord } from '../../core/quota/key.ts';
import { isSameUnit, round6 } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import type { Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import type { OtherSource, UsageReport } from '../../core/usage/usageReport.ts';

/** A report of what a key or account spent in a range. */
export function reportOf(
  key: Pick<KeyRecord, 'id' | 'label' | 'credential'>,
  range: Range,
  usage: Usage,
): UsageReport {
  const isAccount = key.credential !== 'apiKey';
  return {
    scope: isAccount ? { account: key.label } : { key: key.label },
    keyId: key.id,
    from: isoTime(range.from),
    to: isoTime(range.to),
    ...usage,
  };
}

/** A second source of a report, with its difference where the totals can be compared. */
export function compareSource(other: Usage, main: Usage): OtherSource {
  const comparable =
    isSameUnit(other.unit, main.unit) && other.total !== undefined && main.total !== undefined;
  return {
    source: other.source,
    unit: other.unit,
    total: other.total,
    coverage: other.coverage,
    difference: comparable ? round6((other.total?.used ?? 0) - (main.total?.used ?? 0)) : undefined,
  };
}
