import type { Headline } from '../core/usage/headline.ts';
import type { UsageReport } from '../core/usage/usageReport.ts';
import { countText, percentText } from './amount.ts';
import { clauses } from './clauses.ts';
import { joinSentences } from './joinSentences.ts';
import { dateTimeText } from './time.ts';
import { t } from './translate.ts';

/** What a total is called: one that lacks a part says so in its own line. */
export function totalName({ isWhole }: Headline): string {
  return isWhole ? t('Total') : t('Total, incomplete');
}

/** What a figure lacks, where it is not whole: `10 of 12 keys, 63% of the range`. */
export function coveredText(headline: Headline): string {
  const words = [shareOfAllText(headline), doubtText(headline)].filter(text => text !== undefined);
  return clauses(words);
}

/** How many keys and how much of the range a figure covers, where it is not all. */
export function shareOfAllText({ isWhole, told, asked, share }: Headline): string | undefined {
  if (isWhole) return undefined;
  const words = [
    ...(told < asked ? [t('{0} of {1} keys', countText(told), countText(asked))] : []),
    ...(told > 0 && share < 1 ? [t('{0} of the range', shareText(share))] : []),
  ];
  return words.length === 0 ? undefined : clauses(words);
}

/** Why a figure is not whole though it may cover all. */
export function doubtText(headline: Headline): string | undefined {
  if (headline.isWhole) return undefined;
  if (headline.isRescaled) return t('the scale or unit changed');
  return shareOfAllText(headline) === undefined ? t('some of it could not be read') : undefined;
}

/** The same as a sentence. */
export function lackText(headline: Headline): string {
  return headline.isWhole ? '' : t('Incomplete: {0}.', coveredText(headline));
}

function shareText(share: number): string {
  if (share < 0.01) return t('less than {0}', percentText(0.01));
  return percentText(Math.min(0.99, share));
}

/** How old an answer is that was kept, and when its gateway is asked again. */
export function ageText({ answeredAt, retryAt }: Pick<UsageReport, 'answeredAt' | 'retryAt'>): string {
  return joinSentences(
    answeredAt && t('This is the answer of {0}.', dateTimeText(answeredAt)),
    retryAt && t('The gateway can be asked again at {0}.', dateTimeText(retryAt)),
  );
}
