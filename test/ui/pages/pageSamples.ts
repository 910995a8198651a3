import { type PackedMessage, packMessage } from '../../../src/core/panels/packedUsage.ts';
import type { ShownUsage, UsageAnswer } from '../../../src/core/panels/usageMessages.ts';
import type { UsageCell } from '../../../src/core/usage/usage.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';

/** The days of a range, Monday to Wednesday. */
export const DAYS = ['2025-06-02', '2025-06-03', '2025-06-04'] as const;
/** The three days before these. */
export const DAYS_BEFORE = ['2025-05-30', '2025-05-31', '2025-06-01'] as const;

type Days = readonly string[];
const startOf = (day: string) => `${day}T00:00:00.000Z`;
const endOf = (day: string) => `${day}T23:59:59.999Z`;

/** What a key of the account spent on each of the days, in dollars; undefined: nothing is told. */
export interface Spender {
  readonly name: string;
  readonly model?: string;
  readonly used: readonly (number | undefined)[];
}

/** A report of an account on some days. */
export function accountReport(
  spenders: readonly Spender[],
  days: Days = DAYS,
  more: Partial<UsageReport> = {},
): UsageReport {
  const cells = spenders.flatMap(({ name, model = 'gpt', used }): UsageCell[] =>
    used.flatMap((amount, at) =>
      amount === undefined ? [] : [{ at: days[at] ?? '', key: name, model, used: amount }],
    ),
  );
  const [from, to] = [startOf(days[0] ?? ''), endOf(days.at(-1) ?? '')];
  return {
    scope: { account: 'Team' },
    keyId: 'team',
    ...{ from, to },
    unit: { code: 'USD', source: 'gateway' },
    total: { used: cells.reduce((sum, { used }) => sum + used, 0) },
    timeline: { step: 'day', cells },
    coverage: { complete: true, from, to },
    source: 'gateway',
    ...more,
  };
}

/** The answer that brought it. */
export function answerOf(reports: readonly UsageReport[], days: Days = DAYS): UsageAnswer {
  const question = { keyIds: ['team'], from: days[0] ?? '', to: days.at(-1) ?? '' };
  return { question, reports, problems: [] };
}

/** The message that shows an answer. */
export function show(answer: UsageAnswer, more: Partial<ShownUsage> = {}): PackedMessage {
  return packMessage({ type: 'show', answer, comparing: false, timeZone: 'UTC', ...more });
}

/** The message that shows what one key spent on each of the days. */
export function showSpend(used: Spender['used'], days: Days = DAYS): PackedMessage {
  return show(answerOf([accountReport([{ name: 'alice', used }], days)], days));
}
