import { nothing } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ElementPart } from 'lit/directive.js';

/** How far below the window something already counts as in sight. */
const AHEAD_PX = 200;

/** Whether an element is in sight now, or soon would be. */
export function isVisible(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top < window.innerHeight + AHEAD_PX && bottom > -AHEAD_PX;
}

class WhenVisible extends AsyncDirective {
  readonly #observer = new IntersectionObserver(() => this.#tell(), { rootMargin: `${AHEAD_PX}px` });
  #element: Element | undefined;
  #seen: () => void = () => undefined;

  render(_seen: () => void): typeof nothing {
    return nothing;
  }

  override update({ element }: ElementPart, [seen]: [() => void]): typeof nothing {
    this.#seen = seen;
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

  #tell(): void {
    // What is told may be a moment old: rows that came meanwhile may have pushed the element away.
    if (this.#element && isVisible(this.#element)) this.#seen();
  }
}

/** On an element: calls back when it comes into sight, a little before it does. */
export const whenVisible = directive(WhenVisible);
