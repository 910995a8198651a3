import assert from 'node:assert/strict';
import type { PackedMessage } from '../../../src/core/panels/packedUsage.ts';
import { type PanelPage, plotSlices } from '../support/panelPage.ts';
import { accountReport, answerOf, DAYS, DAYS_BEFORE, show, showSpend } from './pageSamples.ts';

/** A chart leaves so much room above its highest amount. */
const MARGIN = 1.06;
/** A pixel of 220, and the edge of a bar. */
const NEAR = 0.015;

export function testCharts(open: (saved?: object) => Promise<PanelPage<PackedMessage>>): void {
  describe('the chart of the usage page', () => {
    const slices = (panel: PanelPage<PackedMessage>) => plotSlices(panel.page, DAYS.length);
    const bars = async (panel: PanelPage<PackedMessage>) => (await slices(panel)).map(each => each.bars);
    /** Bars as high as these amounts, of which the highest stack is `most`. */
    const assertBars = (
      actual: readonly (readonly number[])[],
      amounts: readonly number[][],
      most: number,
    ) => {
      const right = amounts.map(day => day.map(amount => amount / (most * MARGIN)));
      const isRight =
        actual.length === right.length &&
        actual.every((day, at) =>
          day.every((share, series) => Math.abs(share - (right[at]?.[series] ?? -1)) <= NEAR),
        );
      assert.ok(isRight, `${JSON.stringify(actual)} is not ${JSON.stringify(right)}`);
    };

    it('has a bar for each day, as high as what was spent, and others for other figures', async () => {
      const panel = await open();
      await panel.post(showSpend([1, 0, 3]));
      assertBars(await bars(panel), [[1], [0], [3]], 3);
      await panel.post(showSpend([0, 2, 2], DAYS_BEFORE));
      assertBars(await bars(panel), [[0], [2], [2]], 2);
      await panel.close();
    });

    it('stacks keys in the colors of its legend', async () => {
      const panel = await open();
      const spenders = [
        { name: 'alice', used: [2, 1, undefined] },
        { name: 'bob', used: [1, undefined, 0.5] },
      ];
      await panel.post(show(answerOf([accountReport(spenders)])));
      assertBars(
        await bars(panel),
        [
          [2, 1],
          [1, 0],
          [0, 0.5],
        ],
        3,
      );
      assert.deepEqual(await panel.texts('.legend .name'), ['alice', 'bob']);
      await panel.close();
    });

    it('hatches the days that the figures do not cover, and no others', async () => {
      const panel = await open();
      const spenders = [{ name: 'alice', used: [undefined, 0, 3] }];
      const hatches = async () => (await slices(panel)).map(({ hatched }) => hatched > 0.1);
      await panel.post(show(answerOf([accountReport(spenders)])));
      assert.deepEqual(await hatches(), [false, false, false]);
      const coverage = {
        complete: false,
        from: `${DAYS[1]}T00:00:00.000Z`,
        to: `${DAYS[2]}T23:59:59.999Z`,
        reason: 'broke-off',
      } as const;
      await panel.post(show(answerOf([accountReport(spenders, DAYS, { coverage })])));
      assert.deepEqual(await hatches(), [true, false, false]);
      assert.match(await panel.text('figcaption'), /Hatched: not covered/);
      await panel.close();
    });

    it('draws the period before as a line at what was spent then, while the two are compared', async () => {
      const panel = await open();
      const answer = answerOf([accountReport([{ name: 'alice', used: [1, 1, 4] }])]);
      await panel.post(show(answer));
      const lines = async () => (await slices(panel)).map(({ line }) => line);
      assert.deepEqual(await lines(), [undefined, undefined, undefined]);
      const before = accountReport([{ name: 'alice', used: [2, undefined, 3] }], DAYS_BEFORE);
      await panel.post(show(answer, { previous: answerOf([before], DAYS_BEFORE), comparing: true }));
      const [first, second, third] = await lines();
      assert.ok(Math.abs((first ?? 0) - 2 / (4 * MARGIN)) <= NEAR, `${first}`);
      assert.equal(second, undefined, 'nothing is told of that day');
      assert.ok(Math.abs((third ?? 0) - 3 / (4 * MARGIN)) <= NEAR, `${third}`);
      await panel.post(show(answer));
      assert.deepEqual(await lines(), [undefined, undefined, undefined]);
      await panel.close();
    });

    it('tells the amounts of the day that is pointed at, and of the whole range once there are other figures', async () => {
      const panel = await open();
      await panel.post(showSpend([1, 0, 3]));
      const told = async () => [
        await panel.text('.legend .heading'),
        ...(await panel.texts('.legend .number')),
      ];
      const slider = panel.page.getByRole('slider');
      assert.deepEqual(await told(), ['In all', '$4.00']);
      await slider.focus();
      await panel.page.keyboard.press('Home');
      await panel.painted();
      assert.deepEqual(await told(), ['Jun 2, 2025: $1.00', '$1.00']);
      assert.equal(await slider.getAttribute('aria-valuetext'), 'Jun 2, 2025: $1.00, alice $1.00');
      await panel.page.keyboard.press('ArrowLeft');
      await panel.page.keyboard.press('ArrowRight');
      await panel.painted();
      assert.deepEqual(await told(), ['Jun 3, 2025: $0.00', '$0.00']);
      await panel.post(showSpend([0.5, 2, 2], DAYS_BEFORE));
      assert.deepEqual(await told(), ['In all', '$4.50']);
      assert.equal(await slider.getAttribute('aria-valuetext'), 'Jun 1, 2025: $2.00, alice $2.00');
      await panel.page.keyboard.press('End');
      await panel.page.keyboard.press('Escape');
      await panel.painted();
      assert.deepEqual(await told(), ['In all', '$4.50']);
      await panel.close();
    });

    it('tells the amounts of the day that the pointer is at', async () => {
      const panel = await open();
      await panel.post(showSpend([1, 0, 3]));
      const box = (await panel.page.locator('.chart .u-over').boundingBox()) ?? assert.fail();
      await panel.page.mouse.move(box.x + box.width * (5 / 6), box.y + 40);
      await panel.painted();
      assert.equal(await panel.text('.legend .heading'), 'Jun 4, 2025: $3.00');
      await panel.page.mouse.move(1, 1);
      await panel.painted();
      assert.equal(await panel.text('.legend .heading'), 'In all');
      await panel.close();
    });

    it('is drawn in the colors of another theme as soon as that is chosen, legend and bars alike', async () => {
      const panel = await open();
      await panel.post(showSpend([1, 0, 3]));
      const swatch = () =>
        panel.page.locator('.legend canvas').evaluate(canvas => {
          const context = (canvas as HTMLCanvasElement).getContext('2d');
          return [...(context?.getImageData(6, 6, 1, 1).data ?? [])].join();
        });
      const before = await swatch();
      await panel.page.evaluate(() =>
        document.documentElement.style.setProperty('--vscode-charts-blue', '#800080'),
      );
      await panel.painted();
      assert.notEqual(await swatch(), before);
      assertBars(await bars(panel), [[1], [0], [3]], 3);
      await panel.close();
    });
  });
}
