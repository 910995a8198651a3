import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';

/** A name from outside, isolated from the text around it, whatever its writing direction. */
export function nameOf(text: string): TemplateResult {
  return html`<bdi class="name" title=${text}>${text}</bdi>`;
}

/** What is said of a name, with the colon of the language before it. */
export function saidOf(name: string, text: string): TemplateResult {
  return html`${nameOf(name)}${l10n.t('{0}: {1}', '', text)}`;
}
