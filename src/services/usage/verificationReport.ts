import * as l10n from '@vscode/l10n';
import { localDay } from '../../core/usage/range.ts';
import { escapeHoverMarkdown } from '../../text/escapeMarkdown.ts';
import { failureText } from '../../text/failure.ts';
import {
  type VerificationLine,
  type VerificationLog,
  verificationMarkdown,
} from '../../text/verification.ts';
import type { VerifyOrder, VerifyResult, VerifyStepName } from './verifyGateway.ts';

/** What `keyQuota.verifyGateway` returns. */
export interface VerificationReport {
  readonly passed: boolean;
  readonly steps: readonly { readonly name: string; readonly passed: boolean; readonly note?: string }[];
  readonly log: VerificationLog;
  readonly markdown: string;
}

/** The result of a smoke test as log and as Markdown. */
export function verificationReport(
  order: VerifyOrder,
  result: VerifyResult,
  reviewer: string,
  now: number,
): VerificationReport {
  const log = verificationLog(order, result, reviewer, now);
  const lines: VerificationLine[] = result.steps.map(({ name, passed, failure }) => ({
    title: stepTitle(name),
    passed,
    note: failure ? failureText(failure, order.key) : '',
  }));
  const title = l10n.t('Verification of {0}', order.key.baseUrl);
  return {
    passed: result.steps.length > 0 && result.steps.every(step => step.passed),
    steps: result.steps.map(({ name, passed }, index) => ({
      name,
      passed,
      note: lines[index]?.note || undefined,
    })),
    log,
    markdown: verificationMarkdown(title, log, lines.map(escapeNote), {
      passed: l10n.t('passed'),
      failed: l10n.t('FAILED'),
    }),
  };
}

/** Escapes labels and the gateway's words. */
function escapeNote(line: VerificationLine): VerificationLine {
  return { ...line, note: escapeHoverMarkdown(line.note) };
}

function verificationLog(
  order: VerifyOrder,
  { findings, completion }: VerifyResult,
  reviewer: string,
  now: number,
): VerificationLog {
  return {
    smoke_test_date: localDay(now),
    query_key_name: order.key.label,
    query_date_range: `${order.range.from} to ${order.range.to}`,
    total_quota_returned: fieldText(findings.totalQuota),
    total_used_quota_returned: fieldText(findings.totalUsedQuota),
    request_count_returned: fieldText(findings.requestCount),
    daily_quota_dates_present: (findings.daysPresent ?? []).join(', '),
    sample_chat_total_tokens: fieldText(completion?.total),
    usage_field_present: fieldText(completion?.usagePresent),
    date_range_filter_working: fieldText(findings.rangeFilterWorks),
    error_path_returned_error: fieldText(findings.errorPathRefuses),
    reviewer,
  };
}

function fieldText(value: number | boolean | undefined): string {
  return value === undefined ? '' : String(value);
}

/** The title of a step. */
export function stepTitle(name: VerifyStepName): string {
  switch (name) {
    case 'happy-path':
      return l10n.t('Balance, spend and request count are reported');
    case 'date-range':
      return l10n.t('A range with activity has days, all of them inside it');
    case 'malformed-date':
      return l10n.t('A malformed date is refused');
    case 'outside-activity':
      return l10n.t('A range without activity has no days');
    case 'plain-completion':
      return l10n.t('A plain completion reports its tokens, and they add up');
    case 'streamed-completion':
      return l10n.t('A streamed completion reports its tokens, and they add up');
    case 'request-count':
      return l10n.t('The request count grew after the completions');
  }
}
