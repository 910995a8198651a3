import { html, type TemplateResult } from 'lit';

/** A name from outside, isolated from the text around it, whatever its writing direction. */
export function nameOf(text: string): TemplateResult {
  return html`<bdi class="name" title=${text}>${text}</bdi>`;
}
