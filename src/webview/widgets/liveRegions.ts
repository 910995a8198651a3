import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/**
 * Something that screen readers say when it comes. An object each time: the same words once more are said once
 * more, and drawing the page again says nothing.
 */
export interface Utterance {
  readonly text: string;
}

export const SILENCE: Utterance = { text: '' };

/** Says things to screen readers that eyes see by themselves. */
export function announcement(utterance: Utterance): TemplateResult {
  return html`<div class="unseen" role="status" aria-live="polite">${keyed(utterance, utterance.text)}</div>`;
}

/** Says what went wrong, to everybody. */
export function alert(utterance: Utterance): TemplateResult {
  return html`<div class="problem" role="alert">${keyed(utterance, utterance.text)}</div>`;
}
