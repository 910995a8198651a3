import * as l10n from '@vscode/l10n';
import type { Reading } from '../../../../core/quota/reading.ts';
import { dateAndDistanceText } from '../../../../text/dateAndDistance.ts';
import { unreadableTexts } from '../../../../text/unreadableText.ts';
import { accountFacts, quotaFacts } from '../../../tree/amountFacts.ts';
import { windowFacts } from '../../../tree/windowFacts.ts';

/** What a reading tells, line by line, in the words of the tree. */
export function foundLines(reading: Reading, now: number): readonly string[] {
  const facts = [...quotaFacts(reading), ...windowFacts(reading, now), ...accountFacts(reading)];
  const lines = facts.flatMap(({ label, value }) =>
    value === undefined ? [] : [l10n.t('{0}: {1}', label, value)],
  );
  return [...lines, ...endLine(reading, now), ...unreadableTexts(reading)];
}

function endLine({ expiresAt }: Reading, now: number): readonly string[] {
  if (expiresAt === undefined) return [];
  const end =
    expiresAt === null ? l10n.t('never') : dateAndDistanceText(expiresAt, now, Date.parse(expiresAt));
  return [l10n.t('{0}: {1}', l10n.t('Expires'), end)];
}
