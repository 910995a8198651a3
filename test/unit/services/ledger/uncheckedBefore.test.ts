import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { LedgerTable } from '../../../../src/core/ports/ledgerTable.ts';
import { flawOf } from '../../../../src/core/usage/headline.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { withUnchecked } from '../../../../src/services/ledger/uncheckedBefore.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { coverageText } from '../../../../src/text/coverage.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const DOLLAR = 500_000;

/** It is noon of 15 June 2026, when the keys are added. */
describe('a log that was never held against the counter of a key', () => {
  useTimeZone('UTC');
  let setup: TestSetup;
  let id: string;

  afterEach(() => setup.close());

  const wait = (ms: number) => advanceWindows(ms, setup.clock, setup.testWindow);

  async function ask(from: number, to: number): Promise<UsageReport> {
    return queryUsage(setup.testWindow, setup.testWindow.keyService.findById(id) ?? assert.fail(), {
      from,
      to,
    });
  }

  /** A key with as many rows of a dollar in its log, one an hour, the newest at 11; and what it has used without rows. */
  async function openKey(rows: number, beside = 0): Promise<void> {
    setup = await TestSetup.open({
      scenarios: { k: { holds: { remain: 9000 * DOLLAR, used: beside * DOLLAR } } },
    });
    for (let n = rows; n > 0; n--) setup.gateway.spend('k', { quota: DOLLAR, at: (NOW - n * HOUR) / 1000 });
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.addKey(setup.gateway, 'k');
    await wait(3 * MINUTE);
  }

  it('is said of a range of before it was added, where the gateway has no older rows: of 1,000 it sends no more', async () => {
    await openKey(1100);
    const report = await ask(NOW - 2 * DAY, NOW + 3 * MINUTE);
    // A row an hour, those of both ends among them.
    assert.deepEqual([report.total?.used, report.coverage.complete], [48, true]);
    assert.equal(report.coverage.uncheckedBefore?.slice(0, 16), '2026-06-15T12:00');
    assert.equal(
      coverageText(report),
      'They cover the whole range. Before Jun 15, 2026 the log could not be compared with the gateway’s own counter.',
    );
    // The gateway’s own record is its word: the headline stays whole.
    assert.equal(flawOf([report]), undefined);
  });

  it('is not said of a range of since', async () => {
    await openKey(1100);
    assert.equal((await ask(NOW + MINUTE, NOW + 3 * MINUTE)).coverage.uncheckedBefore, undefined);
  });

  it('is not said of figures that are not the log’s, nor of none', async () => {
    await openKey(1100);
    const range = { from: NOW - 2 * DAY, to: NOW };
    const { unit, coverage, total } = await ask(range.from, range.to);
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    const { logTries, ledger, history, states } = setup.testWindow.store;
    const check = (
      usage: Pick<Usage, 'source' | 'total'>,
      table: Pick<LedgerTable, 'coverageOf'> = ledger,
    ) => {
      const store = { logTries, ledger: table, history, states } as unknown as Parameters<
        typeof withUnchecked
      >[0];
      const told = { unit, coverage: { complete: coverage.complete }, ...usage };
      return withUnchecked(store, key, told, range).coverage.uncheckedBefore !== undefined;
    };
    // A gateway that sums up days does not follow its log for them.
    const ofSums = { coverageOf: () => [{ from: 0, to: NOW, source: 'dailySums' as const }] };
    assert.equal(check({ source: 'gateway', total }, ofSums), false);
    assert.equal(check({ source: 'logs', total }), true);
    assert.equal(check({ source: 'recorded', total }), false);
    assert.equal(check({ source: 'logs' }), false);
  });

  it('is not said where rows come to what the key had used', async () => {
    await openKey(48);
    const report = await ask(NOW - 3 * DAY, NOW + 3 * MINUTE);
    assert.deepEqual([report.total?.used, report.coverage.complete], [48, true]);
    assert.equal(report.coverage.uncheckedBefore, undefined);
  });

  it('is not said where rows are known to be missing, which says more', async () => {
    await openKey(48, 4);
    const { coverage } = await ask(NOW - 3 * DAY, NOW + 3 * MINUTE);
    assert.deepEqual([coverage.reason, coverage.uncheckedBefore], ['unlogged', undefined]);
  });

  it('is said where a counter shows less than the rows: it was put back', async () => {
    await openKey(48, -40);
    const { coverage } = await ask(NOW - DAY, NOW + 3 * MINUTE);
    assert.deepEqual([coverage.complete, coverage.uncheckedBefore?.slice(0, 13)], [true, '2026-06-15T12']);
  });

  /** An account with a dollar an hour for ten hours, and what it has used beside without rows. */
  async function openAccount(beside: number): Promise<void> {
    setup = await TestSetup.open({
      accounts: [{ name: 'team', used: beside * DOLLAR, keys: { a: { holds: { used: 0 } } } }],
    });
    for (let n = 10; n > 0; n--) setup.gateway.spend('a', { quota: DOLLAR, at: (NOW - n * HOUR) / 1000 });
    await setup.testWindow.monitor.start();
    id = await setup.testWindow.keyService.add(setup.account('team'));
    await wait(3 * MINUTE);
  }

  it('is said of an account that has used more than its log tells', async () => {
    await openAccount(4);
    // The figures of a range that begins before the first row would be incomplete anyway.
    const { total, coverage } = await ask(NOW - 5 * HOUR, NOW);
    assert.deepEqual(
      [total?.used, coverage.complete, coverage.uncheckedBefore?.slice(0, 13)],
      [5, true, '2026-06-15T12'],
    );
  });

  it('is not said of an account whose log comes to what it has used', async () => {
    await openAccount(0);
    const { total, coverage } = await ask(NOW - DAY, NOW);
    assert.deepEqual([total?.used, coverage.complete, coverage.uncheckedBefore], [10, true, undefined]);
  });
});
