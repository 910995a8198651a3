import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { unitName } from '../../core/quota/unit.ts';
import type { Headline } from '../../core/usage/headline.ts';
import type { UsageReport } from '../../core/usage/usageReport.ts';
import { scopeName } from '../../text/usage.ts';
import { wholeDates } from '../../text/wholeDates.ts';
import { nameOf, saidOf } from '../widgets/name.ts';
import { coverageNotes, namesText } from './coverageNotes.ts';
import { type Section, sectionTotal } from './sections.ts';

/** Whose figures a section has, and in which unit. */
export function sectionHeading(section: Section): TemplateResult {
  return html`<h2>${`${whatOf(section)} · `}${nameOf(whoseOf(section))}</h2>`;
}

/** The same as a name, for parts of a section that are called alike in each. */
export function sectionName(section: Section): string {
  return `${whatOf(section)} · ${whoseOf(section)}`;
}

function whatOf({ scope, unit }: Section): string {
  return `${scope === 'account' ? l10n.t('Accounts') : l10n.t('Keys')} · ${unitName(unit)}`;
}

function whoseOf({ reports }: Section): string {
  return namesText(reports.map(scopeName));
}

/** Where the figures of a section come from, what they cover, and what is assumed. */
export function sectionCoverage(section: Section, { isComplete }: Headline): TemplateResult {
  const { reports, unit } = section;
  const isZero = isComplete && sectionTotal(section)?.used === 0;
  const isAssumed = unit.source === 'default' && unit.code !== 'UNITS';
  return html`<div class="coverage">
    ${isZero ? html`<p class="empty">${l10n.t('Nothing was spent in this range.')}</p>` : nothing}
    ${coverageLines(reports)}
    ${
      isAssumed
        ? html`<p>${l10n.t('≈ The gateway does not say its unit; the usual one is assumed.')}</p>`
        : nothing
    }
  </div>`;
}

/** More would push the chart off the screen. */
const MAX_NOTES = 4;

/** One line that opens where the notes are many: the figures themselves say first how much they cover. */
function coverageLines(reports: readonly UsageReport[]): TemplateResult {
  const notes = coverageNotes(reports);
  const lines = notes.map(({ names, text, isPartial }) => {
    const whole = wholeDates(text);
    const said = names.length > 0 ? saidOf(namesText(names), whole) : whole;
    return html`<p class=${isPartial ? 'partial' : nothing}>${said}</p>`;
  });
  if (notes.length <= MAX_NOTES) return html`${lines}`;
  const isPartial = notes.some(note => note.isPartial);
  return html`<details>
    <summary class=${isPartial ? 'partial' : nothing}>${l10n.t('Where the figures come from, and what they cover')}</summary>
    ${lines}
  </details>`;
}
