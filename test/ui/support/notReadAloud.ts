import type { Locator } from 'playwright-core';

/**
 * What is seen in a place and not read by a screen reader: figures that are hidden from it, pictures without a text.
 */
export function notReadAloud(place: Locator): Promise<readonly string[]> {
  return place.evaluate(main => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const said = node.textContent ?? '';
      // A picture has its name, and what it draws stands beside it in words.
      if (/\d/.test(said) && node.parentElement?.closest('[aria-hidden="true"]')) found.push(said);
    }
    const pictures = [...main.querySelectorAll('svg, canvas')].filter(
      each =>
        !each.closest(
          '[aria-hidden="true"], [role="img"][aria-label], [role="slider"][aria-valuetext], .legend',
        ),
    );
    return [...found, ...pictures.map(each => each.outerHTML)];
  });
}
