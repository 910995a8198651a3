import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { button } from '../widgets/button.ts';

/** Shown where no spend is known yet: new spend appears by itself, and earlier spend can be queried. */
export function noSpend(showUsage: () => void): TemplateResult {
  return html`<p>${l10n.t('No spend by day and model is known yet. It appears here as gateways report it; Show Usage asks for what was spent before.')}</p>
    <div class="row">${button(l10n.t('Show Usage'), showUsage)}</div>`;
}
