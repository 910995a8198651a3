import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { legend, paintSwatches } from './legend.ts';
import type { Palette } from './palette.ts';
import { type ChartFigures, Plot } from './plot.ts';

export interface ChartContent extends ChartFigures {
  /** The accessible name: what the chart shows and which keys move in it. */
  readonly label: string;
  /** What its hatches and lines mean. */
  readonly caption: string;
  /** The figures of one time as a text, for screen readers. */
  readonly pointText: (index: number) => string;
}

/** Called with the id and name of the key or model that a person wants to see alone. */
export type OnLook = (id: string, name: string) => void;

/** A chart of stacked bars with its legend. It is drawn again only for another content object. */
export function chart(content: ChartContent, palette: Palette, lookInto: OnLook): TemplateResult {
  return html`<usage-chart .content=${content} .palette=${palette} .lookInto=${lookInto}></usage-chart>`;
}

/**
 * uPlot draws the bars as a picture into an element of its own. For the keyboard and screen readers it is a slider over
 * the times; the same figures are in the table below it.
 */
class UsageChart extends LitElement {
  static override properties = {
    content: { attribute: false },
    palette: { attribute: false },
    lookInto: { attribute: false },
  };

  declare content: ChartContent;
  declare palette: Palette;
  declare lookInto: OnLook;
  readonly #resizing = new ResizeObserver(() => this.#resize());
  #plot: Plot | undefined;
  /** The index of the time that is pointed at. */
  #pointedIndex: number | undefined;
  /** The index of the time that was pointed at last: the slider's value. */
  #sliderValue = 0;

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
    this.#pointedIndex = undefined;
    this.#sliderValue = this.#lastIndex;
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
        aria-valuenow=${this.#sliderValue + 1}
        aria-valuetext=${pointText(this.#sliderValue)}
        @keydown=${(event: KeyboardEvent) => this.#onKeyDown(event)}
        @blur=${() => this.#point(undefined)}
      ></div>
      ${legend({
        stack,
        unit,
        index: this.#pointedIndex,
        onPress: (id, name) => this.lookInto(id, name),
        onHover: series => this.#plot?.highlight(series),
      })}
      ${caption === '' ? nothing : html`<figcaption>${caption}</figcaption>`}
    </figure>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('content') && !changed.has('palette')) return;
    paintSwatches(
      this.querySelectorAll<HTMLCanvasElement>('.legend canvas'),
      this.content.stack,
      this.palette,
    );
    this.#redraw();
  }

  get #lastIndex(): number {
    return this.content.stack.times.length - 1;
  }

  get #place(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.chart');
  }

  /** Draws the chart again once the size is known, which is before the next paint. */
  #redraw(): void {
    this.#plot?.dispose();
    this.#plot = undefined;
    this.#resizing.disconnect();
    if (this.#place) this.#resizing.observe(this.#place);
  }

  #resize(): void {
    const place = this.#place;
    if (!place || place.clientWidth === 0) return;
    if (this.#plot) this.#plot.resize(place);
    else this.#plot = new Plot(place, this.content, this.palette, index => this.#moved(index));
  }

  #onKeyDown(event: KeyboardEvent): void {
    const now = this.#pointedIndex ?? this.#lastIndex + 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: now - 1,
      ArrowDown: now - 1,
      ArrowRight: now + 1,
      ArrowUp: now + 1,
      PageDown: now - 7,
      PageUp: now + 7,
      Home: 0,
      End: this.#lastIndex,
    };
    const next = moves[event.key];
    if (event.key === 'Escape') this.#point(undefined);
    if (next === undefined) return;
    event.preventDefault();
    this.#point(Math.min(this.#lastIndex, Math.max(0, next)));
  }

  #point(index: number | undefined): void {
    this.#plot?.point(index);
    this.#moved(index);
  }

  #moved(index: number | undefined): void {
    if (index === this.#pointedIndex) return;
    this.#pointedIndex = index;
    if (index !== undefined) this.#sliderValue = index;
    this.requestUpdate();
  }
}

customElements.define('usage-chart', UsageChart);
