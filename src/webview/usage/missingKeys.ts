import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { UsageAnswer } from '../../core/panels/usageMessages.ts';
import { countText } from '../../text/amount.ts';
import { nameOf } from '../widgets/name.ts';

/** Keys without figures for the same reason. */
export interface MissingGroup {
  /** A few words; empty where it is not known. */
  readonly reason: string;
  /** A sentence for each key. */
  readonly sentences: readonly string[];
}

/** The keys of an answer that have no figures, by reason: the most frequent one first. */
export function missingGroups({ missing = [], lacks = [], problems }: UsageAnswer): readonly MissingGroup[] {
  // An answer that an earlier version saved has sentences alone.
  if (missing.length === 0) return problems.length === 0 ? [] : [{ reason: '', sentences: problems }];
  const reasons = new Map(lacks.map(({ keyId, reason }) => [keyId, reason]));
  return [...Map.groupBy(missing, ({ keyId }) => reasons.get(keyId) ?? '')]
    .map(([reason, reports]) => ({ reason, sentences: reports.flatMap(({ note }) => note ?? []) }))
    .sort((a, b) => b.sentences.length - a.sentences.length);
}

/** How many of the keys that were asked about have no figures: `No figures for 9 of 22 keys`. */
export function missingTitle(missing: number, asked: number): string {
  return asked === 1
    ? l10n.t('No figures for the key')
    : missing === 1
      ? l10n.t('No figures for 1 of {0} keys', countText(asked))
      : l10n.t('No figures for {0} of {1} keys', countText(missing), countText(asked));
}

/** The same of the period before. */
export function missingBeforeTitle(missing: number, asked: number): string {
  return asked === 1
    ? l10n.t('No figures for the key in the period before')
    : missing === 1
      ? l10n.t('No figures for 1 of {0} keys in the period before', countText(asked))
      : l10n.t('No figures for {0} of {1} keys in the period before', countText(missing), countText(asked));
}

/** One line that opens: how many keys have no figures, and why. It is open where there is nothing else to see. */
export function missingKeys(
  answer: UsageAnswer,
  titleOf: (missing: number, asked: number) => string,
  isOpen = false,
): TemplateResult | typeof nothing {
  const groups = missingGroups(answer);
  if (groups.length === 0) return nothing;
  const missing = groups.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const withFigures = new Set(answer.reports.map(({ keyId }) => keyId)).size;
  return html`<details class="lacks" ?open=${isOpen}>
    <summary>${withReason(titleOf(missing, missing + withFigures), groups)}</summary>
    ${groups.map(groupOf)}
  </details>`;
}

/** If all have the same reason, such as waiting for their turn, it is shown without opening the line. */
function withReason(title: string, [group, ...others]: readonly MissingGroup[]): string {
  return group?.reason && others.length === 0 ? l10n.t('{0} ({1})', title, group.reason) : title;
}

function groupOf({ reason, sentences }: MissingGroup): TemplateResult {
  const head =
    reason === '' ? nothing : html`<p>${l10n.t('{0} ({1})', reason, countText(sentences.length))}</p>`;
  return html`${head}
    <ul>
      ${sentences.map(sentence => html`<li>${nameOf(sentence)}</li>`)}
    </ul>`;
}
