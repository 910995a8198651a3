import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { LookInto } from '../../core/panels/lookInto.ts';
import { nameOf } from '../widgets/name.ts';

export interface LookBarOptions {
  readonly only: LookInto;
  /** Whether some spend may be the model's and is not known to be. */
  readonly lacksModels: boolean;
  /** Shows all keys, or all models, again. */
  readonly onBack: (part: keyof LookInto) => void;
}

/** Which key or model the page shows alone, and the way back. */
export function lookBar({ only, lacksModels, onBack }: LookBarOptions): TemplateResult | typeof nothing {
  const parts = (['key', 'model'] as const).filter(part => only[part] !== undefined);
  if (parts.length === 0) return nothing;
  return html`<div class="look row">
    <span>${l10n.t('Only:')}</span>
    ${parts.map(part => chip(only[part]?.name ?? '', part, onBack))}
    <span class="note">${l10n.t('Exports hold only this.')}</span>
    ${lacksModels ? html`<span class="note">${l10n.t('Spend for unknown models is not in these figures.')}</span>` : nothing}
  </div>`;
}

function chip(name: string, part: keyof LookInto, onBack: LookBarOptions['onBack']): TemplateResult {
  const label =
    part === 'key' ? l10n.t('{0}: show all keys again', name) : l10n.t('{0}: show all models again', name);
  return html`<button type="button" class="chip" aria-label=${label} @click=${() => onBack(part)}
    >${nameOf(name)}<span aria-hidden="true">✕</span></button
  >`;
}
