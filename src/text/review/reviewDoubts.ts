import * as l10n from '@vscode/l10n';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { joinNames } from '../clauses.ts';
import { coverageReasonText, coversWholeTime, lackReasonText, uncheckedText } from '../coverage.ts';
import { type Block, list, paragraph } from '../document/block.ts';
import { isolatedName } from '../isolatedName.ts';
import { quotedName } from '../quotedName.ts';
import { dateTimeText } from '../time.ts';
import { scopeName } from '../usage.ts';
import { answerAgeText } from '../usageHeadline.ts';
import type { Doubt, Review } from './reviewContent.ts';

/** What could not be verified; keys with the same doubt share one sentence. */
export function doubtsSection({ parts, unverified }: Review): Block {
  const doubts = [...unverified, ...parts.flatMap(({ report }) => reportDoubts(report))];
  const sentences = [...Map.groupBy(doubts, ({ text }) => text([''])).values()].map(equal => {
    const names = [...new Set(equal.map(({ name }) => name))];
    return equal[0]?.text(names.map(isolatedName)) ?? '';
  });
  return sentences.length === 0 ? paragraph(l10n.t('Nothing.')) : list(sentences);
}

/** A sentence in which the key’s label stands in quotation marks, as a doubt that can be told of several keys. */
export function quotedDoubt(name: string, sentence: string): Doubt {
  const quoted = quotedName(name);
  return {
    name,
    text: names => sentence.replaceAll(quoted, () => joinNames(names.map(quotedName))),
  };
}

function reportDoubts(report: UsageReport): Doubt[] {
  const { coverage, note, total } = report;
  const { complete, from, to, reason } = coverage;
  const name = scopeName(report);
  const about = (text: Doubt['text']): Doubt => ({ name, text });
  const noTotal = about(names => l10n.t('{0}: total unknown.', joinNames(names)));
  // Another sentence of this section says why.
  if (reason === 'not-told') return [noTotal];
  const why = reason && (total ? coverageReasonText : lackReasonText)(reason, coverage);
  const unchecked = uncheckedText(coverage);
  const age = answerAgeText(report);
  const isCut = total !== undefined && !complete && !coversWholeTime(coverage);
  return [
    ...(note && total ? [quotedDoubt(name, note)] : []),
    ...(age ? [about(names => l10n.t('{0}: {1}', joinNames(names), age))] : []),
    ...(total ? [] : [noTotal]),
    ...(isCut && from !== undefined && to !== undefined
      ? [
          about(names =>
            l10n.t(
              '{0}: the figures cover {1} to {2} only.',
              joinNames(names),
              dateTimeText(from),
              dateTimeText(to),
            ),
          ),
        ]
      : []),
    ...(why ? [about(names => l10n.t('{0}: {1}', joinNames(names), why))] : []),
    ...(unchecked ? [about(names => l10n.t('{0}: {1}', joinNames(names), unchecked))] : []),
  ];
}
