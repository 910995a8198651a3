import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { LedgerFill } from '../../../../src/services/ledger/ledgerFill.ts';
import { SpendTotals } from '../../../../src/services/ledger/spendTotals.ts';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const DOLLAR = 500_000;

describe('a log that lacks what the key’s counter shows', () => {
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

  /** $1 at noon of each of the three days before, in the log; what is read of it in the background is in the ledger. */
  async function open(options: GatewayOptions, add: () => Promise<string>, handle: string): Promise<void> {
    setup = await TestSetup.open(
      { limits: 'real', ...options },
      { focused: false, settings: { pollMs: 5 * MINUTE } },
    );
    for (const days of [3, 2, 1])
      setup.gateway.spend(handle, { quota: DOLLAR, at: (NOW - days * DAY) / 1000 });
    id = await add();
    await setup.testWindow.monitor.start();
    const totals = new SpendTotals(setup.testWindow.parts);
    running.push(totals);
    running.push(new LedgerFill({ ...setup.testWindow.parts, onTakenIn: keyId => totals.refreshKey(keyId) }));
    await advance(20 * MINUTE);
  }
  const openKey = () =>
    open(
      { scenarios: { k: { holds: { remain: 1000 * DOLLAR, used: 0 } } } },
      () => setup.testWindow.addKey(setup.gateway, 'k'),
      'k',
    );
  const openAccount = () =>
    open(
      { accounts: [{ name: 'team', quota: 1000 * DOLLAR, used: 0, keys: { k: {} } }] },
      () => setup.testWindow.keyService.add(setup.account('team')),
      'k',
    );

  /** Spends a dollar every half hour, with a row of it in the log or without. */
  async function spend(times: number, isLogged: boolean): Promise<void> {
    for (let n = 0; n < times; n++) {
      setup.gateway.spend('k', { quota: DOLLAR });
      if (!isLogged) setup.gateway.holdings.log.drop(1);
      await advance(30 * MINUTE);
    }
  }
  const days = () => setup.testWindow.keyState(id).spend?.days.slice(-4);
  const isKnown = (from: number, to: number) => {
    const spans = setup.testWindow.store.ledger.coverageOf(id);
    return spans.some(span => span.from <= from && span.to >= to);
  };

  for (const [of, begin] of [
    ['a key', openKey],
    ['an account', openAccount],
  ] as const) {
    it(`does not cover the time: that of ${of} was switched off for a day, and on again`, async () => {
      await begin();
      // From 12:20 to 18:20 of the next day, then on for a day: 24 before midnight, then 36 and 12, then 36.
      await spend(60, false);
      assert.deepEqual(days(), [1, 1, 24, 36]);
      await spend(48, true);
      assert.deepEqual(days(), [1, 24, 48, 36]);
      assert.ok(isKnown(NOW - 3 * DAY, NOW), 'before');
      assert.ok(!isKnown(NOW + 12 * HOUR, NOW + 12 * HOUR + 30 * MINUTE), 'while it was off');
    }).timeout(120_000);
  }

  it('covers what came after it was switched on again', async () => {
    await openKey();
    await spend(20, false);
    await spend(48, true);
    assert.ok(isKnown(NOW + 12 * HOUR, NOW + 24 * HOUR));
  }).timeout(120_000);

  it('covers a time in which a request was reserved and given back', async () => {
    await openKey();
    await advance(HOUR);
    const key = setup.gateway.key('k');
    key.used += DOLLAR;
    await advance(10 * MINUTE);
    key.used -= DOLLAR;
    await advance(HOUR);
    await spend(46, true);
    assert.ok(isKnown(NOW, NOW + 20 * HOUR));
  }).timeout(120_000);
});
