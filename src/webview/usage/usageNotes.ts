import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShownUsage, UsagePageRequest } from '../../core/panels/usageMessages.ts';
import { unitName } from '../../core/quota/unit.ts';
import type { KnownTotal } from '../../core/usage/unitTotals.ts';
import { amountText } from '../../text/amount.ts';
import { joinNames } from '../../text/clauses.ts';
import { coveredText, flawedTitle } from '../../text/usageHeadline.ts';
import { button } from '../widgets/button.ts';
import { nameOf } from '../widgets/name.ts';
import { missingBeforeTitle, missingKeys, missingTitle } from './missingKeys.ts';
import { unplacedKeys } from './shownFigures.ts';
import { waitingText } from './waitingText.ts';

/** The notes above the figures: which keys wait, which are missing, and what was not added. */
export function usageNotes(
  shown: ShownUsage,
  { sections, totals }: { readonly sections: number; readonly totals: readonly KnownTotal[] },
  post: (message: UsagePageRequest) => void,
): TemplateResult {
  const { answer, previous } = shown;
  const unplaced = unplacedKeys(shown);
  const isNothing = sections === 0 && answer.problems.length === 0;
  return html`
    ${waitingNote(shown, post)} ${missingKeys(answer, missingTitle, sections === 0)}
    ${previous ? missingKeys(previous, missingBeforeTitle) : nothing}
    ${
      sections > 1
        ? html`<p>${l10n.t('Figures in different units, and those of accounts and of their keys, are not added.')}</p>`
        : nothing
    }
    ${totals.map(total => html`<p>${totalText(total)}</p>`)}
    ${unplaced.length > 0 && sections > 0 ? html`<p>${nameOf(unplacedText(unplaced))}</p>` : nothing}
    ${isNothing ? html`<p class="empty">${l10n.t('No figures.')}</p>` : nothing}
  `;
}

/** The total over accounts and keys: a key’s spend that is in its account’s figure is counted once. */
function totalText({ unit, used, headline, counted }: KnownTotal): string {
  const name = flawedTitle(l10n.t('Total in {0}', unitName(unit)), headline.flaw);
  const isAssumed = unit.code !== 'UNITS' && counted.some(each => each.unit.source === 'default');
  const amount = `${isAssumed ? '≈ ' : ''}${amountText(used, unit, 'exact', 'up')}`;
  const text = l10n.t('{0}: {1}', name, amount);
  return headline.flaw === undefined ? text : l10n.t('{0} ({1})', text, coveredText(headline));
}

function unplacedText(names: readonly string[]): string {
  return l10n.t('Not in any total, since the unit is unknown: {0}.', joinNames(names));
}

/** Which keys could not be asked yet, when they can, and what the user can do about it. */
function waitingNote(
  shown: ShownUsage,
  post: (message: UsagePageRequest) => void,
): TemplateResult | typeof nothing {
  const text = waitingText(shown);
  if (text === undefined) return nothing;
  const stop = () => button(l10n.t('Do Not Wait'), () => post({ type: 'stopWaiting' }));
  return html`<div class="waiting row" role="status">
    ${nameOf(text)} ${button(l10n.t('Ask Gateway Now'), () => post({ type: 'askNow' }))}
    ${shown.waitsUntil === undefined ? nothing : stop()}
  </div>`;
}
