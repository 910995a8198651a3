import assert from 'node:assert/strict';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import { until } from '../host/until.ts';
import { picture } from './support/pictures.ts';
import { addKeys, CONTAINER, ITEM, sampleKey, VIEW } from './support/product.ts';
import { makeOld } from './support/sharedStore.ts';
import { useStage } from './support/stageInUse.ts';
import { tooltipRows } from './support/tooltipRows.ts';
import { hoverOver, pressInTooltip, stopHovering, tooltip } from './workbench/hover.ts';
import { type Background, readStatusBarItem, statusBarItem } from './workbench/statusBar.ts';
import { readTreeRow, treeRow } from './workbench/tree.ts';
import { badge, openViewContainer } from './workbench/viewContainer.ts';

/** How a key is to look; figures by hand from the fleet's table, at 7.3 yuan a dollar. */
interface Look {
  readonly status: KeyState['status'];
  readonly icon: string;
  /** In the tree, where it is another. */
  readonly treeIcon?: string;
  readonly figure?: string;
  readonly notice?: string;
  /** Its name in the status bar, where it is cut there: the item has 40 characters. */
  readonly cutName?: string;
  /** What its gateway calls itself; absent where it calls itself nothing, and is called by its address. */
  readonly gateway?: string;
  readonly spoken: RegExp;
  readonly background: Background;
  /** On its card, where it has one among the six that the tooltip shows: what is left, and what stands below its name. */
  readonly card?: readonly [left: string, line: string];
}

const LOOKS: Readonly<Record<string, Look>> = {
  'CI evals': {
    status: 'exhausted',
    icon: 'error',
    figure: '$0.00',
    notice: 'used up',
    gateway: 'Relay One',
    spoken: /^CI evals, used up, \$0\.00 of \$20\.00 \(0%\) left, updated \d/,
    background: 'error',
    card: ['0%  $0.00 of $20.00 left', 'used up'],
  },
  'Summer intern': {
    status: 'expired',
    icon: 'calendar',
    figure: '¥32.12',
    notice: 'expired',
    gateway: 'Team Gateway',
    spoken: /^Summer intern, expired, ¥32\.12 of ¥73\.00 \(44%\) left, updated \d/,
    // Nobody seems to use it any more.
    background: 'none',
  },
  'Deleted prototype': {
    status: 'invalid',
    icon: 'lock',
    notice: 'not accepted',
    gateway: 'CometAPI',
    spoken: /^Deleted prototype, not accepted/,
    background: 'none',
    card: ['', 'not accepted'],
  },
  'Aider – old laptop': {
    status: 'disabled',
    icon: 'circle-slash',
    notice: 'disabled',
    gateway: 'Relay One',
    spoken: /^Aider – old laptop, disabled/,
    background: 'none',
    card: ['', 'disabled'],
  },
  'Thumbnails batch': {
    status: 'low',
    icon: 'warning',
    figure: '$0.85',
    notice: 'low',
    gateway: 'CometAPI',
    spoken: /^Thumbnails batch, low, \$0\.85 of \$15\.00 \(5%\) left, updated \d/,
    background: 'warning',
    card: ['5%  $0.85 of $15.00 left', 'low · expires in 44 days'],
  },
  'Roo – side project': {
    status: 'low',
    icon: 'warning',
    figure: '$0.61',
    notice: 'low',
    gateway: 'Relay One',
    spoken: /^Roo – side project, low, \$0\.61 of \$10\.00 \(6%\) left, updated \d/,
    background: 'warning',
    card: ['6%  $0.61 of $10.00 left', 'low'],
  },
  'Docs bot – staging': {
    status: 'ok',
    icon: 'key',
    treeIcon: 'watch',
    figure: '¥239.44',
    cutName: 'Docs bot – sta…',
    notice: 'expires in 2 days',
    gateway: 'Team Gateway',
    spoken: /^Docs bot – staging, ok, ¥239\.44 of ¥365\.00 \(65%\) left, expires in 2 days, updated \d/,
    background: 'none',
    card: ['65%  ¥239.44 of ¥365.00 left', 'expires in 2 days'],
    // Three days less the time since the fleet was started: time that is left is rounded down.
  },
  'GPU box in the lab': {
    status: 'unknown',
    icon: 'question',
    notice: 'no answer',
    spoken: /^GPU box in the lab, no figures yet, no answer/,
    background: 'none',
  },
  'Translation service': {
    status: 'ok',
    icon: 'key',
    figure: '¥1,023.82',
    spoken: /^Translation service, ok, ¥1,023\.82 of ¥1,460\.00 \(70%\) left, updated \d/,
    background: 'none',
  },
  'Cline – work': {
    status: 'ok',
    icon: 'key',
    figure: '$18.42',
    spoken: /^Cline – work, ok, \$18\.42 of \$25\.00 \(73%\) left, updated \d/,
    background: 'none',
  },
  'Claude Code – home': {
    status: 'ok',
    icon: 'key',
    figure: '∞ · used $41.07',
    spoken: /^Claude Code – home, ok, ∞ · used \$41\.07, updated \d/,
    background: 'none',
  },
};

/** Whether it stands in the group of those that need attention. */
const isTroubled = ({ status, treeIcon }: Look) => status !== 'ok' || treeIcon !== undefined;

