import type { Page } from 'playwright-core';

/** A thing in a page that a person can use, and what a keyboard makes of it. */
export interface Usable {
  /** Its role, name and place, to tell it from others. */
  readonly what: string;
  readonly isReached: boolean;
  /** Whether anything of it looks different while it has the focus. */
  readonly isSeen: boolean;
}

interface PageScope {
  readonly usable: Map<Element, { readonly what: string; look: string; isReached: boolean; isSeen: boolean }>;
  readonly lookOf: (element: Element) => string;
}

/**
 * Goes through a page by the Tab key, and by arrows where one stop is many, and tells of each thing that can be used whether it
 * was reached. What shows a hand to the pointer is such a thing as well, unless it holds or is part of one.
 */
export async function usableThings(page: Page): Promise<readonly Usable[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const count = await page.evaluate(findUsable);
  for (let presses = 0; presses < count * 2 + 5; presses++) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(noteFocus))) break;
    // A list that is one stop: its other things are reached by an arrow.
    if (!(await page.evaluate(isInList))) continue;
    for (const key of ['Home', ...Array.from({ length: count }, () => 'ArrowRight')]) {
      await page.keyboard.press(key);
      await page.evaluate(noteFocus);
    }
  }
  return page.evaluate(() =>
    [...(window as unknown as PageScope).usable.values()].map(({ what, isReached, isSeen }) => ({
      ...{ what, isReached, isSeen },
    })),
  );
}

/** Runs in the page: finds what can be used, and how it looks without the focus. */
function findUsable(): number {
  const CONTROLS =
    'button, a[href], input, select, textarea, summary, vscode-button, vscode-textfield, vscode-single-select';
  const KINDS = `${CONTROLS}, [tabindex]`;
  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const isUsable = (element: Element) =>
    isShown(element) &&
    !element.matches(':disabled, [disabled]') &&
    (element.matches(CONTROLS) || !element.matches('[tabindex="-1"]'));
  const lookOf = (element: Element) => {
    const inside = [...(element.shadowRoot?.querySelectorAll('*') ?? [])];
    return [element, ...inside]
      .map(each => {
        const style = getComputedStyle(each);
        const { outlineStyle, outlineWidth, outlineColor, borderColor, boxShadow } = style;
        const outline = outlineStyle === 'none' || outlineWidth === '0px' ? '' : outlineColor;
        return [outline, borderColor, boxShadow].join();
      })
      .join('|');
  };
  const usable: PageScope['usable'] = new Map();
  const add = (element: Element) => {
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 60) ?? '';
    const what = `${element.tagName.toLowerCase()}.${element.className} “${name}” ${usable.size}`;
    usable.set(element, { what, look: lookOf(element), isReached: false, isSeen: false });
  };
  for (const element of document.querySelectorAll(KINDS)) if (isUsable(element)) add(element);
  for (const element of document.querySelectorAll('body *')) {
    const isHand = getComputedStyle(element).cursor === 'pointer' && isShown(element);
    if (isHand && !element.closest(`${KINDS}, label`) && !element.querySelector(KINDS)) add(element);
  }
  Object.assign(window, { usable, lookOf });
  return usable.size;
}

/** Runs in the page: notes what has the focus. False once nothing has it. */
function noteFocus(): boolean {
  const { usable, lookOf } = window as unknown as PageScope;
  const at = document.activeElement;
  if (!at || at === document.body) return false;
  const known = usable.get(at);
  if (known) {
    known.isReached = true;
    known.isSeen ||= lookOf(at) !== known.look;
  }
  return true;
}

/** Runs in the page: whether what has the focus is in a list that is one stop for the Tab key. */
function isInList(): boolean {
  return Boolean(document.activeElement?.closest('.cards'));
}
