import * as l10n from '@vscode/l10n';
import type { Unit } from '../../core/quota/unit.ts';
import { amountText } from '../../text/amount.ts';
import { createElement, nameOf, setAttribute } from '../widgets/element.ts';
import type { Palette } from './palette.ts';
import type { Stack } from './stack.ts';
import { timeText } from './timeLabels.ts';

const SWATCH = 12;

/** What each colour of a chart means, with its amount: of the whole range, or of the time pointed at. */
export class Legend {
  readonly element: HTMLElement;
  readonly #stack: Stack;
  readonly #unit: Unit;
  readonly #palette: Palette;
  readonly #heading = createElement('p', { class: 'heading' });
  readonly #swatches: readonly HTMLCanvasElement[];
  readonly #amounts: readonly HTMLElement[];
  readonly #buttons: readonly HTMLButtonElement[];
  #held: number | undefined;

  constructor(stack: Stack, unit: Unit, palette: Palette, highlight: (series: number | undefined) => void) {
    this.#stack = stack;
    this.#unit = unit;
    this.#palette = palette;
    this.#swatches = stack.series.map(() => createElement('canvas', { width: SWATCH, height: SWATCH }));
    this.#amounts = stack.series.map(() => createElement('span', { class: 'number' }));
    this.#buttons = stack.series.map(({ name }, index) => {
      const press = createElement(
        'button',
        { type: 'button', class: 'key', 'aria-pressed': 'false' },
        this.#swatches[index],
        nameOf(name),
        this.#amounts[index],
      );
      press.addEventListener('click', () => {
        this.#held = this.#held === index ? undefined : index;
        this.#buttons.forEach((each, at) => {
          setAttribute(each, 'aria-pressed', String(at === this.#held));
        });
        highlight(this.#held);
      });
      press.addEventListener('mouseenter', () => highlight(index));
      press.addEventListener('mouseleave', () => highlight(this.#held));
      return press;
    });
    const items = this.#buttons.map(each => createElement('li', {}, each));
    this.element = createElement(
      'div',
      { class: 'legend' },
      this.#heading,
      createElement('ul', { 'aria-label': l10n.t('What the colours mean') }, ...items),
    );
    this.redraw();
    this.show(undefined);
  }

  /** Shows the amounts of one time, or of the whole range. */
  show(index: number | undefined): void {
    const { times, series, sums } = this.#stack;
    const time = index === undefined ? undefined : times[index];
    const sum = index === undefined ? undefined : sums[index];
    this.#heading.textContent =
      time === undefined ? l10n.t('In all') : l10n.t('{0}: {1}', timeText(time), this.#amount(sum));
    series.forEach(({ total, values }, at) => {
      const amount = this.#amounts[at];
      if (amount) amount.textContent = this.#amount(index === undefined ? total : values[index]);
    });
  }

  /** Paints the swatches in the colours of the theme. */
  redraw(): void {
    this.#swatches.forEach((swatch, series) => {
      const context = swatch.getContext('2d');
      if (!context) return;
      context.fillStyle = this.#palette.fill(series, context);
      context.fillRect(0, 0, SWATCH, SWATCH);
    });
  }

  #amount(amount: number | undefined): string {
    return amount === undefined ? '–' : amountText(amount, this.#unit, 'exact', 'used');
  }
}
