import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/**
 * A text that screen readers read when it appears. Each is a new object: the same text is read again, but not when the
 * page is merely rendered again.
 */
export interface Announcement {
  readonly text: string;
}

export const NO_ANNOUNCEMENT: Announcement = { text: '' };

/** Reads a text to screen readers only. */
export function announcement(announced: Announcement): TemplateResult {
  return html`<div class="unseen" role="status" aria-live="polite">${keyed(announced, announced.text)}</div>`;
}

/** Shows what went wrong, and reads it to screen readers. */
export function alert(announced: Announcement): TemplateResult {
  return html`<div class="problem" role="alert">${keyed(announced, announced.text)}</div>`;
}
