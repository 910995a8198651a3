import assert from 'node:assert/strict';
import { EMPTY_LOG_FORM, type LogForm } from '../../../src/core/panels/logsForm.ts';
import type { LogsPageMessage, LogsProgress, SavedLogsPanel } from '../../../src/core/panels/logsMessages.ts';
import type { LogRow } from '../../../src/core/usage/logRow.ts';
import type { PanelPage } from '../support/panelPage.ts';

const BY_MODEL: LogForm = { ...EMPTY_LOG_FORM, model: 'gpt' };
const unit = { code: 'USD', source: 'gateway' } as const;

const rowOf = (requestId: string): LogRow => ({
  ...{ at: '2025-06-02T09:00:00.000Z', type: 'consume', keyName: 'alice', model: 'gpt', amount: 0.5 },
  requestId,
});
const rows = (ids: readonly string[], progress: LogsProgress = {}): LogsPageMessage => ({
  type: 'rows',
  rows: ids.map(rowOf),
  unit,
  ...progress,
});
const show = (form: LogForm = EMPTY_LOG_FORM, keyId = 'team', label = 'Team'): LogsPageMessage => ({
  ...{ type: 'show', keyId, label, form, rows: [] },
  keys: [
    { id: 'team', label: 'Team' },
    { id: 'other', label: 'Other' },
  ],
});
/** More than fill the screen. */
const MANY = Array.from({ length: 100 }, (_, at) => `r${at}`);

