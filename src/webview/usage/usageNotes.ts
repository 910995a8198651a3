import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShownUsage, UsagePageRequest } from '../../core/panels/usageMessages.ts';
import { button } from '../widgets/button.ts';
import { nameOf } from '../widgets/name.ts';
import { missingBeforeTitle, missingKeys, missingTitle } from './missingKeys.ts';
import { waitingText } from './waitingText.ts';

/** The notes above the figures: which keys wait, which are missing, and what was not added. */
export function usageNotes(
  shown: ShownUsage,
  sections: number,
  post: (message: UsagePageRequest) => void,
): TemplateResult {
  const { answer, previous } = shown;
  const isNothing = sections === 0 && answer.problems.length === 0;
  return html`
    ${waitingNote(shown, post)} ${missingKeys(answer, missingTitle, sections === 0)}
    ${previous ? missingKeys(previous, missingBeforeTitle) : nothing}
    ${
      sections > 1
        ? html`<p>${l10n.t('Figures in different units, and those of accounts and of their keys, are not added.')}</p>`
        : nothing
    }
    ${isNothing ? html`<p class="empty">${l10n.t('No figures.')}</p>` : nothing}
  `;
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
    ${nameOf(text)} ${button(l10n.t('Ask Now Anyway'), () => post({ type: 'askNow' }))}
    ${shown.waitsUntil === undefined ? nothing : stop()}
  </div>`;
}
