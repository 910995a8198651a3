import { html, type TemplateResult } from 'lit';

/** A name from outside: kept apart from the text around it, whatever its direction of writing. */
export function nameOf(text: string): TemplateResult {
  return html`<bdi class="name" title=${text}>${text}</bdi>`;
}
