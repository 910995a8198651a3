import * as l10n from '@vscode/l10n';
import type { Flaw, Headline } from '../core/usage/headline.ts';
import type { UsageReport } from '../core/usage/usageReport.ts';
import { countText } from './amount.ts';
import { joinClauses } from './clauses.ts';
import { joinSentences } from './joinSentences.ts';
import { percentText } from './percent.ts';
import { dateTimeText } from './time.ts';

/** The name of a total: `Total`, or `Total, incomplete` where a part is missing. */
export function totalName({ flaw }: Pick<Headline, 'flaw'>): string {
  return flawedTitle(l10n.t('Total'), flaw);
}

/** A title with what is wrong with the figures below it: `Usage, incomplete`. */
export function flawedTitle(title: string, flaw: Flaw | undefined): string {
  return flaw === undefined ? title : l10n.t('{0}, incomplete', title);
}

/** A file name with what is wrong with the figures in the file: `usage-incomplete.csv`. */
export function flawedFileName(name: string, flaw: Flaw | undefined): string {
  return flaw === undefined ? name : name.replace(/(?=\.\w+$)/, `-${flaw}`);
}

/** What a figure covers, where it is not everything: `10 of 12 keys, 63% of the range`. */
export function coveredText(headline: Headline): string {
  const words = [coveredShareText(headline), doubtText(headline)].filter(text => text !== undefined);
  return joinClauses(words);
}

/** How many keys and how much of the range a figure covers, where it is not everything. */
export function coveredShareText({ keysWithTotal, keyCount, coveredShare }: Headline): string | undefined {
  const words = [
    ...(keysWithTotal < keyCount
      ? [
          keyCount === 1
            ? l10n.t('{0} key', l10n.t('{0} of {1}', countText(keysWithTotal), countText(keyCount)))
            : l10n.t('{0} of {1} keys', countText(keysWithTotal), countText(keyCount)),
        ]
      : []),
    ...(keysWithTotal > 0 && coveredShare < 1 ? [l10n.t('{0} of the range', shareText(coveredShare))] : []),
  ];
  return words.length === 0 ? undefined : joinClauses(words);
}

/** Why a figure may be wrong although it covers everything. */
export function doubtText(headline: Headline): string | undefined {
  const { flaw, isUnlogged } = headline;
  if (flaw === undefined || coveredShareText(headline) !== undefined) return undefined;
  return isUnlogged ? l10n.t('some of it was not logged') : l10n.t('some of it could not be read');
}

/** The same as a sentence. */
export function incompleteText(headline: Headline): string {
  if (headline.flaw === undefined) return '';
  const share = coveredShareText(headline);
  return share === undefined
    ? l10n.t('Incomplete: {0}.', doubtText(headline) ?? '')
    : l10n.t('Incomplete: it covers {0}.', share);
}

function shareText(share: number): string {
  if (share < 0.01) return l10n.t('less than {0}', percentText(0.01));
  return percentText(Math.min(0.99, share));
}

/** How old a cached answer is, and when its gateway will be asked again. */
export function answerAgeText({ answeredAt, retryAt }: Pick<UsageReport, 'answeredAt' | 'retryAt'>): string {
  return joinSentences(
    answeredAt && l10n.t('This answer is from {0}.', dateTimeText(answeredAt)),
    retryAt && l10n.t('The gateway can be asked again at {0}.', dateTimeText(retryAt)),
  );
}
