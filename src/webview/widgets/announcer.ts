import { createElement } from './element.ts';

/** Says things to screen readers that eyes see by themselves. */
export class Announcer {
  readonly element = createElement('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });

  say(text: string): void {
    this.element.textContent = text;
  }
}
