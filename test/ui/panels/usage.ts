import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import type { SampleGateway } from '../../sampleGateways/server.ts';
import { allFindings } from '../support/axe.ts';
import { focused, takesFocus } from '../support/focus.ts';
import { watch } from '../support/mutations.ts';
import {
  allRows,
  amountOf,
  chooseOnPage,
  columnOf,
  dayBefore,
  daysAgo,
  ledgerTotal,
  readFigure,
  readRows,
  readTotal,
  round6,
  showLastWeek,
  totalBecomes,
  usagePage,
} from '../support/panel.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, sampleKey } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { takeOfferedFile } from '../workbench/fileDialog.ts';

const TAB = 'Key Quota: Usage';
const ACCOUNT = 'Relay One – account';

export function testUsage(stage: () => StageInUse): void {
  describe('the usage panel', () => {
    /** How often a gateway was asked for usage; polls are something else. */
    const usageCalls = ({ calls }: SampleGateway) =>
      calls
        .filter(({ path }) => /^\/api\/(log|data)\//.test(path))
        .map(({ key, path, search }) => `${key ?? ''} ${path}${search}`);

    it('adds up to the total by time, key and model', async () => {
      const frame = await showLastWeek(stage(), ACCOUNT);
      const total = await readTotal(frame);
      for (const table of ['over time', 'by key', 'by model', 'every figure']) {
        await chooseOnPage(frame, 'Table', table);
        const rows = await allRows(frame);
        const column = await columnOf(frame, 'Used');
        const sum = rows.reduce((all, row) => all + amountOf(row[column] ?? ''), 0);
        assert.equal(round6(sum), total, table);
        const cell = frame.locator('tbody tr').first().locator('td.number').first();
        assert.match((await cell.textContent()) ?? '', /^(< )?\$[\d,]+\.\d\d$/, 'cents');
        const foot = frame.locator('tfoot td.number').first();
        assert.equal(amountOf((await foot.getAttribute('title')) ?? ''), total, `the last row: ${table}`);
      }
    });

    it('asks again for each range button, and shows the ledger’s total', async () => {
      const { fleet, page } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      const ledger = (from: number, to?: number) =>
        ledgerTotal(fleet.gateways.newApi, { account: 'sam', from, ...(to !== undefined && { to: to - 1 }) });
      const month = (offset: number) =>
        new Date(new Date().getFullYear(), new Date().getMonth() + offset, 1).getTime() / 1000;
      const cases: readonly [string, number, number?][] = [
        ['Yesterday', daysAgo(1), daysAgo(0)],
        ['Last 30 days', daysAgo(29)],
        ['Today', daysAgo(0)],
        ['Last month', month(-1), month(0)],
        ['This month', month(0)],
        ['This quarter', month(-(new Date().getMonth() % 3))],
        ['Last 7 days', daysAgo(6)],
      ];
      for (const [name, from, to] of cases) {
        await frame.getByRole('button', { name, exact: true }).click();
        const pressed = frame.locator('.ranges [aria-pressed="true"]');
        // Two ranges may have one total.
        await pressed.filter({ hasText: name }).waitFor();
        await totalBecomes(frame, ledger(from, to));
        assert.deepEqual(await pressed.allTextContents(), [name]);
      }
      await frame.getByRole('button', { name: 'Last 24 hours', exact: true }).click();
      await frame.getByRole('heading', { name: /Usage: .* to / }).waitFor();
      await frame.locator('caption', { hasText: 'Spend by hour' }).waitFor();
      await picture(page, 'usage-24-hours');
    });

    it('shows a model in one color, whatever the range, the key and the window', async () => {
      const { openAnother } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      const colors = async (on: typeof frame) => {
        await on.locator('.legend').waitFor();
        return new Map(
          await on.locator('.legend li').evaluateAll(entries =>
            entries.map(entry => {
              const pixels = entry.querySelector('canvas')?.getContext('2d')?.getImageData(6, 6, 1, 1).data;
              return [entry.querySelector('.name')?.textContent ?? '', String(pixels)] as const;
            }),
          ),
        );
      };
      await chooseOnPage(frame, 'Stack', 'by model');
      const week = await colors(frame);
      assert.equal(new Set(week.values()).size, week.size, 'each has its own');
      const isSame = (others: typeof week) => {
        const common = [...others.keys()].filter(name => week.has(name));
        assert.ok(common.length >= 2);
        assert.deepEqual(
          common.map(name => others.get(name)),
          common.map(name => week.get(name)),
        );
      };
      await frame.getByRole('button', { name: 'Last 30 days', exact: true }).click();
      await frame.locator('.ranges [aria-pressed="true"]', { hasText: 'Last 30 days' }).waitFor();
      isSame(await colors(frame));
      const another = await openAnother('colors');
      const second = await showLastWeek({ ...stage(), ...another }, 'Cline – work');
      await chooseOnPage(second, 'Stack', 'by model');
      isSame(await colors(second));
      await another.page.close();
    });

    it('validates two dates while they are typed', async () => {
      const { page, fleet } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      const from = frame.getByRole('textbox', { name: 'From' });
      const problem = frame.locator('.ranges .problem');
      await from.fill('2026-02-30');
      await problem.filter({ hasText: 'This is not a date. Dates look like 2026-06-01.' }).waitFor();
      assert.equal(await from.getAttribute('aria-invalid'), 'true');
      assert.match((await from.getAttribute('aria-description')) ?? '', /not a date/);
      assert.equal(await frame.getByRole('button', { name: 'Show', exact: true }).isDisabled(), true);
      await picture(page, 'usage-wrong-date');
      const changes = await watch(problem);
      await from.fill('2026-02-31');
      assert.equal(await from.inputValue(), '2026-02-31');
      assert.deepEqual(await changes(), [], 'the same sentence is not said at every key');
      await from.fill(dayBefore(-30));
      await problem.filter({ hasText: 'The range ends before it begins.' }).waitFor();
      await from.fill(dayBefore(3));
      await problem.filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
      await from.press('Enter');
      await totalBecomes(frame, ledgerTotal(fleet.gateways.newApi, { account: 'sam', from: daysAgo(3) }));
    });

    it('compares with the previous period of the same length', async () => {
      const { page, fleet } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      await frame.getByRole('button', { name: 'Compare with the period before' }).click();
      const before = ledgerTotal(fleet.gateways.newApi, {
        account: 'sam',
        from: daysAgo(13),
        to: daysAgo(6) - 1,
      });
      const figure = frame.locator('.totals div', { hasText: 'Period before' }).locator('dd');
      await figure.waitFor();
      assert.equal(await readFigure(figure), before);
      const column = await columnOf(frame, 'Before');
      const sum = (await allRows(frame)).reduce(
        (all, row) => all + amountOf(row[column]?.replace('–', '0') ?? ''),
        0,
      );
      assert.ok(round6(sum) <= before, 'only times of this period have one before them');
      await picture(page, 'usage-compare');
      await frame.getByRole('button', { name: 'Compare with the period before' }).click();
      await figure.waitFor({ state: 'detached' });
    });

    it('sorts by column headers, and announces the order', async () => {
      const frame = await showLastWeek(stage(), ACCOUNT);
      const head = frame.getByRole('columnheader', { name: 'Used' });
      const amounts = async () => {
        const column = await columnOf(frame, 'Used');
        return (await allRows(frame)).map(row => amountOf(row[column] ?? ''));
      };
      await head.getByRole('button').click();
      assert.equal(await head.getAttribute('aria-sort'), 'descending');
      assert.deepEqual(
        await amounts(),
        (await amounts()).toSorted((a, b) => b - a),
      );
      await frame.getByText('Sorted by Used, highest first').waitFor({ state: 'attached' });
      await head.getByRole('button').click();
      assert.equal(await head.getAttribute('aria-sort'), 'ascending');
      assert.deepEqual(
        await amounts(),
        (await amounts()).toSorted((a, b) => a - b),
      );
    });

    it('looks into a key and a model by click and by keyboard, and finds the way back', async () => {
      const { page, fleet } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      const whole = await readTotal(frame);
      const week = { account: 'sam', from: daysAgo(6) };
      await chooseOnPage(frame, 'Table', 'by key');
      const cline = ledgerTotal(fleet.gateways.newApi, { ...week, key: 'cline-work' });
      await frame.locator('tbody tr', { hasText: 'Cline – work' }).locator('td').first().click();
      await totalBecomes(frame, cline);
      assert.equal((await focused(frame)).name, 'Cline – work: show all keys again');
      const models = await readRows(frame);
      assert.ok(models.length > 1 && models.some(([name]) => name?.startsWith('claude')), 'split by model');
      await picture(page, 'usage-look-into');
      // Into one of its models, by keyboard from the legend.
      const entry = frame.locator('.legend button').first();
      const model = (await entry.locator('.name').textContent()) ?? '';
      await entry.focus();
      await page.keyboard.press('Enter');
      await totalBecomes(frame, ledgerTotal(fleet.gateways.newApi, { ...week, key: 'cline-work', model }));
      assert.equal(await frame.locator('.look .chip').count(), 2);
      assert.deepEqual(await allFindings(page), []);
      await frame.getByRole('button', { name: `${model}: show all models again` }).click();
      await totalBecomes(frame, cline);
      await page.keyboard.press('Enter');
      await totalBecomes(frame, whole);
      assert.equal(await frame.locator('.look').count(), 0);
      await frame.getByRole('columnheader', { name: 'Key' }).waitFor();
    });

    it('shows the keys that are ticked, and asks only about those that it does not know', async () => {
      const { page, pilot, fleet } = stage();
      const labels = ['Cline – work', 'Roo – side project', 'Continue – autocomplete'];
      const [cline = '', roo = '', other = ''] = await addKeys(
        pilot,
        labels.map(label => sampleKey(fleet, label)),
      );
      const range = { from: dayBefore(6), to: dayBefore(0) };
      await pilot.command('keyQuota.queryUsage', { key: [cline, roo], ...range, show: true });
      const frame = await usagePage(page);
      await takesFocus(frame);
      const truth = (...keys: readonly string[]) =>
        round6(
          keys.reduce((sum, key) => sum + ledgerTotal(fleet.gateways.newApi, { key, from: daysAgo(6) }), 0),
        );
      await totalBecomes(frame, truth('cline-work', 'roo-side'));
      const line = frame.locator('.keys summary');
      assert.equal(await line.textContent(), '2 of 3 keys');
      await line.focus();
      await page.keyboard.press('Enter');
      await frame.getByRole('checkbox', { name: 'Roo – side project' }).focus();
      await page.keyboard.press('Space');
      await picture(page, 'usage-keys');
      assert.deepEqual(await allFindings(page), []);
      const calls = usageCalls(fleet.gateways.newApi);
      await frame.getByRole('button', { name: 'Show These Keys' }).click();
      await totalBecomes(frame, truth('cline-work'));
      assert.equal(await line.textContent(), '1 of 3 keys');
      assert.deepEqual(usageCalls(fleet.gateways.newApi), calls, 'nothing is asked to show less');
      await frame.getByRole('button', { name: 'Select None' }).click();
      await frame.getByText('Select at least one key.').waitFor();
      await frame.getByRole('button', { name: 'Select All' }).click();
      await frame.getByRole('button', { name: 'Show These Keys' }).click();
      await line.filter({ hasText: 'All 3 keys' }).waitFor();
      assert.deepEqual(usageCalls(fleet.gateways.newApi), calls, 'nor for what was known a moment ago');
      assert.ok(other);
    });

    it('maps a week by weekday and hour without a call, when somebody opens the map', async () => {
      const { page, fleet } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      const total = await readTotal(frame);
      const calls = usageCalls(fleet.gateways.newApi);
      const line = frame.locator('.week summary');
      await line.focus();
      await page.keyboard.press('Enter');
      const map = frame.getByRole('table', { name: 'Spend by weekday and hour' });
      await map.waitFor();
      const amounts = await map
        .locator('td[title]')
        .evaluateAll(cells => cells.map(cell => cell.getAttribute('aria-label') ?? ''));
      assert.equal(amounts.length, 7 * 24);
      const sum = amounts.filter(text => text !== 'unknown').reduce((all, text) => all + amountOf(text), 0);
      assert.equal(round6(sum), total);
      assert.deepEqual(usageCalls(fleet.gateways.newApi), calls);
      await map.scrollIntoViewIfNeeded();
      assert.deepEqual(await allFindings(page), []);
      await picture(page, 'usage-week');
    });

    it('exports what it shows', async () => {
      const { page, home } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      await frame.getByRole('button', { name: 'Export as CSV' }).click();
      // The place that is offered: the window's folder.
      const file = await takeOfferedFile(
        page,
        offered => offered.startsWith(join(home, 'project')) && offered.endsWith('.csv'),
      );
      const total = await until('the file is written', PATIENCE_MS, async () => {
        const text = await readFile(file, 'utf8').catch(() => '');
        return text.split('\r\n').find(line => line.includes(',total,'));
      });
      assert.ok(total.includes(`,${await readTotal(frame)},`), total);
    });

    it('is unchanged after it was hidden, without a request', async () => {
      const { page, pilot, fleet } = stage();
      const frame = await showLastWeek(stage(), ACCOUNT);
      await chooseOnPage(frame, 'Table', 'by model');
      await frame.getByRole('columnheader', { name: 'Model' }).waitFor();
      await frame.getByRole('columnheader', { name: 'Requests' }).getByRole('button').click();
      const sorted = (on: typeof frame) =>
        on.getByRole('columnheader', { name: 'Requests' }).and(on.locator('[aria-sort="descending"]'));
      await sorted(frame).waitFor();
      const [total, rows] = [await readTotal(frame), await readRows(frame)];
      const calls = usageCalls(fleet.gateways.newApi);
      await pilot.command('workbench.action.files.newUntitledFile');
      await page.locator('iframe.webview.ready:visible').waitFor({ state: 'hidden' });
      await page.getByRole('tab', { name: TAB }).click();
      const again = await usagePage(page);
      assert.equal(await readTotal(again), total);
      assert.deepEqual(await readRows(again), rows);
      await sorted(again).waitFor();
      assert.deepEqual(usageCalls(fleet.gateways.newApi), calls);
      await pilot.command('workbench.action.files.revert');
    });

    it('is restored after a reload, without a request', async () => {
      const { fleet, openAnother } = stage();
      const another = await openAnother('reloaded');
      const { page } = another;
      const frame = await showLastWeek({ ...stage(), ...another }, ACCOUNT);
      await chooseOnPage(frame, 'Table', 'by key');
      const [total, rows] = [await readTotal(frame), await readRows(frame)];
      const calls = usageCalls(fleet.gateways.newApi);
      const loaded = page.waitForEvent('load');
      // The answer does not outlive the window.
      await Promise.all([
        loaded,
        another.pilot.command('workbench.action.reloadWindow').catch(() => undefined),
      ]);
      const again = await usagePage(page);
      assert.equal(await readTotal(again), total);
      assert.deepEqual(await readRows(again), rows);
      assert.deepEqual(usageCalls(fleet.gateways.newApi), calls);
      // A browser forgets the window's secrets with the reload: a new question is refused in a sentence, and
      // the figures stay.
      // One that the ledger does not know the answer to.
      await again.getByRole('textbox', { name: 'From' }).fill(dayBefore(200));
      await again.getByRole('textbox', { name: 'To' }).fill(dayBefore(199));
      await again.getByRole('button', { name: 'Show', exact: true }).click();
      await again
        .getByRole('alert')
        .filter({ hasText: `The secret of “${ACCOUNT}” is` })
        .waitFor();
      assert.equal(await readTotal(again), total);
      await picture(page, 'usage-problem');
      await page.close();
    });
  });
}
