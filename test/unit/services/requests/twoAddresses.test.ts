import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { notesIn } from '../../../../src/services/requests/siteNotes.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

/** At 500,000 units a dollar: $9.80 left. The account has $100.00 and $6.00 used. */
const KEYS = { alice: { holds: { name: 'Alice', remain: 4_900_000, used: 100_000 } } } as const;

describe('two addresses of one server with the same key', () => {
  let setup: TestSetup;
  let other: SampleGateway;

  afterEach(async () => {
    await setup.close();
    await other.close();
  });

  it('share no note about their site, and no call', async () => {
    setup = await TestSetup.open({
      version: 'v0.12.0',
      limits: 'real',
      scenarios: 'none',
      accounts: [{ name: 'team', quota: 50_000_000, used: 3_000_000, keys: KEYS }],
    });
    const { gateway, clock, testWindow } = setup;
    // Behind the other address billing tells the account’s figures.
    other = await startSampleGateway({
      version: 'v0.12.0',
      limits: 'real',
      clock: clock.now,
      holdings: gateway.holdings,
      settings: { displayTokenStat: false },
    });
    await testWindow.monitor.start();
    const first = await testWindow.keyService.add(setup.key('alice'));
    await advanceWindows(10 * MINUTE, clock, testWindow);
    assert.equal(testWindow.keyService.duplicateOf(setup.key('alice', { baseUrl: other.origin })), undefined);
    const second = await testWindow.keyService.add(setup.key('alice', { baseUrl: other.origin }));
    await advanceWindows(20 * MINUTE, clock, testWindow);
    const modeOf = ({ origin }: SampleGateway) =>
      notesIn(testWindow.store.sites.siteOf(origin)?.site).billing?.mode;
    assert.deepEqual([modeOf(gateway), modeOf(other)], ['key', 'account']);
    for (const id of [first, second]) assert.equal(testWindow.keyState(id).reading?.quota?.remaining, 9.8);
    assert.deepEqual(
      [first, second].map(id => testWindow.keyState(id).reading?.source),
      ['billing', undefined],
    );
    gateway.spend('alice', { quota: 50_000 });
    await advanceWindows(10 * MINUTE, clock, testWindow);
    for (const id of [first, second]) {
      assert.equal(testWindow.keyState(id).reading?.quota?.remaining, 9.7);
      const rows = testWindow.store.history.historyRows(id, 0, clock.now());
      assert.equal(Math.round(rows.reduce((sum, { spent }) => sum + spent, 0) * 100), 10);
    }
  });
});
