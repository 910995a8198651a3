import * as l10n from '@vscode/l10n';
import type { LogPager } from '../../core/usage/logPager.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import { rowsText } from '../../text/rowsText.ts';
import { errorMessage } from './errorMessage.ts';

/** The name of a file of rows, which says what is wrong with them: some that match are missing, or others are among them. */
export function csvName({ end, unreadable, notApplied }: LogPager): string {
  const isWhole = end === 'whole' && unreadable === 0;
  const words = ['log', ...(notApplied.length > 0 ? ['not-filtered-by', ...notApplied] : [])];
  return `${[...words, ...(isWhole ? [] : ['incomplete'])].join('-')}.csv`;
}

/** Why an export did not read everything, and that it goes on from there. */
export function goesOnText(error: unknown, { rows }: LogPager): string {
  return joinSentences(
    errorMessage(error),
    l10n.t('Read so far: {0}, and nothing was saved. Save again to go on from there.', rowsText(rows.length)),
  );
}
