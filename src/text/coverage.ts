import * as l10n from '@vscode/l10n';
import type { Coverage, CoverageReason } from '../core/usage/coverage.ts';
import type { UsageReport } from '../core/usage/usageReport.ts';
import { joinSentences } from './joinSentences.ts';
import { dateText, dateTimeText } from './time.ts';

/** Which part of the range figures cover, as one or two sentences. */
export function coverageText({
  coverage,
  to,
}: {
  readonly coverage: Coverage;
  /** Where the range ends, ISO 8601. */
  readonly to: string;
}): string {
  const sentence = coveredRangeText(coverage, to);
  const reasonSentence = coverage.reason && coverageReasonText(coverage.reason, coverage);
  return joinSentences(sentence, reasonSentence, byReadingsText(coverage), uncheckedText(coverage));
}

/** From when on the figures are from readings, as a sentence. */
function byReadingsText({ byReadings }: Coverage): string | undefined {
  return (
    byReadings &&
    l10n.t('What was spent since {0} is from Key Quota’s own readings.', dateTimeText(byReadings.from))
  );
}

/** Up to when nothing but the log tells what was spent, as a sentence. */
export function uncheckedText({ uncheckedBefore }: Coverage): string | undefined {
  return (
    uncheckedBefore &&
    l10n.t(
      'Before {0} the log could not be compared with the gateway’s own counter.',
      dateText(uncheckedBefore),
    )
  );
}

/** The same for figures that may be missing: without a figure nothing is covered, and there is only the reason. */
export function coverageOrLackText(
  about: Parameters<typeof coverageText>[0] & Pick<UsageReport, 'total'>,
): string {
  if (about.total !== undefined) return coverageText(about);
  const { reason } = about.coverage;
  return joinSentences(l10n.t('No figures.'), reason && lackReasonText(reason, about.coverage));
}

/** Whether incomplete figures cover the whole time, and lack only something in it. */
export function coversWholeTime({ from, reason }: Coverage): boolean {
  return from !== undefined && (reason === 'unreadable-rows' || reason === 'contradicted');
}

function coveredRangeText(coverage: Coverage, to: string): string {
  const { complete, from, to: until, reason } = coverage;
  // Perhaps nobody was asked, so a sentence about “they” would have no subject.
  if (reason === 'not-told') return l10n.t('No figures.');
  if (reason === 'unlogged') return l10n.t('They cover only a part of the range.');
  if (!complete && !coversWholeTime(coverage)) {
    if (from === undefined && reason !== undefined && NO_COVERAGE_REASONS.has(reason))
      return l10n.t('They cover none of the range.');
    return from !== undefined && until !== undefined
      ? l10n.t('They cover only {0} to {1}.', dateTimeText(from), dateTimeText(until))
      : l10n.t('They cover only a part of the range.');
  }
  const isOver = until === undefined || Date.parse(until) >= Date.parse(to);
  return isOver
    ? l10n.t('They cover the whole range.')
    : l10n.t('They cover the range up to {0}, when it was not over yet.', dateTimeText(until));
}

const NO_COVERAGE_REASONS: ReadonlySet<CoverageReason> = new Set(['empty-log', 'contradicted']);

/**
 * Why figures are not complete, as a sentence: `The query broke off partway; older rows are missing.` Undefined for a
 * reason that this version does not know.
 */
export function coverageReasonText(reason: CoverageReason, { from, complete }: Coverage): string | undefined {
  switch (reason) {
    case 'last-rows':
      return from === undefined
        ? l10n.t(
            'The key can read only the latest rows of its request log, and those are newer than the range.',
          )
        : l10n.t('The key can read only the latest rows of its request log; earlier ones are missing.');
    case 'log-days':
      return l10n.t('The gateway’s request log goes back only so far; earlier spend is missing.');
    case 'gateway-days':
      return l10n.t('Whole days are counted by the gateway’s dates; it does not say in which time zone.');
    case 'hours-over-midnight':
      return l10n.t('The gateway counts whole hours: one that spans midnight counts on the day it begins.');
    case 'utc-days':
      return l10n.t('Its days begin at midnight UTC.');
    case 'whole-days':
      return l10n.t(
        'The gateway reports only the last thirty whole days in UTC; the rest of the range is missing.',
      );
    case 'broke-off':
      return l10n.t('The query broke off partway; older rows are missing.');
    case 'endless':
      return l10n.t('The gateway’s pages repeated or never ended; older rows may be missing.');
    case 'changed':
      return l10n.t('The request log changed while it was read; rows may be missing.');
    case 'empty-log':
      return l10n.t(
        'The gateway showed an empty request log, as it also does when it keeps none or cannot read it.',
      );
    case 'contradicted':
      return from === undefined
        ? l10n.t('The gateway says that nothing was spent, which other figures contradict.')
        : l10n.t('The gateway’s figures contradict each other.');
    case 'scale-changed':
      return complete
        ? l10n.t('The scale or rate changed during it, and each part is counted as it was then.')
        : l10n.t(
            'The unit, scale or rate changed during it. Spend in another unit, or at a time when either scale may have applied, is missing; the rest is counted as it was then.',
          );
    case 'not-told':
      return undefined;
    case 'unreadable-rows':
      return l10n.t('Some rows in it could not be read; their spend is missing.');
    case 'whole-hours':
      return l10n.t('The gateway counts whole hours, and the range begins or ends within one.');
    case 'not-yet-summed':
      return l10n.t('The gateway may write its sums up to an hour late.');
    case 'other-secret':
      return l10n.t(
        'The key had another secret then; of its spend, only what was read at the time is known.',
      );
    case 'unlogged':
      return l10n.t(
        'The key has used more than the rows of its request log add up to, so some of it is missing.',
      );
    case 'ledger-gaps':
      return l10n.t('The gateway has not reported all of it; the rest of the spend is missing.');
    case 'recorded-gaps':
      return l10n.t('Nothing was read before or in between, so spend may be missing or dated late.');
    case 'recorded-anew':
      return l10n.t(
        'The key’s unit, scale or secret changed during it, and each part is counted as it was read then; spend across the change is unknown.',
      );
    case 'recorded-merged':
      return l10n.t(
        'Old readings are kept by the hour or the day, and the range begins or ends within one; that part is estimated.',
      );
    default:
      reason satisfies never;
      return undefined;
  }
}

/** Why there are no figures, as a sentence that speaks of no part of them: `The query broke off partway.` */
export function lackReasonText(reason: CoverageReason, coverage: Coverage): string | undefined {
  switch (reason) {
    case 'broke-off':
      return l10n.t('The query broke off partway.');
    case 'endless':
      return l10n.t('The gateway’s pages repeated or never ended.');
    case 'unreadable-rows':
      return l10n.t('Some rows could not be read.');
    case 'recorded-gaps':
      return l10n.t('Key Quota’s own readings do not cover the whole range.');
    case 'other-secret':
      return l10n.t('The key had another secret then, which can no longer be queried.');
    case 'scale-changed':
      return l10n.t('The unit, scale or rate changed during it, so the spend cannot be counted.');
    default:
      return coverageReasonText(reason, coverage);
  }
}
