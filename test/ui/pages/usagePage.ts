import assert from 'node:assert/strict';
import { type PackedMessage, packMessage } from '../../../src/core/panels/packedUsage.ts';
import type { SavedUsagePanel } from '../../../src/core/panels/usageMessages.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import type { PanelPage } from '../support/panelPage.ts';
import { accountReport, answerOf, DAYS, DAYS_BEFORE, show, showSpend } from './pageSamples.ts';

const MON_9 = `${DAYS[0]}T09:00`;

export function testUsagePage(open: (saved?: object) => Promise<PanelPage<PackedMessage>>): void {
  describe('the usage page', () => {
    let panel: PanelPage<PackedMessage>;
    beforeEach(async () => {
      panel = await open();
    });
    afterEach(() => panel.close());

    const total = () => panel.text('.totals .total dd');
    const types = async () => (await panel.sent()).map(({ type }) => type);
    const two = [
      { name: 'alice', used: [1, 0, 3] },
      { name: 'bob', used: [5, 0, 0] },
    ];

    it('goes on to show one key alone when another range has come', async () => {
      await panel.post(show(answerOf([accountReport(two)])));
      assert.equal(await total(), '$9.00');
      await panel.page.locator('.legend button', { hasText: 'alice' }).click();
      await panel.painted();
      assert.equal(await total(), '$4.00');
      const before = [
        { name: 'alice', used: [0.5, 0, 0] },
        { name: 'bob', used: [7, 0, 0] },
      ];
      await panel.post(show(answerOf([accountReport(before, DAYS_BEFORE)], DAYS_BEFORE)));
      assert.equal(await total(), '$0.50');
      await panel.page.getByRole('button', { name: 'alice: show all keys again' }).click();
      await panel.painted();
      assert.equal(await total(), '$7.50');
    });

    it('maps no hours of another question, and asks again for those of another range', async () => {
      const hours = (at: string, used: number): readonly UsageReport[] => [
        accountReport([], DAYS, { timeline: { step: 'hour', cells: [{ at, used }] } }),
      ];
      const { question } = answerOf([]);
      const monday9 = panel.page.locator('.week td[title^="Monday 9:00 AM"]');
      await panel.post(showSpend([4, 0, 0]));
      await panel.page.locator('.week summary').click();
      await panel.painted();
      assert.deepEqual(await types(), ['hours']);
      for (const other of [
        { ...question, from: '2025-06-01' },
        { ...question, to: '2025-06-05' },
        { ...question, keyIds: ['other'] },
      ]) {
        await panel.post(packMessage({ type: 'hours', question: other, reports: hours(MON_9, 4) }));
        assert.equal(await monday9.count(), 0);
      }
      await panel.post(packMessage({ type: 'hours', question, reports: hours(MON_9, 4) }));
      assert.equal(await monday9.getAttribute('aria-label'), '$4.00');
      await panel.post(showSpend([1, 0, 0], DAYS_BEFORE));
      assert.equal(await monday9.count(), 0, 'these hours are of the range before');
      assert.deepEqual(await types(), ['hours', 'hours']);
    });

    it('says what went wrong until the next question, and shows while one is asked', async () => {
      await panel.post(showSpend([1, 0, 3]));
      const alert = panel.page.getByRole('alert').first();
      const busy = panel.page.locator('.busy');
      assert.equal(await busy.isVisible(), false);
      await panel.post({ type: 'busy', done: 0 });
      assert.equal(await busy.isVisible(), true);
      await panel.post({ type: 'busy', done: 1200, total: 5000 });
      assert.match(await panel.text('.busy'), /1,200 of 5,000 rows/);
      await panel.post({ type: 'problem', message: '“Team” does not answer.' });
      assert.deepEqual([await alert.innerText(), await busy.isVisible()], ['“Team” does not answer.', false]);
      await panel.post({ type: 'idle' });
      assert.equal(await alert.innerText(), '“Team” does not answer.');
      assert.equal(await total(), '$4.00');
      await panel.post({ type: 'busy', done: 0 });
      assert.equal(await alert.innerText(), '');
      await panel.post({ type: 'idle' });
      assert.equal(await busy.isVisible(), false);
    });

    it('names the keys that are missing, and that figures are not added', async () => {
      const answer = answerOf([
        accountReport(two),
        accountReport(two, DAYS, { keyId: 'yuan', unit: { code: 'CNY', source: 'gateway' } }),
      ]);
      const lost = { ...accountReport([]), keyId: 'gone', note: '“Gone” is not accepted.' };
      await panel.post(
        show({
          ...answer,
          problems: ['“Gone” is not accepted.'],
          missing: [lost],
          lacks: [{ keyId: 'gone', reason: 'not accepted' }],
        }),
      );
      assert.deepEqual(await panel.texts('.totals .total dd'), ['$9.00', '¥9.00']);
      assert.equal(await panel.text('.lacks summary'), 'No figures for 1 of 3 keys (not accepted)');
      assert.match(await panel.text('main'), /are not added/);
      assert.match(await panel.text('h1'), /incomplete/);
      await panel.post(show({ ...answerOf([]), question: answer.question }));
      assert.equal(await panel.text('.empty'), 'No figures.');
    });

    it('keeps what it shows over a reload: the figures, what they lack, and how it looks', async () => {
      const lost = { ...accountReport([]), keyId: 'gone', note: 'why' };
      const lacking = {
        ...answerOf([accountReport(two)]),
        problems: ['why'],
        missing: [lost],
        lacks: [{ keyId: 'gone', reason: 'no answer' }],
      };
      const previous = answerOf([accountReport(two, DAYS_BEFORE)], DAYS_BEFORE);
      await panel.post(show(lacking, { previous, comparing: true, preset: 'last-7-days' }));
      type Saved = SavedUsagePanel & { readonly view: { readonly typed?: object } };
      const saved = await panel.saved<Saved>(({ answer }) => answer !== undefined);
      assert.deepEqual(saved.answer, JSON.parse(JSON.stringify(lacking)));
      assert.deepEqual(
        [saved.previous?.reports?.length, saved.previous?.question, saved.comparing, saved.preset],
        [1, previous.question, true, 'last-7-days'],
      );
      await panel.page.getByRole('textbox', { name: 'From' }).fill('2025-01-01');
      const typed = await panel.saved<Saved>(({ view }) => view.typed !== undefined);
      assert.deepEqual(typed.view.typed, { from: '2025-01-01', to: '2025-06-04' });
      assert.deepEqual(typed.answer, saved.answer);
    });

    it('keeps of too many figures only the question, so that they are asked for again', async () => {
      const used = Array.from({ length: 6000 }, () => 1);
      const many = used.map((amount, at) => ({ name: `key ${at}`, model: 'm'.repeat(20), used: [amount] }));
      await panel.post(show(answerOf([accountReport(many)])));
      const saved = await panel.saved<SavedUsagePanel>(({ answer }) => answer !== undefined);
      assert.equal(saved.answer.reports, undefined);
      assert.deepEqual(saved.answer.question, answerOf([]).question);
    });

    it('drops typed dates once another range was asked for, and no sooner', async () => {
      await panel.post(showSpend([1, 0, 3]));
      const from = panel.page.getByRole('textbox', { name: 'From' });
      await from.fill('2025-01-01');
      await panel.post(showSpend([1, 0, 4]));
      assert.equal(await from.inputValue(), '2025-01-01', 'the same range, with newer figures');
      const others = [
        [DAYS[0], DAYS[1], '2025-06-05'],
        ['2025-06-03', '2025-06-04', '2025-06-05'],
        DAYS_BEFORE,
      ];
      for (const days of others) {
        await panel.post(showSpend([1, 0, 4], days));
        assert.equal(await from.inputValue(), days[0]);
        await from.fill('2025-01-01');
      }
    });

    it('drops ticks once other keys are shown, and no sooner', async () => {
      const keys = [
        { id: 'team', label: 'Team' },
        { id: 'other', label: 'Other' },
      ];
      const answer = answerOf([accountReport(two)]);
      const ticks = () =>
        panel.page
          .locator('.keys input')
          .evaluateAll(boxes => boxes.map(box => (box as HTMLInputElement).checked));
      await panel.post(show(answer, { keys }));
      assert.deepEqual([await panel.text('.keys summary'), await ticks()], ['1 of 2 keys', [true, false]]);
      await panel.page.locator('.keys summary').click();
      await panel.page.getByRole('checkbox', { name: 'Other' }).check();
      await panel.post(show(answer, { keys }));
      assert.deepEqual(await ticks(), [true, true]);
      await panel.button('Show These Keys').click();
      assert.deepEqual(await panel.sent(), [{ type: 'chooseKeys', keyIds: ['team', 'other'] }]);
      const both = { ...answer, question: { ...answer.question, keyIds: [] } };
      await panel.post(show(both, { keys }));
      assert.deepEqual([await panel.text('.keys summary'), await ticks()], ['All 2 keys', [true, true]]);
      await panel.post(show(answer, { keys }));
      assert.deepEqual(await ticks(), [true, false]);
    });

    it('asks for what is pressed, and for nothing else', async () => {
      await panel.post(show(answerOf([accountReport(two)]), { comparing: true }));
      await panel.button('Last 30 days').click();
      await panel.button('Compare with the period before').click();
      await panel.button('Export as CSV').click();
      await panel.page.getByRole('textbox', { name: 'From' }).fill('2025-06-01');
      await panel.button('Show').click();
      await panel.post({ type: 'busy', done: 0 });
      await panel.button('Cancel').click();
      assert.deepEqual(await panel.sent(), [
        { type: 'askPreset', preset: 'last-30-days' },
        { type: 'compare', on: false },
        { type: 'export', format: 'csv' },
        { type: 'askRange', from: '2025-06-01', to: DAYS[2] },
        { type: 'cancel' },
      ]);
    });

    it('says to screen readers the totals of another answer', async () => {
      const said = () => panel.page.locator('[role=status].unseen').last().textContent();
      await panel.post(showSpend([1, 0, 3]));
      assert.equal(await said(), '', 'the first figures are read as the page is');
      await panel.post(showSpend([1, 0, 4], DAYS_BEFORE));
      assert.equal(await said(), 'Total: $5.00');
    });
  });
}