describe('keys in every status', () => {
  const stage = useStage();
  const idOf = new Map<string, string>();
  const gatewayOf = (label: string) =>
    LOOKS[label]?.gateway ?? new URL(sampleKey(stage().fleet, label).origin).host;

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
      const drawn = look.figure === undefined ? label : `${look.figure} · ${label}`;
      const beside = isTroubled(look) ? [look.notice, gatewayOf(label)] : [look.notice];
      const description = beside.filter(text => text !== undefined).join(' · ');
      const row = await readTreeRow(page, VIEW, drawn, description);
      assert.equal(row.icon, look.treeIcon ?? look.icon);
      assert.match(row.label, look.spoken);
      assert.equal(row.label.endsWith(`, ${gatewayOf(label)}`), isTroubled(look));
      assert.equal(row.level, 2);
    });

    it(`“${label}” (${look.status}) has them in the status bar when it is pinned`, async () => {
      const { page, pilot } = stage();
      const id = idOf.get(label);
      await pilot.command('keyQuota.pinKey', id);
      const text = [look.cutName ?? label, look.figure, look.notice]
        .filter(each => each !== undefined)
        .join(' · ');
      await statusBarItem(page, ITEM).filter({ hasText: text }).waitFor();
      const item = await readStatusBarItem(page, ITEM);
      // Eight need attention, this one perhaps among them.
      const others = isTroubled(look) ? 7 : 8;
      assert.equal(item.text.replace(/\s+/g, ' ').trim(), `${text} +${others}`);
      assert.equal(item.background, look.background);
      const [, spoken = '', counted] =
        /^Key Quota: (.*?), others that need attention: (\d)$/.exec(item.label) ?? [];
      assert.match(spoken, look.spoken);
      assert.equal(counted, `${others}`);
      // The count has an icon as well: that of a key that is low.
      const icons = look.icon === 'warning' ? 2 : 1;
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

  it('the tooltip has a card for each of the six that need attention most, and counts the others', async () => {
    const { page } = stage();
    const hover = await hoverOver(page, statusBarItem(page, ITEM));
    await hover.locator('table').waitFor();
    await picture(page, 'tooltip');
    const plain = (text: string) => text.replaceAll(/\s/g, ' ').trim();
    const rows = (await tooltipRows(hover)).map(row => ({ ...row, cells: row.cells.map(plain) }));
    const cards = rows.flatMap(({ isFirst, cells: [name = '', , left = ''] }, index) => {
      const below = rows[index + 1];
      return isFirst
        ? [[name.replaceAll(/[\u2068\u2069]/g, ''), left, below?.isFirst ? '' : below?.cells[0]]]
        : [];
    });
    const expected = Object.entries(LOOKS).flatMap(([label, { card }]) => (card ? [[label, ...card]] : []));
    assert.deepEqual(cards, expected);
    // Among the others, the GPU box does not answer, and the intern’s key has expired, which nobody seems to miss.
    await hover.getByText('and 5 more, 2 need attention').waitFor();
    await hover.getByText(/Updated \d{1,2}:\d\d [AP]M/).waitFor();
    const links = await hover.locator('a').allTextContents();
    assert.deepEqual(links.map(plain), ['Refresh', 'Overview', 'Show All', 'Add Key…']);
    const { height = 0 } = (await hover.boundingBox()) ?? {};
    assert.ok(height > 100 && height <= 420, `${height} px`);
    await stopHovering(page);
  });

  it('the tooltip stays as low with limits for two currencies and for keys', async () => {
    const { page, pilot } = stage();
    const limits = [
      ...['USD', 'CNY'].flatMap(currency => ['day', 'week', 'month'].map(period => ({ currency, period }))),
      ...['Cline – work', 'Translation service', 'Claude Code – home'].map(label => ({
        key: idOf.get(label),
        period: 'day',
      })),
    ];
    const set = async (amount: number | null) => {
      for (const limit of limits) await pilot.command('keyQuota.setSpendingLimit', { ...limit, amount });
    };
    await set(40);
    try {
      const hover = await hoverOver(page, statusBarItem(page, ITEM));
      for (const text of [/All Keys in USD: /, /All Keys in CNY: /, /Translation service: /])
        await hover.getByText(text).first().waitFor();
      await picture(page, 'tooltip-limits');
      const { height = 0 } = (await hover.boundingBox()) ?? {};
      assert.ok(height > 100 && height <= 420, `${height} px`);
      // The most urgent keep their cards.
      await hover.getByText('CI evals').waitFor();
    } finally {
      await stopHovering(page);
      await set(null);
    }
  });

  it('a line of the tree has the same card where one hovers over it', async () => {
    const { page } = stage();
    const hover = await hoverOver(page, treeRow(page, VIEW, 'Thumbnails batch').locator('.label-name'));
    await hover.locator('img').first().waitFor();
    await hover.getByText('$0.85 of $15.00 left').waitFor();
    await hover.getByText('expires in 44 days').waitFor();
    await picture(page, 'tree-hover');
    await stopHovering(page);
  });

  it('the links of the tooltip work', async () => {
    const { page, pilot, fleet } = stage();
    await pilot.command('workbench.view.explorer');
    await tooltip(page).waitFor({ state: 'hidden' });
    const before = fleet.gateways.newApi.callsOf({ key: 'cline-work' }).length;
    await pressInTooltip(page, statusBarItem(page, ITEM), 'Refresh');
    await until('the gateway is asked', PATIENCE_MS, () => {
      return fleet.gateways.newApi.callsOf({ key: 'cline-work' }).length > before;
    });
    await stopHovering(page);
    await pressInTooltip(page, statusBarItem(page, ITEM), 'Show All');
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
      /Cline – work, out of date, \$18\.42 of \$25\.00 \(73%\) left, as of 3 hours ago, others that need attention: 8$/,
    );
    assert.equal(item.background, 'none');
    const row = await readTreeRow(page, VIEW, '$18.42 · Cline – work', 'out of date · Relay One · pinned');
    assert.equal(row.icon, 'history');
    await picture(page, 'status-stale');
  });
});
