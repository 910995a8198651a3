import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { dayOf } from '../../../../src/core/ledger/localDays.ts';
import type { KeySpend } from '../../../../src/core/quota/keyState.ts';
import { unitId } from '../../../../src/core/quota/unit.ts';
import type { SpendingPeriod } from '../../../../src/core/spendingLimits/period.ts';
import type { SpendingLimit } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import { SECOND_MS as SECOND } from '../../../../src/core/time.ts';
import { SpendingLimitService } from '../../../../src/services/spendingLimits/spendingLimitService.ts';
import { SpendingLimitWatch } from '../../../../src/services/spendingLimits/spendingLimitWatch.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

/** The sample gateway's clock stands at noon of Monday, 15 June 2026. */
describe('the spending limits of keys, beside their figures', () => {
  useTimeZone('UTC');
  let setup: TestSetup;
  let service: SpendingLimitService;
  let watch: SpendingLimitWatch;
  let changes: number;
  let id: string;

  const advance = (ms: number) => setup.clock.advance(ms, () => setup.testWindow.monitor.idle());
  const limitsOfKey = () => setup.testWindow.keyState(id).spendingLimits;
  const limit = (
    period: SpendingPeriod,
    amount: number,
    more: Partial<SpendingLimit> = {},
  ): SpendingLimit => ({
    scope: { of: 'key', keyId: id },
    period,
    amount,
    unit: { code: 'USD' },
    ...more,
  });
  const spend = (today: number): KeySpend => ({
    ...{ today, week: 20, calendarWeek: 20, month: 30, since: '2026-06-01T00:00:00.000Z', complete: true },
    days: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 17, today],
  });
  const setSpend = (today: number) =>
    setup.testWindow.monitor.setSpend(
      new Map([
        [
          id,
          {
            unitId: unitId({ code: 'USD' }),
            day: dayOf(setup.clock.now()),
            monthBegins: setup.testWindow.settings.monthBegins,
            spend: spend(today),
          },
        ],
      ]),
    );

  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { ok: {} } }, { focused: false });
    const { testWindow, gateway } = setup;
    id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.start();
    await testWindow.refreshKey(id);
    service = new SpendingLimitService(testWindow.store);
    changes = 0;
    watch = new SpendingLimitWatch({
      ...testWindow.parts,
      monitor: testWindow.monitor,
      limitService: service,
      onDidChange: () => {
        changes += 1;
      },
    });
  });

  afterEach(async () => {
    watch.dispose();
    await setup.close();
  });

  it('tell how much of each is spent, the shortest period first', async () => {
    await service.setLimit(limit('month', 100));
    await service.setLimit(limit('day', 5));
    setSpend(3.2);
    await advance(SECOND);
    const unit = { code: 'USD' as const };
    assert.deepEqual(limitsOfKey(), [
      { period: 'day', limit: 5, unit, spent: 3.2, resetsAt: '2026-06-16T00:00:00.000Z', complete: true },
      { period: 'month', limit: 100, unit, spent: 30, resetsAt: '2026-07-01T00:00:00.000Z', complete: true },
    ]);
  });

  it('are not known, and not 0, while nothing is known of the spend', async () => {
    await service.setLimit(limit('day', 5));
    await advance(SECOND);
    assert.deepEqual(
      limitsOfKey()?.map(each => ['spent' in each, each.complete]),
      [[false, false]],
    );
  });

  it('are not known in another unit than that of the spend', async () => {
    await service.setLimit(limit('day', 5, { unit: { code: 'CNY' } }));
    setSpend(3.2);
    await advance(SECOND);
    const [only] = limitsOfKey() ?? [];
    assert.deepEqual([only?.unit.code, only?.spent], ['CNY', undefined]);
  });

  it('are not known of a new day until its spend is', async () => {
    await service.setLimit(limit('day', 5));
    setSpend(5);
    await advance(12 * HOUR - SECOND);
    assert.equal(limitsOfKey()?.[0]?.spent, 5);
    await advance(2 * SECOND);
    const [only] = limitsOfKey() ?? [];
    assert.deepEqual([only?.spent, only?.resetsAt], [undefined, '2026-06-17T00:00:00.000Z']);
  });

  it('say when a new day begins as soon as it does, though nothing is known of the spend', async () => {
    await service.setLimit(limit('day', 5));
    await advance(12 * HOUR - SECOND);
    assert.equal(limitsOfKey()?.[0]?.resetsAt, '2026-06-16T00:00:00.000Z');
    await advance(2 * SECOND);
    assert.equal(limitsOfKey()?.[0]?.resetsAt, '2026-06-17T00:00:00.000Z');
  });

  it('follow what another window sets and removes', async () => {
    await advance(SECOND);
    const store = new SqliteStore(setup.testWindow.folder, setup.clock.now());
    const other = new SpendingLimitService(store);
    await other.setLimit(limit('week', 40));
    // Nobody is at the window.
    await advance(MINUTE);
    assert.deepEqual([limitsOfKey()?.[0]?.limit, changes], [40, 1]);
    await other.removeLimit(limit('week', 40));
    await advance(MINUTE);
    assert.deepEqual([limitsOfKey(), changes], [undefined, 2]);
    await other.setLimit(limit('week', 50));
    setup.testWindow.gainFocus();
    await advance(SECOND);
    assert.deepEqual([limitsOfKey()?.[0]?.limit, changes], [50, 3]);
    await other.setLimit(limit('week', 60));
    await advance(20 * SECOND);
    assert.deepEqual([limitsOfKey()?.[0]?.limit, changes], [60, 4]);
    store.close();
  });

  it('change nothing on the screen where they have not changed', async () => {
    await service.setLimit(limit('day', 5));
    await advance(SECOND);
    const before = setup.testWindow.monitor.snapshot;
    await service.setLimit(limit('day', 5));
    await advance(SECOND);
    assert.deepEqual([setup.testWindow.monitor.snapshot === before, changes], [true, 1]);
  });

  it('of all keys of a currency stand with no key', async () => {
    const ofAll = limit('day', 5, { scope: { of: 'currency' } });
    await service.setLimit(ofAll);
    await advance(SECOND);
    assert.deepEqual([limitsOfKey(), watch.ofCurrencies], [undefined, [ofAll]]);
  });

  it('stay as they are while the database cannot be read, which is logged', async () => {
    await service.setLimit(limit('day', 5));
    await advance(SECOND);
    const { spendingLimits } = setup.testWindow.store;
    let reads = 0;
    const { allLimits } = spendingLimits;
    spendingLimits.allLimits = () => {
      reads += 1;
      throw new Error('busy');
    };
    await advance(MINUTE);
    assert.deepEqual([reads, limitsOfKey()?.length], [1, 1]);
    assert.match(setup.testWindow.logLines.join(), /Spending limits could not be read: Error: busy/);
    spendingLimits.allLimits = () => [];
    await advance(MINUTE);
    assert.equal(limitsOfKey(), undefined);
    spendingLimits.allLimits = allLimits;
  });

  it('are not read any more once the window closes', async () => {
    watch.dispose();
    await service.setLimit(limit('day', 5));
    setup.testWindow.gainFocus();
    await advance(MINUTE);
    assert.deepEqual([limitsOfKey(), changes], [undefined, 0]);
  });

  it('are gone with their key', async () => {
    await service.setLimit(limit('day', 5));
    const record = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.remove(record);
    assert.deepEqual(service.limits, []);
  });
});
