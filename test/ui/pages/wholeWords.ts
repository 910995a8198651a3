import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { heading, list, paragraph, table } from '../../../src/text/document/block.ts';
import { documentHtml } from '../../../src/text/document/documentHtml.ts';
import { wholeDates } from '../../../src/text/wholeDates.ts';
import type { PanelSite } from '../../host/panelSite.ts';
import { openScreen } from '../../host/window.ts';
import { findingsIn } from '../support/axe.ts';

const DATE = '2026年11月30日';
const SENTENCE = `数据覆盖到 ${DATE} 10:47 为止；当时时段尚未结束。${DATE}之前的日志未能与网关自己的计数核对。`;
const NARROW = 400;

export function testWholeWords(site: () => PanelSite, browser: () => Browser): void {
  describe('on a narrow screen', () => {
    let page: Page;
    beforeEach(async () => {
      page = await (await openScreen(browser(), { viewport: { width: NARROW, height: 600 } })).newPage();
    });
    afterEach(() => page.context().close());

    it('a page of a panel keeps each date in Chinese on one line', async () => {
      await page.goto(`${site().origin}/usage`);
      await page.evaluate(text => {
        const places = ['h1', 'p'].map(name => document.createElement(name));
        for (const place of places) place.textContent = text;
        document.body.replaceChildren(...places);
      }, wholeDates(SENTENCE));
      assert.deepEqual(await brokenDates(page), []);
    });

    it('a document keeps each date in Chinese on one line', async () => {
      const blocks = [heading(1, SENTENCE), paragraph(SENTENCE), list([SENTENCE])];
      await page.setContent(documentHtml('T', blocks, 'zh-cn'));
      assert.deepEqual(await brokenDates(page), []);
    });

    it('a document keeps the words of a table whole, in reach of a keyboard', async () => {
      const heads = ['Name', 'Opening', 'Read on', 'Closing', 'Read on', 'Decrease', 'Used'];
      const row = ['Claude Code – home', '$1.00', 'Nov 28, 2026', '$0.50', 'Nov 30, 2026', '$0.50', '$0.48'];
      const blocks = [
        heading(1, 'Review'),
        table(
          heads.map(head => ({ head })),
          [row],
        ),
      ];
      await page.setContent(documentHtml('T', blocks, 'en'));
      assert.deepEqual(await wordsOnTwoLines(page), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) > NARROW);
      assert.deepEqual(await findingsIn(page.locator('body')), []);
    });
  });
}

/** Where dates are on two lines, at any of these widths. */
function brokenDates(page: Page): Promise<string[]> {
  return page.evaluate(date => {
    const found: string[] = [];
    const range = document.createRange();
    for (let width = 180; width < 400; width += 5) {
      document.body.style.width = `${width}px`;
      for (const place of document.querySelectorAll('h1, h2, p, li')) {
        const text = place.firstChild;
        const said = text?.textContent ?? '';
        for (let at = said.indexOf(date); text && at >= 0; at = said.indexOf(date, at + 1)) {
          range.setStart(text, at);
          range.setEnd(text, at + date.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.push(`${place.localName} at ${width} px`);
        }
      }
    }
    return found;
  }, wholeDates(DATE));
}

/** Words in cells of which a part is on the next line. */
function wordsOnTwoLines(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const range = document.createRange();
    return [...document.querySelectorAll('th bdi, td bdi')].flatMap(({ firstChild: text }) =>
      [...(text?.textContent ?? '').matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
        if (!text) return [];
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length > 1 ? [word] : [];
      }),
    );
  });
}
