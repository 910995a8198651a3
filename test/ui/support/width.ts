import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';

/** Waits until no part of a page is wider than it, but for those that scroll in themselves. Fails by what still is. */
export async function nothingIsWider(frame: FrameLocator, when: string): Promise<void> {
  let over: readonly string[] = [];
  await until('nothing is too wide', PATIENCE_MS, async () => {
    over = await frame.locator('html').evaluate(html => {
      const wide = html.scrollWidth - html.clientWidth;
      const parts = [...html.querySelectorAll('body *')].filter(
        each => each.getBoundingClientRect().right > window.innerWidth && !each.closest('.scroll'),
      );
      return [...(wide > 0 ? [`${wide} px`] : []), ...parts.map(each => `${each.tagName}.${each.className}`)];
    });
    return over.length === 0;
  }).catch(() => assert.deepEqual(over, [], when));
}
