import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { PATIENCE_MS } from '../host/patience.ts';
import { until } from '../host/until.ts';
import { dayBefore, daysAgo, ledgerTotal, readTotal, showLastWeek } from './support/panel.ts';
import { picture } from './support/pictures.ts';
import { addKeys, CONTAINER, removeAllKeys, sampleKey } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { openViewContainer } from './workbench/viewContainer.ts';
import { webview } from './workbench/webview.ts';

const KEY = 'Cline – work';
/** The key of the sample gateway that shows yuan. */
const YUAN_PER_DOLLAR = 7.3;

/** Gateways with their real limits, of which the product takes half: ten calls for keys in twenty minutes. */
describe('ranges that are queried repeatedly', () => {
  const stage = useStage({ packaged: true });
  before(() => openViewContainer(stage().page, CONTAINER));
  afterEach(() => removeAllKeys(stage()));

  const firstOfMonth = (offset: number) =>
    new Date(new Date().getFullYear(), new Date().getMonth() + offset, 1).getTime() / 1000;
  const presets = (): readonly [name: string, from: number, to?: number][] => [
    ['Today', daysAgo(0)],
    ['Yesterday', daysAgo(1), daysAgo(0)],
    ['Last 7 days', daysAgo(6)],
    ['Last 30 days', daysAgo(29)],
    ['This month', firstOfMonth(0)],
    ['Last month', firstOfMonth(-1), firstOfMonth(0)],
    ['This quarter', firstOfMonth(-(new Date().getMonth() % 3))],
  ];

  /** Presses a preset, and waits until the page shows its answer. */
  async function press(frame: FrameLocator, name: string): Promise<void> {
    await frame.getByRole('button', { name, exact: true }).click();
    await until(`“${name}” is answered`, PATIENCE_MS, async () => {
      const pressed = await frame.locator('.ranges [aria-pressed="true"]').allTextContents();
      return pressed.includes(name) && (await frame.locator('.busy').isHidden());
    });
  }

  it('show right figures after one call, with the gateway switched off, whichever preset is clicked', async () => {
    const { page, fleet } = stage();
    const gateway = fleet.gateways.newApi;
    const asked = () => gateway.callsOf({ path: '/api/log/token', key: 'cline-work' }).length;
    const frame = await showLastWeek(stage(), KEY);
    assert.equal(asked(), 1);
    gateway.setReply('GET /api/log/token', { status: 503, body: 'down' });
    try {
      for (let click = 0; click < 20; click++) {
        const [name, from, to] = presets()[click % presets().length] ?? assert.fail();
        await press(frame, name);
        const filter = { key: 'cline-work', from, ...(to !== undefined && { to: to - 1 }) };
        const truth = ledgerTotal(gateway, filter);
        assert.equal(await readTotal(frame), truth, name);
        const text = (await frame.locator('.page').textContent()) ?? '';
        if (truth > 0) assert.doesNotMatch(text, /Nothing was spent/);
      }
      await picture(page, 'usage-from-ledger');
    } finally {
      gateway.setReply('GET /api/log/token', undefined);
    }
  });

  it('give the same review three times in a row, or one that is marked as incomplete in title, total and names', async () => {
    const { pilot, fleet, home } = stage();
    // A key of another gateway, since the presets have used up the calls of theirs.
    const labels = ['Translation service', 'Docs bot – staging'];
    const keys = await addKeys(
      pilot,
      labels.map(label => sampleKey(fleet, label)),
    );
    const sums = new Set<string>();
    for (let time = 1; time <= 3; time++) {
      const folder = join(home, `review-${time}`);
      await pilot.command('keyQuota.createBudgetReview', {
        keys,
        from: dayBefore(30),
        to: dayBefore(1),
        folder,
      });
      const names = await readdir(folder);
      const name = names.find(each => /^review.*\.md$/.test(each)) ?? assert.fail(names.join());
      const text = await readFile(join(folder, name), 'utf8');
      const row = /^\| Total in CNY.*$/m.exec(text)?.[0] ?? '';
      if (name === 'review.md') {
        assert.doesNotMatch(text, /^# .*incomplete$/m);
        sums.add(row.split('|')[2]?.trim() ?? '');
      } else {
        assert.match(text, /^# .*, incomplete$/m);
        assert.match(text, /not known|Total in CNY, incomplete/);
        assert.ok(names.includes('usage-incomplete.csv'), names.join());
      }
    }
    assert.ok(sums.size <= 1, `one truth: ${[...sums].join(', ')}`);
  });
});

/** With gateways of its own, whose calls nothing has used. */
describe('a range that has to wait', () => {
  const stage = useStage({ packaged: true });
  before(() => openViewContainer(stage().page, CONTAINER));

  it('says so, and is filled in by itself', async () => {
    const { page, fleet, pilot } = stage();
    const gateway = fleet.gateways.newApiCny;
    // The whole of what is ours, whatever the refusal below would teach.
    await pilot.setting('keyQuota.gateways', { [gateway.origin]: { share: 1 } });
    try {
      gateway.setReply('GET /api/log/token', { status: 429, headers: { 'Retry-After': '8' } });
      const [key] = await addKeys(pilot, [sampleKey(fleet, 'Translation service')]);
      const from = dayBefore(7);
      await pilot.command('keyQuota.queryUsage', { key: [key], from, to: dayBefore(1), show: true });
      const frame = webview(page);
      await frame.getByText(/will be asked automatically at/).waitFor();
      await picture(page, 'usage-queued');
      assert.equal(await frame.locator('.totals .total dd').count(), 0, 'no figure is made up meanwhile');
      gateway.setReply('GET /api/log/token', undefined);
      await frame.locator('.totals .total dd').first().waitFor();
      await frame.getByText(/will be asked automatically at/).waitFor({ state: 'detached' });
      const truth = ledgerTotal(
        gateway,
        { key: 'translation', from: daysAgo(7), to: daysAgo(0) - 1 },
        YUAN_PER_DOLLAR,
      );
      assert.equal(await readTotal(frame), truth);
    } finally {
      await pilot.setting('keyQuota.gateways');
    }
  });
});
