import type { FrameLocator } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';

/** Waits until a panel's page has taken the focus, which it does a moment after its command: a key pressed before would be lost. */
export async function takesFocus(frame: FrameLocator): Promise<void> {
  await until('the page has the focus', PATIENCE_MS, () =>
    frame.locator('body').evaluate(() => document.hasFocus()),
  );
}

/** What has the focus in the page, and whether a person can see that it has. */
export async function focused(frame: FrameLocator): Promise<{ name: string; isSeen: boolean }> {
  return frame.locator('body').evaluate(() => {
    let element = document.activeElement;
    const outer = element;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const rings = [outer, element, ...(outer?.shadowRoot?.querySelectorAll('*') ?? [])];
    const isRing = (each: Element | null) => {
      if (!each) return false;
      const { outlineStyle, outlineWidth, borderColor, boxShadow } = getComputedStyle(each);
      const focus = getComputedStyle(document.documentElement)
        .getPropertyValue('--vscode-focusBorder')
        .trim();
      const probe = document.createElement('i');
      probe.style.color = focus;
      document.body.append(probe);
      const color = getComputedStyle(probe).color;
      probe.remove();
      return (
        (outlineStyle !== 'none' && outlineWidth !== '0px') || borderColor === color || boxShadow !== 'none'
      );
    };
    const name =
      outer?.getAttribute('aria-label') ?? element?.getAttribute('aria-label') ?? outer?.textContent ?? '';
    return { name: name.trim(), isSeen: rings.some(isRing) };
  });
}
