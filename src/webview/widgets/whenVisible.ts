import { nothing } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ElementPart } from 'lit/directive.js';

/** How far below the window an element already counts as visible. */
const MARGIN_PX = 200;

/** Whether an element is visible, or nearly so. */
export function isVisible(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top < window.innerHeight + MARGIN_PX && bottom > -MARGIN_PX;
}

class WhenVisible extends AsyncDirective {
  readonly #observer = new IntersectionObserver(() => this.#callIfVisible(), {
    rootMargin: `${MARGIN_PX}px`,
  });
  #element: Element | undefined;
  #onVisible: () => void = () => undefined;

  render(_seen: () => void): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart, [seen]: [() => void]): typeof nothing {
    this.#onVisible = seen;
    if (!this.#element) {
      this.#element = element;
      this.#observer.observe(element);
    }
    return nothing;
  }

  override disconnected(): void {
    this.#observer.disconnect();
  }

  override reconnected(): void {
    if (this.#element) this.#observer.observe(this.#element);
  }

  #callIfVisible(): void {
    // The observer may be late: new rows may have pushed the element away since.
    if (this.#element && isVisible(this.#element)) this.#onVisible();
  }
}

/** Calls back when the element becomes visible, a little before it does. */
export const whenVisible = directive(WhenVisible);
