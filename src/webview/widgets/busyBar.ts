import * as l10n from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { countText } from '../../text/amount.ts';
import { button } from './button.ts';
import { createElement } from './element.ts';

/** Says that something is being asked, how far it is, and offers to call it off. */
export class BusyBar {
  readonly element: HTMLElement;
  readonly #bar = createElement('vscode-progress-bar', { 'aria-label': l10n.t('Asking') });
  readonly #words = createElement('span', { role: 'status' });

  constructor(cancel: () => void) {
    this.element = createElement(
      'div',
      { class: 'busy', hidden: true },
      this.#bar,
      createElement('div', { class: 'row' }, this.#words, button(l10n.t('Cancel'), cancel)),
    );
  }

  show(done: number, total: number | undefined): void {
    this.element.hidden = false;
    this.#bar.indeterminate = total === undefined || total === 0;
    this.#bar.value = done;
    this.#bar.max = total ?? 100;
    this.#words.textContent = wordsOf(done, total);
  }

  hide(): void {
    this.element.hidden = true;
    this.#words.textContent = '';
  }
}

function wordsOf(done: number, total: number | undefined): string {
  if (done === 0) return l10n.t('Asking…');
  if (total === undefined) return l10n.t('Asking… {0} rows', countText(done));
  return l10n.t('Asking… {0} of {1} rows', countText(done), countText(total));
}
