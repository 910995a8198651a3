/** How far below the window something already counts as in sight. */
const AHEAD_PX = 200;

/** Calls back when an element comes into sight, a little before it does. */
export function whenVisible(element: HTMLElement, seen: () => void): void {
  const tell = () => {
    // What is told may be a moment old: rows that came meanwhile may have pushed the element away.
    if (isVisible(element)) seen();
  };
  new IntersectionObserver(tell, { rootMargin: `${AHEAD_PX}px` }).observe(element);
}

/** Whether an element is in sight now, or soon would be. */
export function isVisible(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top < window.innerHeight + AHEAD_PX && bottom > -AHEAD_PX;
}