export function testLogsPage(open: (saved?: object) => Promise<PanelPage<LogsPageMessage>>): void {
  describe('the logs page', () => {
    let panel: PanelPage<LogsPageMessage>;
    beforeEach(async () => {
      panel = await open();
    });
    afterEach(() => panel.close());

    const ids = () => panel.texts('tbody tr td:last-child .name');
    const model = () => panel.page.getByRole('textbox', { name: 'Model', exact: true });
    const notes = () => panel.texts('.coverage');
    const mores = async () => (await panel.sent()).filter(({ type }) => type === 'more').length;

    it('adds rows below those before them, and takes them away with the first word of another search', async () => {
      await panel.post(show());
      await panel.post(rows(['a', 'b'], { total: 3 }));
      assert.deepEqual(
        [await ids(), await notes()],
        [
          ['a', 'b'],
          ['2 of 3 rows', ''],
        ],
      );
      await panel.post(rows(['c'], { total: 3, end: 'whole' }));
      assert.deepEqual(
        [await ids(), await notes()],
        [
          ['a', 'b', 'c'],
          ['3 of 3 rows', 'These are all rows.'],
        ],
      );
      await panel.post(show(BY_MODEL));
      assert.deepEqual([await ids(), await notes()], [[], ['', '']]);
      await panel.post(rows([], { total: 0, end: 'whole' }));
      assert.deepEqual(await notes(), ['0 rows', 'The gateway has no rows for this filter.']);
      await panel.post(show());
      await panel.post(rows([], { end: 'whole' }));
      assert.equal((await notes())[1], 'The gateway has no rows in this request log.');
    });

    it('copies the request id of the row whose button is pressed', async () => {
      await panel.post(show());
      await panel.post(rows(['a', 'b']));
      await panel.post(rows(['c']));
      await panel.page.getByRole('button', { name: 'Copy request ID c' }).click();
      assert.deepEqual(
        (await panel.sent()).filter(({ type }) => type === 'copy'),
        [{ type: 'copy', row: 2 }],
      );
    });

    it('asks for more while the rows do not fill the screen, once for each answer', async () => {
      await panel.post(show());
      assert.equal(await mores(), 0, 'the first rows come by themselves');
      await panel.post({ type: 'busy' });
      await panel.post(rows(['a']));
      await panel.post({ type: 'idle' });
      assert.equal(await mores(), 1);
      await panel.painted();
      await panel.post({ type: 'busy' });
      await panel.post(rows(MANY));
      await panel.post({ type: 'idle' });
      await panel.painted();
      assert.equal(await mores(), 1, 'the end is out of sight');
      await panel.page.locator('.more').scrollIntoViewIfNeeded();
      await panel.painted();
      assert.equal(await mores(), 2);
      await panel.post({ type: 'busy' });
      await panel.post(rows(['z'], { end: 'whole' }));
      await panel.post({ type: 'idle' });
      assert.equal(await mores(), 2, 'there are no more');
    });

    it('says what went wrong until the next question, and does not ask again by itself', async () => {
      await panel.post(show());
      await panel.post({ type: 'busy' });
      await panel.post(rows(['a']));
      await panel.post({ type: 'problem', message: '“Team” does not answer.' });
      await panel.post({ type: 'idle' });
      await panel.painted();
      const alert = panel.page.getByRole('alert').first();
      assert.deepEqual([await alert.innerText(), await mores()], ['“Team” does not answer.', 0]);
      assert.deepEqual(await ids(), ['a']);
      await panel.button('Show more rows').click();
      assert.equal(await mores(), 1);
      await panel.post({ type: 'busy' });
      assert.equal(await alert.innerText(), '');
    });

    it('shows how far all rows are read for a file, and offers that when it is done and there are any', async () => {
      await panel.post(show());
      const isUsable = () => panel.button('Save All as CSV').isEnabled();
      assert.equal(await isUsable(), false);
      await panel.post(rows(['a'], { end: 'whole' }));
      assert.equal(await isUsable(), true);
      await panel.post({ type: 'busy', done: 200, total: 1500 });
      assert.match(await panel.text('.busy'), /200 of 1,500 rows/);
      assert.equal(await isUsable(), false);
      await panel.post({ type: 'idle' });
      assert.deepEqual([await isUsable(), await panel.page.locator('.busy').isVisible()], [true, false]);
    });

    it('searches for what is typed, and keeps what is typed since then', async () => {
      await panel.post(show());
      await panel.post(rows(['a'], { end: 'whole' }));
      await model().fill('gpt');
      await panel.button('Search').click();
      assert.deepEqual((await panel.sent()).at(-1), { type: 'search', form: BY_MODEL });
      await model().fill('gpt-4');
      await panel.post(show(BY_MODEL));
      assert.equal(await model().inputValue(), 'gpt-4', 'the answer to the search before');
      await panel.post(show());
      assert.equal(await model().inputValue(), '', 'another search, as of another key');
    });

    it('shows the log of the key that is chosen', async () => {
      await panel.post(show());
      await panel.page.getByRole('combobox', { name: 'Log of' }).click();
      await panel.page.getByRole('option', { name: 'Other', exact: true }).click();
      assert.deepEqual((await panel.sent()).at(-1), { type: 'chooseKey', keyId: 'other' });
      await panel.post(show(EMPTY_LOG_FORM, 'other', 'Other'));
      assert.equal(await panel.text('h1'), 'Request log: Other');
      const saved = await panel.saved<SavedLogsPanel>(({ keyId }) => keyId === 'other');
      assert.deepEqual(saved.form, EMPTY_LOG_FORM);
    });

    it('goes on where it was before a reload, with what was typed, for the same key alone', async () => {
      const saved = { keyId: 'team', form: BY_MODEL, typed: { ...BY_MODEL, group: 'vip' }, scrollTop: 120 };
      const again = await open(saved);
      await again.post({ ...show(BY_MODEL), rows: MANY.map(rowOf), unit } as LogsPageMessage);
      const group = again.page.getByRole('textbox', { name: 'Group', exact: true });
      assert.equal(await group.inputValue(), 'vip');
      const top = await again.page.evaluate(() => window.scrollY);
      // The browser keeps the rows where they are while what is above them gets its height.
      assert.ok(Math.abs(top - 120) < 20, `${top}`);
      const kept = await again.saved<SavedLogsPanel>(({ keyId }) => keyId === 'team');
      assert.deepEqual([kept.form, kept.typed], [BY_MODEL, saved.typed]);
      await again.close();
      const another = await open({ ...saved, keyId: 'gone' });
      await another.post({ ...show(), rows: MANY.map(rowOf), unit } as LogsPageMessage);
      assert.equal(await another.page.getByRole('textbox', { name: 'Group', exact: true }).inputValue(), '');
      assert.equal(await another.page.evaluate(() => window.scrollY), 0);
      await another.close();
    });

    it('opens with nothing of a saved state that is none', async () => {
      for (const saved of [
        { keyId: 7, form: BY_MODEL, scrollTop: 120 },
        { keyId: 'team', form: { model: 'gpt' }, scrollTop: 120 },
        { keyId: 'team', form: BY_MODEL, typed: 'x', scrollTop: 'far' },
      ]) {
        const again = await open(saved);
        await again.post({ ...show(), rows: MANY.map(rowOf), unit } as LogsPageMessage);
        assert.deepEqual(await again.page.evaluate(() => window.scrollY), 0);
        assert.equal(await again.page.locator('tbody tr').count(), MANY.length);
        await again.close();
      }
    });
  });
}
