import assert from 'node:assert/strict';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import {
  dayBefore,
  daysAgo,
  ledgerTotal,
  readFigure,
  readTotal,
  round6,
  usagePage,
} from '../support/panel.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, sampleKey } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { notification } from '../workbench/notifications.ts';
import { choose, runCommand } from '../workbench/quickInput.ts';

const ACCOUNT = 'Relay One – account';
/** One that counts its days by UTC, wherever it is asked from. */
const BY_UTC = 'CometAPI balance';
const last7Days = () => ({ from: daysAgo(6) });
const last7DaysByUtc = () => ({ from: Date.parse(dayBefore(6)) / 1000 });

export function testUsageGateways(stage: () => StageInUse): void {
  describe('from palette to usage panel, for each kind of gateway', () => {
    const keyOf = (label: string) => sampleKey(stage().fleet, label);

    // 500,000 units are a dollar everywhere; one site shows them in yuan.
    const CNY_PER_DOLLAR = 7.3;
    const cases: readonly [
      label: string,
      gateway: 'newApi' | 'newApiCny' | 'cometApi' | 'aioHub',
      who: object,
      rate?: number,
    ][] = [
      ['Cline – work', 'newApi', { key: 'cline-work' }],
      [ACCOUNT, 'newApi', { account: 'sam' }],
      ['Translation service', 'newApiCny', { key: 'translation' }, CNY_PER_DOLLAR],
      ['Continue – autocomplete', 'cometApi', { key: 'continue' }],
      [BY_UTC, 'cometApi', { account: 'sam.comet' }],
      ['Kilo Code – blog', 'aioHub', { key: 'kilo-code' }],
      ['AIOHub – account', 'aioHub', { account: 'sam.aio' }],
    ];
    for (const [label, gateway, who, rate] of cases) {
      it(label, async () => {
        const { page, pilot, fleet } = stage();
        await addKeys(pilot, [keyOf(label)]);
        await runCommand(page, 'Key Quota: Query Usage…');
        await choose(page, label);
        await choose(page, 'Last 7 days');
        const frame = await usagePage(page);
        const range = label === BY_UTC ? last7DaysByUtc() : last7Days();
        const truth = ledgerTotal(fleet.gateways[gateway], { ...who, ...range }, rate);
        assert.ok(truth > 0, 'the sample has spend in the range');
        assert.equal(round6(await readTotal(frame)), truth);
        await picture(page, `usage-${label.replace(/\W+/g, '-')}`);
      });
    }

    it('a credential without figures for a range: a sentence, and no panel', async () => {
      const { page, pilot } = stage();
      await addKeys(pilot, [keyOf('CometAPI – account')]);
      await runCommand(page, 'Key Quota: Query Usage…');
      await choose(page, 'CometAPI – account');
      await choose(page, 'Last 7 days');
      await notification(page, 'does not report what “CometAPI – account” spent').waitFor();
      assert.equal(await page.locator('iframe.webview').count(), 0);
      await pilot.command('notifications.clearAll');
    });

    it('Night batch, whose gateway has no ranges: from recorded readings', async () => {
      const { page, pilot, fleet } = stage();
      const [id] = await addKeys(pilot, [keyOf('Night batch')]);
      fleet.gateways.cheapestInference.spend('night-batch', { quota: 1_250_000 });
      await pilot.command('keyQuota.refresh', id);
      await runCommand(page, 'Key Quota: Query Usage…');
      await choose(page, 'Night batch');
      await choose(page, 'Last 7 days');
      const frame = await usagePage(page);
      assert.equal(await readTotal(frame), 2.5, 'what was spent since somebody looked');
      await frame.getByText('Key Quota’s own readings').waitFor();
      await frame.getByText('Nothing was read before or in between').waitFor();
      await picture(page, 'usage-recorded');
    });

    it('reports in different units, and accounts and their keys, are not added', async () => {
      const { page, pilot, fleet } = stage();
      const labels = ['Cline – work', 'Roo – side project', 'Translation service', ACCOUNT];
      await addKeys(pilot, labels.map(keyOf));
      const reports = await pilot.command<UsageReport[]>('keyQuota.queryUsage', {
        key: 'all',
        from: dayBefore(6),
        to: dayBefore(0),
        show: true,
      });
      assert.equal(reports.length, 4);
      const frame = await usagePage(page);
      const headings = await frame.getByRole('heading', { level: 2 }).allTextContents();
      assert.equal(headings.length, 3, headings.join(' | '));
      const truth = ['cline-work', 'roo-side'].reduce(
        (sum, key) => sum + ledgerTotal(fleet.gateways.newApi, { key, ...last7Days() }),
        0,
      );
      const added = headings.findIndex(heading => heading.startsWith('Keys · USD'));
      assert.equal(await readFigure(frame.locator('.totals .total dd').nth(added)), round6(truth));
      await frame.getByText('are not added').first().waitFor();
      await picture(page, 'usage-units');
    });
  });
}
