import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { legend, paintSwatches } from './legend.ts';
import type { Palette } from './palette.ts';
import { type ChartFigures, Plot } from './plot.ts';

export interface ChartContent extends ChartFigures {
  /** What the chart shows and how to move in it. */
  readonly label: string;
  /** What its hatches and lines mean. */
  readonly caption: string;
  /** One time in words, with all its figures. */
  readonly pointText: (index: number) => string;
}

/** A chart of stacked bars with its legend. The same content object is the same chart. */
export function chart(content: ChartContent, palette: Palette): TemplateResult {
  return html`<usage-chart .content=${content} .palette=${palette}></usage-chart>`;
}

/**
 * The bars are a picture that uPlot draws into an element of its own. To the keyboard and to screen readers it
 * is a slider over its times; the same figures are in the table below it.
 */
class UsageChart extends LitElement {
  static override properties = { content: { attribute: false }, palette: { attribute: false } };

  declare content: ChartContent;
  declare palette: Palette;
  readonly #resizing = new ResizeObserver(() => this.#resize());
  #plot: Plot | undefined;
  /** The time that is pointed at. */
  #index: number | undefined;
  /** The time that was pointed at last: the slider's value. */
  #value = 0;
  #held: number | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#redraw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
    this.#plot?.dispose();
    this.#plot = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('content')) return;
    this.#index = undefined;
    this.#value = this.#last;
    this.#held = undefined;
  }

  protected override render(): TemplateResult {
    const { stack, unit, label, caption, pointText } = this.content;
    return html`<figure>
      <div
        class="chart"
        role="slider"
        tabindex="0"
        aria-label=${label}
        aria-valuemin="1"
        aria-valuemax=${stack.times.length}
        aria-valuenow=${this.#value + 1}
        aria-valuetext=${pointText(this.#value)}
        @keydown=${(event: KeyboardEvent) => this.#press(event)}
        @blur=${() => this.#point(undefined)}
      ></div>
      ${legend({
        stack,
        unit,
        index: this.#index,
        held: this.#held,
        pressed: series => this.#hold(series),
        hovered: series => this.#plot?.highlight(series ?? this.#held),
      })}
      ${caption === '' ? nothing : html`<figcaption>${caption}</figcaption>`}
    </figure>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('content') && !changed.has('palette')) return;
    paintSwatches(this.querySelectorAll<HTMLCanvasElement>('.legend canvas'), this.palette);
    this.#redraw();
  }

  get #last(): number {
    return this.content.stack.times.length - 1;
  }

  get #place(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.chart');
  }

  /** Draws anew once the size is known, which is before the next paint. */
  #redraw(): void {
    this.#plot?.dispose();
    this.#plot = undefined;
    this.#resizing.disconnect();
    if (this.#place) this.#resizing.observe(this.#place);
  }

  #resize(): void {
    const place = this.#place;
    if (!place || place.clientWidth === 0) return;
    if (this.#plot) this.#plot.resize(place.clientWidth);
    else {
      this.#plot = new Plot(place, this.content, this.palette, index => this.#moved(index));
      if (this.#held !== undefined) this.#plot.highlight(this.#held);
    }
  }

  #hold(series: number): void {
    this.#held = this.#held === series ? undefined : series;
    this.#plot?.highlight(this.#held);
    this.requestUpdate();
  }

  #press(event: KeyboardEvent): void {
    const now = this.#index ?? this.#last + 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - 7,
      PageUp: now + 7,
      Home: 0,
      End: this.#last,
    };
    const next = moves[event.key];
    if (event.key === 'Escape') this.#point(undefined);
    if (next === undefined) return;
    event.preventDefault();
    this.#point(Math.min(this.#last, Math.max(0, next)));
  }

  #point(index: number | undefined): void {
    this.#plot?.point(index);
    this.#moved(index);
  }

  #moved(index: number | undefined): void {
    if (index === this.#index) return;
    this.#index = index;
    if (index !== undefined) this.#value = index;
    this.requestUpdate();
  }
}

customElements.define('usage-chart', UsageChart);
