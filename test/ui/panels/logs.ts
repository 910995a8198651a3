import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { LOG_TYPES } from '../../sampleGateways/state/logRow.ts';
import { allFindings } from '../support/axe.ts';
import { focused } from '../support/focus.ts';
import { chooseOnPage, dayBefore, daysAgo, readRows } from '../support/panel.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { inEachTheme } from '../support/themes.ts';
import { chooseFromMenu, openContextMenu } from '../workbench/contextMenu.ts';
import { takeOfferedFile } from '../workbench/fileDialog.ts';
import { choose, runCommand } from '../workbench/quickInput.ts';
import { treeRow } from '../workbench/tree.ts';
import { webview } from '../workbench/webview.ts';

const ACCOUNT = 'Relay One – account';
const [TIME, TYPE, KEY, MODEL] = [0, 1, 2, 3];
const REQUEST_ID = 10;

export function testLogs(stage: () => StageInUse): void {
  describe('the logs panel', () => {
    const gateway = () => stage().fleet.gateways.newApi;
    // By the type that is filtered by: the ledger reads the whole log in the background.
    const pagesOfType = () =>
      gateway()
        .callsOf({ path: '/api/log/self' })
        .filter(({ search }) => search.includes(`type=${LOG_TYPES.consume}`)).length;
    const truth = (filter: object) => gateway().holdings.log.select({ account: 'sam', ...filter });

    const show = async (): Promise<FrameLocator> => {
      const { page, pilot, fleet } = stage();
      const [key] = await addKeys(pilot, [sampleKey(fleet, ACCOUNT)]);
      await pilot.command('keyQuota.showLogs', { key });
      const frame = webview(page);
      await frame.locator('tbody tr').first().waitFor();
      return frame;
    };
    /** Waits until the page has taken in the rows of a filter, of which there are so many. */
    const rowsBecome = async (frame: FrameLocator, count: number) => {
      const several = `of ${count.toLocaleString('en')} rows`;
      const words = count === 1 ? /^\s*1 row\b/ : several;
      await frame
        .getByText(count === 0 ? 'The gateway has no rows for this filter.' : words)
        .first()
        .waitFor();
      await frame.locator('.busy').waitFor({ state: 'hidden' });
      return readRows(frame);
    };

    it('opens from the context menu of an account, with its newest rows', async () => {
      const { page, pilot, fleet } = stage();
      await addKeys(pilot, [sampleKey(fleet, ACCOUNT), sampleKey(fleet, 'Cline – work')]);
      const titles = await openContextMenu(page, treeRow(page, VIEW, 'Cline – work'), 'Remove Key…');
      assert.ok(!titles.includes('Show Request Log…'), 'a key that cannot read a log does not offer it');
      await openContextMenu(page, treeRow(page, VIEW, ACCOUNT), 'Show Request Log…');
      await chooseFromMenu(page, 'Show Request Log…');
      const rows = await rowsBecome(webview(page), truth({}).length);
      const [newest] = truth({});
      assert.equal(rows[0]?.[REQUEST_ID]?.replace('Copy', ''), newest?.requestId);
      assert.equal(rows[0]?.[MODEL], newest?.model);
      await picture(page, 'logs');
    });

    it('opens from the palette', async () => {
      const { page, pilot, fleet } = stage();
      await addKeys(pilot, [sampleKey(fleet, ACCOUNT), sampleKey(fleet, 'AIOHub – account')]);
      await runCommand(page, 'Key Quota: Show Request Log…');
      await choose(page, 'AIOHub – account');
      await webview(page).getByRole('heading', { name: 'Request log: AIOHub – account' }).waitFor();
      await webview(page).locator('tbody tr').first().waitFor();
    });

    it('asks for the next page only when the end becomes visible', async () => {
      const frame = await show();
      await chooseOnPage(frame, 'Type', 'Request');
      const all = truth({ type: LOG_TYPES.consume });
      await rowsBecome(frame, all.length);
      const before = pagesOfType();
      assert.ok(before > 0);
      const first = (await readRows(frame)).length;
      assert.equal(first, 100);
      await stage().page.waitForTimeout(1_000);
      assert.equal(pagesOfType(), before, 'nothing is asked while nobody scrolls');
      const lastCopy = frame.locator('tbody tr').last().getByRole('button');
      const name = await lastCopy.getAttribute('aria-label');
      await lastCopy.focus();
      await until('the next page is there', PATIENCE_MS, async () => (await readRows(frame)).length > first);
      const rows = await readRows(frame);
      const expected = all.slice(0, rows.length);
      assert.deepEqual(
        rows.map(row => row[REQUEST_ID]?.replace('Copy', '')),
        expected.map(({ requestId }) => requestId),
        'no row twice, none left out',
      );
      assert.equal((await focused(frame)).name, name, 'the focus stays where it was');
    });

    it('filters by key name, model with %, type, request id and dates', async () => {
      const { page } = stage();
      gateway().holdings.write('cline-work', {
        type: LOG_TYPES.error,
        quota: 0,
        content: '<b>upstream</b> failed',
      });
      const frame = await show();
      const fill = (label: string, text: string) =>
        frame.getByRole('textbox', { name: label, exact: true }).fill(text);
      const search = () => frame.getByRole('button', { name: 'Search' }).click();

      await fill('Key name', 'Cline – work');
      await fill('Model', 'claude-%');
      await search();
      const claude = truth({ key: 'cline-work', model: (model: string) => model.startsWith('claude-') });
      for (const row of await rowsBecome(frame, claude.length)) {
        assert.equal(row[KEY], 'Cline – work');
        assert.match(row[MODEL] ?? '', /^claude-/);
      }
      await picture(page, 'logs-filter');

      await frame.getByRole('button', { name: 'Clear' }).click();
      await rowsBecome(frame, truth({}).length);
      await chooseOnPage(frame, 'Type', 'Error');
      const errors = await rowsBecome(frame, truth({ type: LOG_TYPES.error }).length);
      assert.deepEqual(
        errors.map(row => row[TYPE]),
        ['Error'],
      );
      await frame.getByText('<b>upstream</b> failed').waitFor();

      await chooseOnPage(frame, 'Type', 'any');
      // The row that is looked for is the only one, as was the error.
      await rowsBecome(frame, truth({}).length);
      const [, second] = truth({ type: LOG_TYPES.consume });
      await fill('Request ID', second?.requestId ?? '');
      await search();
      assert.equal((await rowsBecome(frame, 1))[0]?.[REQUEST_ID]?.replace('Copy', ''), second?.requestId);

      await fill('Request ID', '');
      await fill('From', dayBefore(2));
      await search();
      await frame.getByRole('alert').filter({ hasText: 'A range needs a start and an end' }).waitFor();
      await fill('To', dayBefore(1));
      assert.equal(await frame.getByRole('alert').textContent(), '', 'no longer so');
      await search();
      const range = truth({ from: daysAgo(2), to: daysAgo(0) - 1 });
      const rows = await rowsBecome(frame, range.length);
      assert.ok(rows.length > 0 && rows.every(row => row[TIME]), 'rows of two days');

      await fill('Group', 'nobody');
      await search();
      assert.deepEqual(await rowsBecome(frame, 0), []);
      await picture(page, 'logs-empty');
    });

    it('offers ranges and keys, and says what is wrong with a filter', async () => {
      const frame = await show();
      await frame.getByRole('button', { name: 'Yesterday', exact: true }).click();
      const yesterday = { from: daysAgo(1), to: daysAgo(0) - 1 };
      await rowsBecome(frame, truth(yesterday).length);
      await frame.locator('[aria-pressed="true"]', { hasText: 'Yesterday' }).waitFor();
      await chooseOnPage(frame, 'Key', 'CI evals');
      const rows = await rowsBecome(frame, truth({ ...yesterday, key: 'ci-evals' }).length);
      assert.ok(rows.every(row => row[KEY] === 'CI evals'));
      await frame.getByRole('textbox', { name: 'Key name', exact: true }).fill('Nobody');
      await frame.getByText('The account has no key named “Nobody”').waitFor();
      await frame.getByRole('textbox', { name: 'From' }).fill(dayBefore(0));
      await frame.getByText('The range ends before it begins.').waitFor();
      assert.equal(await frame.getByRole('button', { name: 'Search' }).isDisabled(), true);
      assert.deepEqual(await allFindings(stage().page), []);
      await picture(stage().page, 'logs-wrong');
    });

    it('copies a request id, and saves all rows that match as CSV', async () => {
      const { page, home } = stage();
      const frame = await show();
      await rowsBecome(frame, truth({}).length);
      const third = truth({})[2];
      await frame.getByRole('button', { name: `Copy request ID ${third?.requestId}` }).click();
      await until('the id is in the clipboard', PATIENCE_MS, async () => {
        return (await page.evaluate(() => navigator.clipboard.readText())) === third?.requestId;
      });
      const file = join(home, 'project', 'log.csv');
      await frame.getByRole('button', { name: 'Save All as CSV' }).click();
      // The place that is offered: the window's folder.
      await takeOfferedFile(page, offered => offered === file);
      let lines: readonly string[] = [];
      await until('the whole file is written', PATIENCE_MS, async () => {
        const text = await readFile(file, 'utf8').catch(() => '');
        lines = text.trimEnd().split('\r\n');
        return text.endsWith('\r\n') && lines.length - 1 >= truth({}).length;
      }).catch(() => undefined);
      assert.equal(lines.length - 1, truth({}).length);
      assert.ok(lines.length - 1 > (await readRows(frame)).length, 'also those that nobody scrolled to');
      assert.ok(lines[3]?.includes(third?.requestId ?? '?'));
    });

    it('keeps its rows and its filter while it is hidden, without a request', async () => {
      const { page, pilot } = stage();
      const frame = await show();
      await chooseOnPage(frame, 'Type', 'Request');
      const rows = await rowsBecome(frame, truth({ type: LOG_TYPES.consume }).length);
      const asked = pagesOfType();
      assert.ok(asked > 0);
      // Typed and not sent, and scrolled to some row in the middle.
      await frame.getByRole('textbox', { name: 'Model', exact: true }).fill('claude-%');
      const top = (within: FrameLocator) => within.locator('html').evaluate(html => html.scrollTop);
      await frame.locator('tbody tr').nth(40).scrollIntoViewIfNeeded();
      const place = await until('the page has moved', PATIENCE_MS, async () => (await top(frame)) || false);
      // The place is kept once the page rests, which it does by its own clock.
      await frame
        .locator('html')
        .evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 300))));
      await pilot.command('workbench.action.files.newUntitledFile');
      await page.locator('iframe.webview.ready:visible').waitFor({ state: 'hidden' });
      await page.getByRole('tab', { name: `Request log: ${ACCOUNT}` }).click();
      await webview(page).locator('tbody tr').first().waitFor();
      assert.deepEqual(await readRows(webview(page)), rows);
      assert.equal(
        await webview(page)
          .getByRole('combobox', { name: 'Type' })
          .textContent()
          .then(text => text?.trim()),
        'Request',
      );
      const model = webview(page).getByRole('textbox', { name: 'Model', exact: true });
      assert.equal(await model.inputValue(), 'claude-%');
      await until('the page is where it was', PATIENCE_MS, async () => (await top(webview(page))) === place);
      assert.equal(pagesOfType(), asked);
      await pilot.command('workbench.action.files.revert');
    });

    it('axe finds nothing in any theme', async () => {
      const frame = await show();
      await rowsBecome(frame, truth({}).length);
      const { page } = stage();
      await frame.getByRole('textbox', { name: 'From' }).fill(dayBefore(0));
      await frame.getByRole('textbox', { name: 'To' }).fill(dayBefore(1));
      await frame.getByText('The range ends before it begins.').waitFor();
      await inEachTheme(page, frame, async (theme, kind) => {
        assert.deepEqual(await allFindings(page), [], theme);
        await picture(page, `logs-theme-${kind}`);
      });
    });
  });
}
