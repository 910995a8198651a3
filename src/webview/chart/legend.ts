import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Unit } from '../../core/quota/unit.ts';
import { allDigits, narrowText } from '../usage/amounts.ts';
import { nameOf } from '../widgets/name.ts';
import type { Palette } from './palette.ts';
import type { Stack } from './stack.ts';
import { timeText } from './timeLabels.ts';

const SWATCH = 12;

export interface LegendOptions {
  readonly stack: Stack;
  readonly unit: Unit;
  /** The index of the time that is pointed at; undefined for the whole range. */
  readonly index: number | undefined;
  /** Called to look into the key or model with this id. */
  readonly onPress: (id: string, name: string) => void;
  /** Called with the series that the pointer or the focus is on, and with undefined when it leaves. */
  readonly onHover: (series: number | undefined) => void;
}

/** What each color of a chart means, with its amount in the whole range or at the time that is pointed at. */
export function legend({ stack, unit, index, onPress, onHover }: LegendOptions): TemplateResult {
  const { times, series, sums } = stack;
  const amount = (value: number | undefined) => (value === undefined ? '–' : narrowText(value, unit));
  const digits = (value: number | undefined) => (value === undefined ? nothing : allDigits(value, unit));
  const time = index === undefined ? undefined : times[index];
  const sum = index === undefined ? undefined : sums[index];
  const items = series.map(({ id, name, total, values }, at) => {
    const value = index === undefined ? total : values[index];
    const content = html`<canvas width=${SWATCH} height=${SWATCH}></canvas>${nameOf(name)}<span class="number" title=${digits(value)}
      >${amount(value)}</span>`;
    // The sum of several is nothing to look into.
    const entry =
      id === undefined
        ? html`<span class="key">${content}</span>`
        : html`<button
            type="button"
            class="key"
            title=${l10n.t('Show only {0}', name)}
            @click=${() => onPress(id, name)}
            @focus=${() => onHover(at)}
            @blur=${() => onHover(undefined)}
          >${content}</button>`;
    return html`<li @mouseenter=${() => onHover(at)} @mouseleave=${() => onHover(undefined)}>
      ${entry}
    </li>`;
  });
  return html`<div class="legend">
    <p class="heading" title=${time === undefined ? nothing : digits(sum)}>${time === undefined ? l10n.t('In all') : l10n.t('{0}: {1}', timeText(time), amount(sum))}</p>
    <ul aria-label=${l10n.t('What the colors mean')}>
      ${items}
    </ul>
  </div>`;
}

/** Paints the swatches of a legend, in the order of its series, in the colors of the theme. */
export function paintSwatches(
  swatches: Iterable<HTMLCanvasElement>,
  { series }: Pick<Stack, 'series'>,
  palette: Palette,
): void {
  [...swatches].forEach((swatch, at) => {
    const context = swatch.getContext('2d');
    if (!context) return;
    context.fillStyle = palette.fill(series[at]?.slot, context);
    context.fillRect(0, 0, SWATCH, SWATCH);
  });
}
