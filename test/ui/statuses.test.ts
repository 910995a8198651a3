import assert from 'node:assert/strict';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import { until } from '../host/until.ts';
import { picture } from './support/pictures.ts';
import { addKeys, CONTAINER, ITEM, sampleKey, VIEW } from './support/product.ts';
import { makeOld } from './support/sharedStore.ts';
import { useStage } from './support/stageInUse.ts';
import { hoverOver, stopHovering, tooltip } from './workbench/hover.ts';
import { type Background, readStatusBarItem, statusBarItem } from './workbench/statusBar.ts';
import { readTreeRow, treeRow } from './workbench/tree.ts';
import { badge, openViewContainer } from './workbench/viewContainer.ts';

/** How a key is to look; figures by hand from the fleet's table, at 7.3 yuan a dollar. */
interface Look {
  readonly status: KeyState['status'];
  readonly icon: string;
  /** In the tree, where it is another. */
  readonly treeIcon?: string;
  readonly description: string;
  readonly spoken: RegExp;
  readonly background: Background;
  /** In the tooltip's columns Left and Ends. */
  readonly left: string;
  readonly ends: string;
}

const LOOKS: Readonly<Record<string, Look>> = {
  'CI evals': {
    status: 'exhausted',
    icon: 'error',
    description: '$0.00 · used up',
    spoken: /^CI evals, used up, \$0\.00 of \$20\.00 \(0%\) left, checked \d/,
    background: 'error',
    left: '$0.00 (0%) · used up',
    ends: '–',
  },
  'Summer intern': {
    status: 'expired',
    icon: 'calendar',
    description: '¥32.12 · expired',
    spoken: /^Summer intern, expired, ¥32\.12 of ¥73\.00 \(44%\) left, checked \d/,
    background: 'error',
    left: '¥32.12 (44%) · expired',
    ends: '12 days ago',
  },
  'Deleted prototype': {
    status: 'invalid',
    icon: 'lock',
    description: 'not accepted',
    spoken: /^Deleted prototype, not accepted$/,
    background: 'none',
    left: 'not accepted',
    ends: '–',
  },
  'Aider – old laptop': {
    status: 'disabled',
    icon: 'circle-slash',
    description: 'disabled',
    spoken: /^Aider – old laptop, disabled$/,
    background: 'none',
    left: 'disabled',
    ends: '–',
  },
  'Thumbnails batch': {
    status: 'low',
    icon: 'warning',
    description: '$0.85 · low',
    spoken: /^Thumbnails batch, low, \$0\.85 of \$15\.00 \(5%\) left, checked \d/,
    background: 'warning',
    left: '$0.85 (5%) · low',
    ends: 'in 44 days',
  },
  'Roo – side project': {
    status: 'low',
    icon: 'warning',
    description: '$0.61 · low',
    spoken: /^Roo – side project, low, \$0\.61 of \$10\.00 \(6%\) left, checked \d/,
    background: 'warning',
    left: '$0.61 (6%) · low',
    ends: '–',
  },
  'Docs bot – staging': {
    status: 'ok',
    icon: 'key',
    treeIcon: 'watch',
    description: '¥239.44 · ends in 2 days',
    spoken: /^Docs bot – staging, ok, ¥239\.44 of ¥365\.00 \(65%\) left, ends in 2 days, checked \d/,
    background: 'none',
    left: '¥239.44 (65%)',
    // Three days less the time since the fleet was started: time that is left is rounded down.
    ends: 'in 2 days',
  },
  'GPU box in the lab': {
    status: 'unknown',
    icon: 'question',
    description: 'no answer',
    spoken: /^GPU box in the lab, no figures yet, no answer$/,
    background: 'none',
    left: 'no answer',
    ends: '–',
  },
  'Translation service': {
    status: 'ok',
    icon: 'key',
    description: '¥1,023.82',
    spoken: /^Translation service, ok, ¥1,023\.82 of ¥1,460\.00 \(70%\) left, checked \d/,
    background: 'none',
    left: '¥1,023.82 (70%)',
    ends: 'in 6 months',
  },
  'Cline – work': {
    status: 'ok',
    icon: 'key',
    description: '$18.42',
    spoken: /^Cline – work, ok, \$18\.42 of \$25\.00 \(73%\) left, checked \d/,
    background: 'none',
    left: '$18.42 (73%)',
    ends: '–',
  },
  'Claude Code – home': {
    status: 'ok',
    icon: 'key',
    description: '∞ · used $41.07',
    spoken: /^Claude Code – home, ok, ∞ · used \$41\.07, checked \d/,
    background: 'none',
    left: '∞ · used $41.07',
    ends: '–',
  },
};

