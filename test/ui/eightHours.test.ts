import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { picture } from './support/pictures.ts';
import { addKeys, CONTAINER, ITEM, sampleKey, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { tooltipRows } from './support/tooltipRows.ts';
import { hoverOver, stopHovering } from './workbench/hover.ts';
import { readStatusBarItem, statusBarItem } from './workbench/statusBar.ts';
import { expandRow, readTreeRow, treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WORK = 'Cline – work';
const LABELS = [WORK, 'Docs bot – staging', 'Translation service', 'Night batch'];

const plain = (text: string) =>
  text
    .replaceAll(/[\u2066-\u2069]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** What one request costs. */
const DOLLARS = 0.275;

/**
 * Keys are added at three in the morning of tomorrow. One is used for half a dollar an hour or so until eight on the day after:
 * then no gateway answers any more until four in the afternoon. At no time does “today” tell what was spent yesterday.
 */
describe('eight hours without an answer', () => {
  let aheadMs = 0;
  const clock = () => Date.now() + aheadMs;
  const stage = useStage({
    packaged: true,
    fleet: { clock },
    extensions: [join(import.meta.dirname, 'movedClock')],
  });

  /** What the clock says at the end of the last step: the time that steps take does not add to it. */
  let reachedAt = 0;

  async function moveTo(at: number): Promise<void> {
    reachedAt = at;
    const ms = Math.max(0, at - clock());
    aheadMs += ms;
    await stage().pilot.command('movedClock.advance', ms);
  }

  async function pass(ms: number, stepMs = MINUTE): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) await moveTo(reachedAt + stepMs);
  }

  /** When requests were made. */
  const requests: number[] = [];

  /** Half an hour with a request in the middle of it. */
  async function useForHalfAnHour(): Promise<void> {
    await pass(15 * MINUTE, 5 * MINUTE);
    stage().fleet.gateways.newApi.spend('cline-work', { quota: 137_500 });
    requests.push(clock());
    await pass(15 * MINUTE, 5 * MINUTE);
    // The product looks at its clock once a second: at midnight itself it may not have done so yet.
    if (new Date(clock()).getHours() > 0) await checkToday();
  }

  /** What is known to be spent today is no more than the requests since midnight, and that of the quarter before it. */
  async function checkToday(): Promise<void> {
    const since = new Date(clock()).setHours(0, -15, 0, 0);
    const most = DOLLARS * requests.filter(at => at >= since).length;
    const states = await stage().pilot.snapshot<KeyState>();
    const { today = 0 } = states.find(({ label }) => label === WORK)?.spend ?? {};
    assert.ok(today <= most + 1e-6, `today ${today}, at most ${most}`);
  }

  /** A time of day, so many days after the present one. */
  const timeOfDay = (days: number, hour: number, minute = 0) =>
    new Date(clock() + days * 24 * HOUR).setHours(hour, minute, 0, 0);

  /** The cards of the tooltip, by name: what is left, and what stands below; and the lines under them. */
  async function readTooltip(name: string) {
    const { page } = stage();
    const hover = await hoverOver(page, statusBarItem(page, ITEM));
    await hover.locator('table').waitFor();
    await picture(page, name);
    const rows = (await tooltipRows(hover)).map(row => ({ ...row, cells: row.cells.map(plain) }));
    const cards = rows.flatMap(({ isFirst, cells: [label = '', , left = ''] }, index) => {
      const [line = '', , spent = ''] = rows[index + 1]?.isFirst ? [] : (rows[index + 1]?.cells ?? []);
      return isFirst ? [[label, left, line, spent]] : [];
    });
    const lines = (await hover.locator('p').allInnerTexts()).flatMap(text => text.split('\n')).map(plain);
    await stopHovering(page);
    return { cards, lines };
  }

  const fact = async (label: string) => {
    const text = plain((await treeRow(stage().page, VIEW, label).textContent()) ?? '');
    return text.slice(label.length).trim();
  };

  before(async () => {
    const { page, pilot, fleet } = stage();
    const { newApiCny, cheapestInference } = fleet.gateways;
    await openViewContainer(page, CONTAINER);
    // No time of the test is at the edge of a minute.
    await moveTo(timeOfDay(1, 3) + 10_000);
    newApiCny.key('docs-bot').expiresAt = timeOfDay(1, 20, 45) / 1000;
    newApiCny.key('translation').expiresAt = timeOfDay(1, 12, 5) / 1000;
    const batch = cheapestInference.key('night-batch');
    if (batch.plan) batch.plan = { ...batch.plan, resetsAt: new Date(timeOfDay(1, 13, 10)).toISOString() };
    const [work] = await addKeys(
      pilot,
      LABELS.map(label => sampleKey(fleet, label)),
    );
    await pilot.command('keyQuota.pinKey', work);
    for (let n = 0; n < 58; n++) await useForHalfAnHour();
  });

  it('begin with figures of just now', async () => {
    const { page } = stage();
    // 18.42 less 58 times 0.275.
    await statusBarItem(page, ITEM)
      .filter({ hasText: `${WORK} · $2.47 · low` })
      .waitFor();
    const { cards, lines } = await readTooltip('eight-hours-before');
    assert.deepEqual(
      cards.map(([label, , line]) => [label, line]),
      [
        [WORK, 'low'],
        ['Docs bot – staging', 'expires in 12 hours'],
        ['Translation service', 'expires in 4 hours'],
        ['Night batch', 'resets in 5 hours'],
      ],
    );
    assert.match(lines.at(-1) ?? '', /^Updated 8:00 AM/);
  });

  it('leave no sentence that is not true any more', async () => {
    const { page, fleet } = stage();
    for (const gateway of Object.values(fleet.gateways))
      gateway.setReply('*', { status: 0, delivery: { how: 'reset' } });
    for (let hour = 0; hour < 8; hour++) {
      await pass(HOUR);
      await checkToday();
    }
    await statusBarItem(page, ITEM)
      .filter({ hasText: `${WORK} · $2.47 · as of 8 hours ago` })
      .waitFor();
    const { text, label } = await readStatusBarItem(page, ITEM);
    assert.equal(plain(text), `${WORK} · $2.47 · as of 8 hours ago +3`);
    assert.equal(
      label,
      `Key Quota: ${WORK}, out of date, $2.47 of $25.00 (9%) left, as of 8 hours ago, others that need attention: 3`,
    );
    await readTreeRow(page, VIEW, `$2.47 · ${WORK}`, 'out of date · Relay One · pinned');
    await readTreeRow(page, VIEW, '¥239.44 · Docs bot – staging', 'out of date · Team Gateway');
    await readTreeRow(
      page,
      VIEW,
      '¥1,023.82 · Translation service',
      'expired · as of 8:00 AM · Team Gateway',
    );
    const { host } = new URL(fleet.gateways.cheapestInference.origin);
    await readTreeRow(page, VIEW, 'Night batch', `unknown since the reset 3 hours ago · ${host}`);
    assert.match(
      (await treeRow(page, VIEW, 'Docs bot').getAttribute('aria-label')) ?? '',
      /out of date, .*, expires in 4 hours, as of 8 hours ago, Team Gateway$/,
    );
    const { cards, lines } = await readTooltip('eight-hours-after');
    assert.deepEqual(
      cards.map(([name, left, line]) => [name, left, line]),
      [
        [WORK, '9% $2.47 of $25.00 left', 'as of 8 hours ago'],
        ['Translation service', '70% ¥1,023.82 of ¥1,460.00 left', 'expired 4 hours ago · as of 8:00 AM'],
        ['Docs bot – staging', '65% ¥239.44 of ¥365.00 left', 'as of 8 hours ago · expires in 4 hours'],
        ['Night batch', '', 'unknown since the reset 3 hours ago · as of 8 hours ago · expires Feb 15, 2100'],
      ],
    );
    // No figure is from now, and what was spent since is not known. The requests since midnight are 16 of the 58: where no
    // answer came while the clock ran, all of them were noticed at once, and none is surely of today.
    assert.ok(!lines.some(line => line.includes('Updated')));
    const [, today] = /^≥ (\$\d+\.\d\d) today/.exec(cards[0]?.[3] ?? '') ?? [];
    assert.ok(today === undefined || Number(today.slice(1)) <= 16 * DOLLARS, today);
    await expandRow(page, VIEW, WORK);
    const facts = {
      Updated: '8 hours ago',
      'Spent today': today === undefined ? 'unknown' : `≥ ${today}`,
      'Last check': '4:00 PM',
    };
    for (const [name, value] of Object.entries(facts)) assert.equal(await fact(name), value, name);
    assert.match(await fact('Next check'), /^4:\d\d PM$/);
    await picture(page, 'eight-hours-tree');
  });

  it('are over with the first answer', async () => {
    const { page, pilot, fleet } = stage();
    for (const gateway of Object.values(fleet.gateways)) gateway.setReply('*', undefined);
    // A key that has ended is asked seldom.
    await pilot.command('keyQuota.refresh');
    await statusBarItem(page, ITEM)
      .filter({ hasText: `${WORK} · $2.47 · low` })
      .waitFor();
    const { cards, lines } = await readTooltip('eight-hours-over');
    assert.deepEqual(
      cards.map(([name, , line]) => [name, line]),
      [
        [WORK, 'low'],
        ['Translation service', 'expired 4 hours ago'],
        ['Docs bot – staging', 'expires in 4 hours'],
        ['Night batch', 'expires Feb 15, 2100'],
      ],
    );
    assert.match(lines.at(-1) ?? '', /^Updated 4:\d\d PM/);
  });
});
