import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { PATIENCE_MS } from '../../host/patience.ts';
import { until } from '../../host/until.ts';
import { allFindings } from '../support/axe.ts';
import { takesFocus } from '../support/focus.ts';
import { dayBefore, daysAgo, ledgerTotal, readRows, readTotal, usagePage } from '../support/panel.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, sampleKey } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';

const ACCOUNT = 'Relay One – account';

export function testUsageStates(stage: () => StageInUse): void {
  describe('the usage panel with incomplete figures', () => {
    const add = async (label: string, more: object = {}) => {
      const { pilot, fleet } = stage();
      const [id] = await addKeys(pilot, [{ ...sampleKey(fleet, label), ...more }]);
      return id ?? assert.fail('no key');
    };
    const ask = (key: string | readonly string[], days: number, last = 0) => {
      const range = { from: dayBefore(days), to: dayBefore(last) };
      return stage().pilot.command<UsageReport>('keyQuota.queryUsage', { key, ...range, show: true });
    };
    const shown = async (key: string | readonly string[], days: number, last = 0): Promise<FrameLocator> => {
      await ask(key, days, last);
      const frame = await usagePage(stage().page);
      await takesFocus(frame);
      return frame;
    };

    it('a range without spend: the gateway’s zero, and a sentence', async () => {
      const { page, fleet } = stage();
      const account = fleet.gateways.newApi.account('sam');
      const { used } = account;
      // Had it used anything, it could have been in a part of its log that the gateway keeps no more.
      account.used = 0;
      const frame = await shown(await add(ACCOUNT), 200, 199);
      account.used = used;
      assert.equal(await readTotal(frame), 0);
      await frame.getByText('Nothing was spent in this range.').waitFor();
      await frame.getByText('They cover the whole range.').waitFor();
      assert.equal(await frame.locator('table').count(), 0);
      assert.deepEqual(await allFindings(page), []);
      await picture(page, 'usage-empty');
    });

    it('a range before all that the gateway kept of an account: no zero, and a sentence', async () => {
      const { page } = stage();
      // The oldest row of the sample account is 500 days old.
      const frame = await shown(await add(ACCOUNT), 602, 601);
      await frame.getByText(/The gateway showed an empty request log/).waitFor();
      assert.equal(await frame.getByText('Nothing was spent').count(), 0);
      await picture(page, 'usage-not-kept');
    });

    it('a gateway that failed half-way: the rows that arrived, and from which time on they are complete', async () => {
      const { page, fleet } = stage();
      const key = await add(ACCOUNT);
      const { settings } = fleet.gateways.newApi;
      settings.diesAtPage = 2;
      try {
        const frame = await shown(key, 29);
        await frame
          .getByText(/They cover only .* The query broke off partway; older rows are missing\./)
          .waitFor();
        await frame.getByText('Hatched: not covered, or only in part.').waitFor();
        const total = await readTotal(frame);
        assert.ok(
          total > 0 && total < ledgerTotal(fleet.gateways.newApi, { account: 'sam', from: daysAgo(29) }),
        );
        assert.deepEqual(await allFindings(page), []);
        await picture(page, 'usage-partial');
      } finally {
        settings.diesAtPage = Number.POSITIVE_INFINITY;
      }
    });

    it('two sources that disagree: side by side, with the difference', async () => {
      const { page, pilot, fleet } = stage();
      const gateway = fleet.gateways.aioHub;
      const key = await add('Kilo Code – blog');
      await pilot.command('keyQuota.refresh', key);
      gateway.spend('kilo-code', { quota: 25_000 });
      await pilot.command('keyQuota.refresh', key);
      // One cent that nobody has looked at since.
      gateway.spend('kilo-code', { quota: 5_000 });
      const report = await until('there is something to compare with', PATIENCE_MS, async () => {
        const answer = await ask(key, 6);
        return answer.others?.[0] && answer;
      });
      const frame = await usagePage(page);
      const table = frame.getByRole('table', { name: 'What other sources say' });
      const row = await table.locator('tbody tr').locator('th, td').allTextContents();
      const total = ledgerTotal(gateway, { key: 'kilo-code', from: daysAgo(6) });
      assert.equal(report.total?.used, total);
      assert.equal(await readTotal(frame), total, 'the total is the gateway’s alone');
      assert.equal(row[3], '$0.05', 'what our readings saw');
      assert.match(row[4] ?? '', /^\$[\d.]+ less$/);
      assert.equal(Math.round((total - 0.05) * 1e6) / 1e6, Number(row[4]?.replace(/[^\d.]/g, '')));
      await picture(page, 'usage-disagreement');
    });

    it('a total without times: neither chart nor table of times', async () => {
      const { page } = stage();
      const frame = await shown(await add('Kilo Code – blog'), 6);
      await frame.getByText('The source gives a total only: there is nothing to chart.').waitFor();
      assert.equal(await frame.getByText('(unknown time)').count(), 0);
      await picture(page, 'usage-total-only');
    });

    it('a refused key: named above the figures that lack it', async () => {
      const { page } = stage();
      const good = await add('Cline – work');
      const bad = await add('Roo – side project', { secret: 'sk-nobody', label: 'Gone' });
      const frame = await shown([good, bad], 6);
      const lacks = frame.locator('.lacks');
      const sentence = lacks.getByText('does not accept the key “Gone”');
      const line = lacks.locator('summary');
      assert.equal(await line.textContent(), 'No figures for 1 of 2 keys (not accepted)');
      assert.equal(await sentence.isVisible(), false, 'one line, until somebody opens it');
      await line.focus();
      await page.keyboard.press('Enter');
      await lacks.getByText('not accepted (1)').waitFor();
      await sentence.waitFor();
      assert.ok((await readRows(frame)).length > 0);
      // Also when the page asks by itself.
      await frame.getByRole('button', { name: 'Last 30 days', exact: true }).click();
      await frame.locator('.ranges [aria-pressed="true"]', { hasText: 'Last 30 days' }).waitFor();
      await lacks.getByText('does not accept the key “Gone”').waitFor();
      assert.deepEqual(await allFindings(page), []);
      await picture(page, 'usage-lacks');
    });
  });
}