describe('keys in every status', () => {
  const stage = useStage();
  const idOf = new Map<string, string>();

  before(async () => {
    const { page, pilot, fleet } = stage();
    await openViewContainer(page, CONTAINER);
    const labels = Object.keys(LOOKS);
    const ids = await addKeys(
      pilot,
      labels.map(label => sampleKey(fleet, label)),
    );
    for (const [index, label] of labels.entries()) idOf.set(label, ids[index] ?? '');
  });

  it('have the status that their gateway gives', async () => {
    const keys = await stage().pilot.snapshot<KeyState>();
    for (const [label, { status }] of Object.entries(LOOKS)) {
      assert.equal(keys.find(key => key.label === label)?.status, status, label);
    }
  });

  for (const [label, look] of Object.entries(LOOKS)) {
    it(`“${label}” (${look.status}) has an icon, a word and a spoken label in the tree`, async () => {
      const { page } = stage();
      const row = await readTreeRow(page, VIEW, label, look.description);
      assert.equal(row.icon, look.treeIcon ?? look.icon);
      assert.match(row.label, look.spoken);
      assert.equal(row.level, 2);
    });

    it(`“${label}” (${look.status}) has them in the status bar when it is pinned`, async () => {
      const { page, pilot } = stage();
      const id = idOf.get(label);
      await pilot.command('keyQuota.pinKey', id);
      const text = `${label} · ${look.description}`;
      await statusBarItem(page, ITEM).filter({ hasText: text }).waitFor();
      const item = await readStatusBarItem(page, ITEM);
      // The only one that nobody has used for days, since it ended, is counted beside any other.
      const isCounted = label !== 'Summer intern';
      assert.equal(item.text.replace(/\s+/g, ' '), isCounted ? `${text} 1` : text);
      assert.equal(item.background, look.background);
      const [, spoken = '', counted] =
        /^Key Quota: (.*?)(, keys that no longer work: 1)?$/.exec(item.label) ?? [];
      assert.match(spoken, look.spoken);
      assert.equal(counted !== undefined, isCounted);
      // The count has an icon as well: that of a key which is used up.
      const icons = isCounted && look.icon === 'error' ? 2 : 1;
      assert.equal(await statusBarItem(page, ITEM).locator(`.codicon-${look.icon}`).count(), icons);
      await picture(page, `status-${look.status}-${look.icon}`);
      await pilot.command('keyQuota.unpinKey', id);
    });
  }

  it('without a pin, the most urgent one is in the status bar', async () => {
    const { page } = stage();
    await statusBarItem(page, ITEM).filter({ hasText: 'CI evals · $0.00 · used up' }).waitFor();
  });

  it('the badge counts those that need attention', async () => {
    const { page } = stage();
    // CI evals, Summer intern, Deleted prototype, Aider, two that are low, Docs bot that ends in days, and the GPU
    // box that does not answer: every line that is not green.
    await badge(page, CONTAINER).filter({ hasText: /^8$/ }).waitFor();
  });

  it('the tooltip is a table of all keys, with actions', async () => {
    const { page } = stage();
    const hover = await hoverOver(page, statusBarItem(page, ITEM));
    await hover.locator('table').waitFor();
    await picture(page, 'tooltip');
    const plain = (texts: string[]) => texts.map(text => text.replaceAll(/\s/g, ' ').trim());
    const heads = plain(await hover.locator('th').allTextContents());
    // There as soon as a log was read, which is some time after the start.
    const spendAt = heads.indexOf('Today');
    const withoutSpend = (texts: readonly string[]) => texts.filter((_, index) => index !== spendAt);
    assert.deepEqual(withoutSpend(heads), ['Key', 'Left', 'Ends', 'As of', 'Next']);
    const rows = await hover.locator('tbody tr').all();
    const cells = await Promise.all(
      rows.map(async row => withoutSpend(plain(await row.locator('td').allTextContents()))),
    );
    assert.deepEqual(
      cells.map(([key, left, ends]) => [key, left, ends]),
      Object.entries(LOOKS).map(([label, { left, ends }]) => [label, left, ends]),
    );
    for (const [key, , , asOf, nextCheck] of cells) {
      const { status } = LOOKS[key ?? ''] ?? {};
      const hasFigure = !['invalid', 'disabled', 'unknown'].includes(status ?? '');
      assert.match(asOf ?? '', hasFigure ? /^\d{1,2}:\d\d [AP]M$/ : /^not yet$/, key);
      // A key that is refused is asked again as well, hours later.
      assert.match(nextCheck ?? '', /^\d{1,2}:\d\d [AP]M$/, key);
    }
    const links = await hover.locator('a').allTextContents();
    assert.deepEqual(plain(links), ['Refresh', 'Show All', 'Add Key…']);
    await stopHovering(page);
  });

  it('the links of the tooltip work', async () => {
    const { page, pilot, fleet } = stage();
    await pilot.command('workbench.view.explorer');
    await tooltip(page).waitFor({ state: 'hidden' });
    const before = fleet.gateways.newApi.callsOf({ key: 'cline-work' }).length;
    let hover = await hoverOver(page, statusBarItem(page, ITEM));
    await hover.getByText('Refresh').click();
    await until('the gateway is asked', PATIENCE_MS, () => {
      return fleet.gateways.newApi.callsOf({ key: 'cline-work' }).length > before;
    });
    await stopHovering(page);
    hover = await hoverOver(page, statusBarItem(page, ITEM));
    await hover.getByText('Show All').click();
    await treeRow(page, VIEW, 'CI evals').waitFor();
    await stopHovering(page);
  });

  it('a stale figure says so', async () => {
    const { page, pilot } = stage();
    const id = idOf.get('Cline – work') ?? '';
    const { gateways } = stage().fleet;
    for (const path of ['/api/usage/token/', '/v1/dashboard/billing/usage'])
      gateways.newApi.setReply(`GET ${path}`, { status: 500 });
    await pilot.command('keyQuota.pinKey', id);
    await statusBarItem(page, ITEM).filter({ hasText: 'Cline – work · $18.42' }).waitFor();
    makeOld(stage(), id, 3 * 3_600_000);
    await statusBarItem(page, ITEM)
      .filter({ hasText: 'Cline – work · $18.42 · as of 3 hours ago' })
      .waitFor();
    const item = await readStatusBarItem(page, ITEM);
    assert.match(
      item.label,
      /Cline – work, out of date, \$18\.42 of \$25\.00 \(73%\) left, as of 3 hours ago, keys that no longer work: 1$/,
    );
    assert.equal(item.background, 'none');
    const row = await readTreeRow(page, VIEW, 'Cline – work', '$18.42 · out of date');
    assert.equal(row.icon, 'history');
    await picture(page, 'status-stale');
  });
});
