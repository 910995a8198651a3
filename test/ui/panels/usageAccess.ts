import assert from 'node:assert/strict';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { allFindings } from '../support/axe.ts';
import { focused } from '../support/focus.ts';
import {
  chooseOnPage,
  daysAgo,
  ledgerTotal,
  readRows,
  showLastWeek,
  totalBecomes,
} from '../support/panel.ts';
import { picture } from '../support/pictures.ts';
import { CONTAINER } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { inEachTheme } from '../support/themes.ts';
import { nothingIsWider } from '../support/width.ts';
import { openViewContainer } from '../workbench/viewContainer.ts';

const ACCOUNT = 'Relay One – account';
const HOSTILE = '<img src=x onerror="window.hacked = true">';
const RIGHT_TO_LEFT = 'نموذج \u202Egnp.exe';

export function testUsageAccess(stage: () => StageInUse): void {
  describe('the accessibility of the usage panel', () => {
    it('can be used by keyboard alone, with a visible focus', async () => {
      const { page, fleet } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      await frame.getByRole('button', { name: 'Today', exact: true }).focus();
      const stops: string[] = [];
      const goTo = async (name: string) => {
        for (let presses = 0; presses < 40; presses++) {
          const at = await focused(frame);
          if (at.name === name) return;
          await page.keyboard.press('Tab');
          const next = await focused(frame);
          assert.ok(next.isSeen, `the focus on “${next.name}” cannot be seen`);
          stops.push(next.name);
        }
        throw new Error(`${name} is not among ${stops.join(' | ')}`);
      };
      await goTo('Yesterday');
      await page.keyboard.press('Enter');
      await totalBecomes(
        frame,
        ledgerTotal(fleet.gateways.newApi, { account: 'sam', from: daysAgo(1), to: daysAgo(0) - 1 }),
      );
      assert.equal((await focused(frame)).name, 'Yesterday', 'the focus stays where it was');
      await goTo('Last 7 days');
      await page.keyboard.press('Space');
      await frame.locator('caption', { hasText: 'Spend by day' }).waitFor();

      await goTo('Spend by day; arrow keys move');
      const chart = frame.getByRole('slider');
      await page.keyboard.press('Home');
      const first = await chart.getAttribute('aria-valuetext');
      await page.keyboard.press('ArrowRight');
      const second = await chart.getAttribute('aria-valuetext');
      assert.notEqual(first, second);
      assert.equal(await chart.getAttribute('aria-valuenow'), '2');
      const [day, amount] = (second ?? '').split(': ');
      const row = (await readRows(frame)).find(([name]) => name === day);
      assert.ok(row, `${day} is a row of the table`);
      // The chart says cents, the table all digits: $1.60 for $1.59839.
      const dollars = (text = '') => Number(/\$([\d.]+)/.exec(text)?.[1]);
      assert.ok(Math.abs(dollars(amount) - dollars(row[1])) < 0.01, `${amount} is ${row[1]}`);
      await frame.locator('.legend .heading', { hasText: day }).waitFor();
      await picture(page, 'usage-keyboard-chart');

      await goTo('Used');
      await page.keyboard.press('Enter');
      assert.equal(
        await frame.getByRole('columnheader', { name: 'Used' }).getAttribute('aria-sort'),
        'descending',
      );
    });

    it('shows names from a hostile gateway as text', async () => {
      const { page, fleet } = stage();
      for (const model of [HOSTILE, RIGHT_TO_LEFT]) {
        fleet.gateways.newApi.spend('cline-work', { quota: 5_000_000, model });
      }
      // A range ends two seconds before the gateway's clock: what is younger may still be written.
      const spentIn = Math.floor(Date.now() / 1000);
      await until('that second is surely over', PATIENCE_MS, () => Date.now() / 1000 >= spentIn + 4);
      const frame = await showLastWeek(stage(), ACCOUNT);
      await chooseOnPage(frame, 'Stack', 'by model');
      await chooseOnPage(frame, 'Table', 'by model');
      await frame.locator('tbody th').getByText(HOSTILE, { exact: true }).waitFor();
      await frame.locator('.legend').getByText(HOSTILE, { exact: true }).waitFor();
      assert.equal(await frame.locator('img').count(), 0);
      const isHacked = await frame.locator('body').evaluate(() => 'hacked' in window);
      assert.equal(isHacked, false);
      const foreign = (await readRows(frame)).find(([name]) => name?.startsWith('نموذج'));
      assert.ok(foreign, 'the other name is there too');
      assert.match(foreign[1] ?? '', /^\$\d/, 'and turns nothing around');
      await picture(page, 'usage-hostile');
      fleet.gateways.newApi.refund('cline-work', { quota: 10_000_000 });
    });

    it('has no axe finding in any theme, and follows a change of theme at once', async () => {
      const { page } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      const grounds = new Set<string>();
      await inEachTheme(page, frame, async (theme, kind) => {
        await frame.getByRole('button', { name: 'Today', exact: true }).focus();
        assert.deepEqual(await allFindings(page), [], theme);
        grounds.add(await frame.locator('body').evaluate(body => getComputedStyle(body).backgroundColor));
        await picture(page, `usage-theme-${kind}`);
      });
      assert.ok(grounds.size >= 3, [...grounds].join());
    });

    it('fits into 400 px, with every column reachable', async () => {
      const { page } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      await stage().pilot.command('workbench.action.closeSidebar');
      await page.setViewportSize({ width: 400, height: 900 });
      await until('the page has become narrow', PATIENCE_MS, async () => {
        const width = await frame.locator('body').evaluate(() => window.innerWidth);
        return width < 400;
      });
      // The chart takes the width of its place on a moment later.
      await nothingIsWider(frame, '400 px');
      assert.deepEqual(await allFindings(page), []);
      await picture(page, 'usage-400px');
      await chooseOnPage(frame, 'Table', 'every figure');
      await frame.locator('table').first().scrollIntoViewIfNeeded();
      await picture(page, 'usage-400px-table');
      await page.setViewportSize({ width: 1280, height: 800 });
      await openViewContainer(page, CONTAINER);
    });
  });
}
