import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { LedgerFill } from '../../../../src/services/ledger/ledgerFill.ts';
import { SpendTotals } from '../../../../src/services/ledger/spendTotals.ts';
import { noteUnlogged } from '../../../../src/services/ledger/unloggedBefore.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { coverageText } from '../../../../src/text/coverage.ts';
import { spendText } from '../../../../src/text/spendSum.ts';
import { answer, row } from '../../support/ledgerSetup.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const DOLLAR = 500_000;
const LOG = '/api/log/token';

/** It is noon of 15 June 2026. */
describe('a log that was switched off for some time before its key was added, and on again', () => {
  useTimeZone('UTC');
  let setup: TestSetup;
  let id: string;
  const running: { dispose(): void; idle?(): Promise<void> }[] = [];

  afterEach(async () => {
    for (const each of running.splice(0)) each.dispose();
    await setup.close();
  });

  const advance = (ms: number) =>
    setup.clock.advance(ms, async () => {
      await setup.testWindow.monitor.idle();
      for (const each of running) await each.idle?.();
      await turn();
    });
  const key = () => setup.gateway.key('k');

  /**
   * Of a key with $3 on 12 June, $2 on 14 June and $1 at ten today in its log. What it used beside, without rows, is `beside`
   * in dollars: on 13 June, or for a request that is under way. The newest `deleted` rows are deleted.
   */
  async function open(beside: number, deleted = 0): Promise<void> {
    setup = await TestSetup.open(
      { limits: 'real', scenarios: { k: { holds: { remain: 1000 * DOLLAR, used: 0 } } } },
      { settings: { pollMs: 5 * MINUTE } },
    );
    for (const [dollars, hoursAgo] of [
      [3, 72],
      [2, 24],
      [1, 2],
    ] as const)
      setup.gateway.spend('k', { quota: dollars * DOLLAR, at: (NOW - hoursAgo * HOUR) / 1000 });
    key().used += beside * DOLLAR;
    setup.gateway.holdings.log.drop(deleted);
    id = await setup.testWindow.addKey(setup.gateway, 'k');
    await setup.testWindow.monitor.start();
    const totals = new SpendTotals(setup.testWindow.parts);
    const onTakenIn = (keyId: string) => totals.refreshKey(keyId);
    running.push(totals, new LedgerFill({ ...setup.testWindow.parts, onTakenIn }));
    await advance(3 * MINUTE);
  }

  const sums = () => {
    const { spend } = setup.testWindow.keyState(id);
    return [spend?.today, spend?.week, spend?.complete, spend?.since.slice(0, 16)];
  };
  const line = () => {
    const { spend, reading } = setup.testWindow.keyState(id);
    return spend && reading && spendText(spend, reading.unit, setup.clock.now());
  };
  const ask = (from: number, to: number) => {
    const record = setup.testWindow.keyService.findById(id) ?? assert.fail();
    return queryUsage(setup.testWindow, record, { from, to });
  };
  const readLogs = () => setup.gateway.callsOf({ path: LOG }).length;

  it('is told as “at least” in what went today, in seven days and this month', async () => {
    await open(4);
    // 3 + 2 + 1 in the log, of 10 that were used.
    assert.deepEqual(sums(), [1, 6, false, '2026-06-15T12:00']);
    assert.equal(line(), 'today ≥ $1.00 · 7 days ≥ $6.00 · this month ≥ $6.00');
  });

  it('makes each range of before incomplete, says why, and none of since', async () => {
    await open(4);
    key().used += DOLLAR;
    setup.gateway.spend('k', { quota: 0 });
    const over = await ask(NOW - 4 * DAY, NOW + 2 * MINUTE);
    assert.deepEqual(
      [over.total?.used, over.coverage.complete, over.coverage.reason],
      [6, false, 'unlogged'],
    );
    assert.equal(
      coverageText(over),
      'They cover only a part of the range. The key has used more than the rows of its request log add up to, so some of it is missing.',
    );
    // From the ledger alone, by whole days.
    const yesterday = await ask(Date.UTC(2026, 5, 14), Date.UTC(2026, 5, 15) - 1);
    assert.deepEqual(
      [yesterday.total?.used, yesterday.coverage.complete, yesterday.coverage.reason],
      [2, false, 'unlogged'],
    );
    const since = await ask(NOW + MINUTE, NOW + 2 * MINUTE);
    assert.deepEqual([since.total?.used, since.coverage.complete], [0, true]);
  });

  it('stays so while the key is used and its log is whole since, and is complete from when it was added on', async () => {
    await open(4);
    for (let n = 0; n < 15; n++) {
      setup.gateway.spend('k', { quota: DOLLAR });
      await advance(HOUR);
      assert.equal(setup.testWindow.keyState(id).spend?.since.slice(0, 13), '2026-06-15T12', `hour ${n}`);
    }
    // Twelve of the fifteen were spent before midnight, the first of them before five past twelve.
    const since = await ask(NOW + 5 * MINUTE, NOW + 15 * HOUR);
    assert.deepEqual([since.total?.used, since.coverage.complete], [14, true]);
    assert.equal(setup.testWindow.keyState(id).spend?.today, 3);
  }).timeout(120_000);

  it('is one whole log where rows come to what the key has used, also when an operator deletes some later', async () => {
    await open(0);
    assert.deepEqual(sums(), [1, 6, true, '2026-06-01T00:00']);
    setup.gateway.holdings.log.drop(3);
    for (let n = 0; n < 26; n++) {
      setup.gateway.spend('k', { quota: DOLLAR });
      await advance(HOUR);
    }
    assert.ok(readLogs() > 1);
    // Eleven of the 26 were spent before midnight, with the one of ten o’clock.
    assert.deepEqual(sums().slice(1), [32, true, '2026-06-01T00:00']);
    assert.equal((await ask(NOW - 4 * DAY, NOW)).coverage.complete, true);
  }).timeout(120_000);

  it('cannot be told from one of which an operator has deleted rows before the key was added', async () => {
    await open(0, 1);
    // 3 + 2 of 6.
    assert.deepEqual(sums(), [0, 5, false, '2026-06-15T12:00']);
  });

  it('is not judged again where the ledger has had it from its beginning', async () => {
    await open(4);
    const { store } = setup.testWindow;
    const saved: number[] = [];
    const judge = (unloggedUntil: number | undefined, from: number, isWholeLog = true) => {
      saved.length = 0;
      const logTries = {
        ...{ takenSince: () => 0, formerSecrets: () => [], unloggedUntil: () => unloggedUntil },
        saveUnloggedUntil: (_id: string, until: number) => saved.push(until),
      };
      const ledger = { coverageOf: () => [{ source: 'keyLog', from, to: NOW }] };
      const { states, history } = store;
      const parts = { logTries, ledger, states, history } as unknown as Parameters<typeof noteUnlogged>[0];
      noteUnlogged(parts, id, { ...answer(0, 10, [row(0, DOLLAR)]), isWholeLog });
      return [...saved];
    };
    assert.deepEqual(judge(undefined, 0), [0], 'as of an earlier version');
    assert.deepEqual(judge(undefined, NOW - DAY), [NOW + 1000], 'when it was first read');
    assert.deepEqual(judge(0, NOW - DAY), []);
    assert.deepEqual(judge(undefined, NOW - DAY, false), [-1], 'of a log that is cut off nobody can say');
    assert.deepEqual(judge(-1, NOW - DAY, false), [], 'now or later');
    assert.deepEqual(judge(NOW, NOW - DAY, false), []);
  });

  it('is whole where it only seemed to lack rows, since a request was under way: it is read once more', async () => {
    // It reserved $4, costs 2 and ends in ten minutes.
    await open(4);
    assert.equal(sums()[2], false);
    await advance(10 * MINUTE);
    key().used -= 4 * DOLLAR;
    setup.gateway.spend('k', { quota: 2 * DOLLAR });
    assert.equal(readLogs(), 1);
    await advance(HOUR + MINUTE);
    assert.equal(readLogs(), 2);
    assert.deepEqual(sums(), [3, 8, true, '2026-06-01T00:00']);
    assert.equal((await ask(NOW - 4 * DAY, NOW)).coverage.complete, true);
    // Under way again while the log is read: what was settled stays.
    key().used += 4 * DOLLAR;
    await advance(25 * HOUR);
    assert.equal(setup.testWindow.keyState(id).spend?.complete, true);
  }).timeout(120_000);

  it('is whole where a reading of before agreed, though a request is under way whenever it is read', async () => {
    await open(4);
    await advance(10 * MINUTE);
    key().used -= 4 * DOLLAR;
    setup.gateway.spend('k', { quota: 2 * DOLLAR });
    await advance(10 * MINUTE);
    key().used += 4 * DOLLAR;
    await advance(50 * MINUTE);
    assert.equal(readLogs(), 2);
    assert.equal(setup.testWindow.store.logTries.unloggedUntil(id), 0);
    assert.equal(
      setup.testWindow.keyState(id).spend?.complete,
      false,
      'the log is known from its oldest row on',
    );
    assert.equal(setup.testWindow.keyState(id).spend?.since.slice(0, 10), '2026-06-12');
  }).timeout(120_000);
});
