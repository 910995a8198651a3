import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Settings } from '../../../../src/core/ports/settings.ts';
import { WARNING_KINDS } from '../../../../src/core/warnings/warning.ts';
import { recordedUsage } from '../../../../src/services/usage/recordedUsage.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { WarningRecorder } from '../../support/warningRecorder.ts';
import { RULES } from '../../support/warnings.ts';

const DAYS = 8;
/** 20 dollars at 500,000 a dollar. */
const GRANTED = 10_000_000;

type Override = Settings['gateways'] extends ReadonlyMap<string, infer One> ? One : never;

describe('figures that change though nothing was spent', () => {
  let setup: TestSetup;
  let listener: WarningRecorder;
  let id: string;
  let began: number;

  async function watch(options: GatewayOptions): Promise<void> {
    setup = await TestSetup.open(
      { scenarios: { ok: {}, other: {} }, ...options },
      { settings: { pollMs: DAY } },
    );
    listener = new WarningRecorder(setup.testWindow, setup.clock);
    listener.rules = { ...RULES, kinds: new Set(WARNING_KINDS) };
    Object.assign(setup.gateway.key('ok'), { remain: GRANTED, used: 0 });
    id = await setup.testWindow.keyService.add(setup.key('ok'));
    await setup.testWindow.monitor.start();
    began = setup.clock.now();
    // 8 days of 0.40 dollars, a dime each six hours.
    for (let part = 0; part < DAYS * 4; part++) {
      await look();
      setup.gateway.spend('ok', { quota: 50_000 });
      setup.clock.jump(6 * HOUR);
    }
    await look();
    await wait(MINUTE);
    listener.shown.splice(0);
  }

  afterEach(async () => {
    listener.close();
    await setup.close();
  });

  const wait = (ms: number) => advanceWindows(ms, setup.clock, setup.testWindow);
  const look = () => setup.testWindow.refreshKey(id);

  /** What all that was recorded comes to, by unit. */
  const spent = () => {
    const sums = new Map<string, number>();
    for (const { unit, spent } of setup.testWindow.store.history.historyRows(id, 0, Number.MAX_SAFE_INTEGER))
      if (spent > 0) sums.set(unit.code, Number(((sums.get(unit.code) ?? 0) + spent).toFixed(6)));
    return Object.fromEntries(sums);
  };

  /** Looks again and again for an hour, and tells what was warned about. */
  async function lookOn(): Promise<string[]> {
    for (let times = 0; times < 6; times++) {
      await look();
      setup.clock.jump(10 * MINUTE);
      await wait(20_000);
    }
    return listener.takeNewWarnings();
  }

  const read = (override: Override) => {
    setup.testWindow.settings = {
      ...setup.testWindow.settings,
      gateways: new Map([[setup.gateway.origin, override]]),
    };
  };

  const CHANGES: readonly [
    what: string,
    options: GatewayOptions,
    change: () => unknown,
    before: Readonly<Record<string, number>>,
  ][] = [
    ['the scale, by setting', {}, () => read({ unitsPerDollar: 250_000 }), { USD: 3.2 }],
    ['the scale, by setting, to a tenth', {}, () => read({ unitsPerDollar: 5_000_000 }), { USD: 3.2 }],
    ['the unit, by setting', {}, () => read({ unit: 'units' }), { USD: 3.2 }],
    [
      'the site’s scale',
      {},
      async () => {
        setup.gateway.status.quota_per_unit = 250_000;
        setup.clock.jump(DAY);
      },
      { USD: 3.2 },
    ],
    [
      'the site’s rate, from 7.3 to 1',
      { status: { quota_display_type: 'CNY', usd_exchange_rate: 7.3 } },
      async () => {
        setup.gateway.status.usd_exchange_rate = 1;
        setup.clock.jump(DAY);
      },
      // 32 × 50,000 units at 7.3 yuan for 500,000.
      { CNY: 23.36 },
    ],
    [
      'the symbol of the site’s own currency',
      {
        status: {
          quota_display_type: 'CUSTOM',
          custom_currency_symbol: '₽',
          custom_currency_exchange_rate: 90,
        },
      },
      async () => {
        setup.gateway.status.custom_currency_symbol = 'cr';
        setup.gateway.status.custom_currency_exchange_rate = 900;
        setup.clock.jump(DAY);
      },
      { CUSTOM: 288 },
    ],
    [
      'the scale of a site that shows amounts, at once',
      { kind: 'aioHub' },
      () => {
        setup.gateway.status.quota_per_unit = 250_000;
      },
      { USD: 3.2 },
    ],
    [
      'the scale of a site with billing alone, at once',
      { kind: 'oneApi' },
      () => {
        setup.gateway.status.quota_per_unit = 250_000;
      },
      { USD: 3.2 },
    ],
  ];
  for (const [what, options, change, before] of CHANGES) {
    it(`${what}: nothing is recorded, warned about or foreseen from it`, async () => {
      await watch(options);
      assert.deepEqual(spent(), before, 'before');
      await change();
      assert.deepEqual(await lookOn(), []);
      assert.deepEqual(spent(), { ...before });
      assert.equal(
        setup.testWindow.keyState(id).forecast?.perDay,
        undefined,
        'too little is known of the new series',
      );
      // What is spent from here on is.
      setup.gateway.spend('ok', { quota: 50_000 });
      await look();
      const sums = Object.values(spent()).reduce((sum, each) => sum + each, 0);
      assert.ok(sums > Object.values(before).reduce((sum, each) => sum + each, 0));
    });
  }

  it('a secret replaced by one that has spent $80: none of them', async () => {
    await watch({});
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    Object.assign(setup.gateway.key('other'), { remain: 60_000_000, used: 40_000_000 });
    await setup.testWindow.keyService.replaceSecret(key, setup.gateway.secret('other'));
    assert.deepEqual(await lookOn(), []);
    assert.deepEqual(spent(), { USD: 3.2 });
  });

  it('and back again: the time under the other scale is neither', async () => {
    await watch({});
    read({ unitsPerDollar: 250_000 });
    await lookOn();
    read({});
    assert.deepEqual(await lookOn(), []);
    assert.deepEqual(spent(), { USD: 3.2 });
  });

  it('a range over the change says so, and each part is in its own scale', async () => {
    await watch({});
    read({ unitsPerDollar: 250_000 });
    await look();
    setup.gateway.spend('ok', { quota: 50_000 });
    setup.clock.jump(HOUR);
    await look();
    const unit = { code: 'USD', source: 'gateway' } as const;
    const usage = recordedUsage(setup.testWindow.store, id, unit, { from: began, to: setup.clock.now() });
    // 32 dimes, and 50,000 units at 250,000 a dollar.
    assert.equal(usage?.total?.used, 3.4);
    assert.deepEqual([usage?.coverage.complete, usage?.coverage.reason], [false, 'recorded-anew']);
  });

  it('what was spent in another unit stands beside it in that unit', async () => {
    await watch({});
    read({ unit: 'units' });
    await look();
    setup.gateway.spend('ok', { quota: 50_000 });
    setup.clock.jump(HOUR);
    await look();
    setup.gateway.setScenario('ok', 'db-500');
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    const report = await queryUsage(setup.testWindow, key, { from: began, to: setup.clock.now() });
    assert.deepEqual([report.unit.code, report.total?.used], ['UNITS', 50_000]);
    assert.deepEqual(
      report.others?.map(({ unit, total, difference }) => [unit.code, total?.used, difference]),
      [['USD', 3.2, undefined]],
    );
  });
});
