import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { button } from '../widgets/button.ts';

/** What stands in place of spend that is not known: what is noticed comes by itself, and what was before can be asked for. */
export function noSpend(showUsage: () => void): TemplateResult {
  return html`<p>${l10n.t('No spend is known yet. It appears here as gateways report it; Show Usage asks for what was spent before.')}</p>
    <div class="row">${button(l10n.t('Show Usage'), showUsage)}</div>`;
}
