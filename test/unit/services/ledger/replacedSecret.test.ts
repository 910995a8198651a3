import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import type { KeyDraft } from '../../../../src/services/keys/keyDraft.ts';
import { LedgerFill } from '../../../../src/services/ledger/ledgerFill.ts';
import { rangeToAsk } from '../../../../src/services/ledger/rangeToAsk.ts';
import { SpendTotals } from '../../../../src/services/ledger/spendTotals.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { coverageOrLackText } from '../../../../src/text/coverage.ts';
import { spendText } from '../../../../src/text/spendSum.ts';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import { june } from '../../gateways/fixture.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const DOLLAR = 500_000;
/** A key whose log has all that it ever spent. */
const FRESH = { holds: { remain: 200 * DOLLAR, used: 0 } };
const LOG = '/api/log/token';

/** The sample gateway's clock begins at noon of 15 June 2026. */
describe('a key whose secret was replaced', () => {
  useTimeZone('UTC');
  let setup: TestSetup;
  let totals: SpendTotals;
  let fill: LedgerFill;
  let id: string;

  afterEach(async () => {
    totals.dispose();
    fill.dispose();
    await setup.close();
  });

  const wait = (ms: number) =>
    setup.clock.advance(ms, async () => {
      await setup.testWindow.monitor.idle();
      await fill.idle();
      await turn();
    });
  const spend = (handle: string, dollars: number, at?: number) =>
    setup.gateway.spend(handle, { quota: dollars * DOLLAR, at });
  const spendOf = () => {
    const { spend } = setup.testWindow.keyState(id);
    return [spend?.today, spend?.month, spend?.complete, spend?.since.slice(0, 16)];
  };
  const lineOf = () => {
    const { spend, reading } = setup.testWindow.keyState(id);
    return spend && reading && spendText(spend, reading.unit, setup.clock.now());
  };

  async function open(
    options: GatewayOptions,
    draft: () => KeyDraft,
    spendBefore: () => void = () => undefined,
  ): Promise<void> {
    setup = await TestSetup.open(options, { settings: { pollMs: 10 * MINUTE } });
    fill = new LedgerFill({ ...setup.testWindow.parts, onTakenIn: keyId => totals.refreshKey(keyId) });
    totals = new SpendTotals(setup.testWindow.parts);
    spendBefore();
    id = await setup.testWindow.keyService.add(draft());
    await setup.testWindow.monitor.start();
    await wait(5 * MINUTE);
  }

  /** Three keys: `old` spent $3 on 3 June and $1 today, `new` $7 on 5 June, `third` $9 on the same day. */
  async function openKeys(): Promise<void> {
    await open(
      { scenarios: { old: FRESH, new: FRESH, third: FRESH } },
      () => setup.key('old'),
      () => {
        spend('old', 3, june(3));
        spend('old', 1, june(15, 11));
        spend('new', 7, june(5));
        spend('third', 9, june(5));
      },
    );
  }
  async function replace(secret: string): Promise<void> {
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.replaceSecret(key, secret);
    await wait(5 * MINUTE);
  }
  const replaceBy = (handle: string) => replace(setup.gateway.secret(handle));
  const ask = (from: number, to: number) => {
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    return queryUsage(setup.testWindow, key, { from: from * 1000, to: to * 1000 });
  };

  it('keeps what the old one spent, counts the new one from then on, and says since when nothing is missing', async () => {
    await openKeys();
    assert.deepEqual(spendOf(), [1, 4, true, '2026-06-01T00:00']);
    await replaceBy('new');
    spend('new', 2);
    await wait(HOUR);
    // 3 + 1 by the old one, 2 by the new one since five past noon; the 7 of before are not this key's.
    assert.deepEqual(spendOf(), [3, 6, false, '2026-06-15T12:05']);
    assert.equal(lineOf(), 'today ≥ $3.00 · 7 days ≥ $3.00 · this month ≥ $6.00');
  });

  it('tells ranges over that moment as well from both, and says what is missing', async () => {
    await openKeys();
    await replaceBy('new');
    spend('new', 2);
    await wait(HOUR);
    const report = await ask(june(1, 0), june(15, 13));
    assert.deepEqual(
      [report.total?.used, report.coverage.complete, report.coverage.reason],
      [6, false, 'other-secret'],
    );
    assert.deepEqual(
      report.byDay?.map(({ name, used }) => [name, used]),
      [
        ['2026-06-03', 3],
        ['2026-06-15', 3],
      ],
    );
    assert.match(coverageOrLackText(report), /The key had another secret then/);
    const older = await ask(june(1, 0), june(14, 0));
    assert.deepEqual([older.total?.used, older.coverage.complete], [3, true]);
    const since = await ask(june(15, 12) + 600, june(15, 13));
    assert.deepEqual(
      [since.total?.used, since.coverage.complete, since.coverage.reason],
      [2, true, undefined],
    );
  });

  it('by the same one again changes nothing', async () => {
    await openKeys();
    await replaceBy('old');
    await wait(HOUR);
    assert.deepEqual(spendOf(), [1, 4, true, '2026-06-01T00:00']);
    await replaceBy('new');
    assert.deepEqual(spendOf(), [1, 4, false, '2026-06-15T13:10']);
  });

  it('by the same one, and at once by another, keeps what the first spent', async () => {
    await openKeys();
    const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
    await setup.testWindow.keyService.replaceSecret(key, setup.gateway.secret('old'));
    await replaceBy('new');
    assert.deepEqual(spendOf(), [1, 4, false, '2026-06-15T12:05']);
  });

  it('twice keeps what each spent in its time', async () => {
    await openKeys();
    await replaceBy('new');
    spend('new', 2);
    await wait(HOUR);
    await replaceBy('third');
    spend('third', 0.5);
    spend('new', 100);
    await wait(HOUR);
    assert.deepEqual(spendOf(), [3.5, 6.5, false, '2026-06-15T13:10']);
  });

  it('and put back counts nothing that the old one spent meanwhile', async () => {
    await openKeys();
    await replaceBy('new');
    spend('old', 100);
    spend('new', 2);
    await wait(HOUR);
    await replaceBy('old');
    spend('old', 0.25);
    await wait(HOUR);
    assert.deepEqual(spendOf(), [3.25, 6.25, false, '2026-06-15T13:10']);
  });

  it('by one that never worked, and put back, is as if that had not been', async () => {
    await openKeys();
    await replace('sk-nobody-knows-this-one-0123456789');
    assert.equal(setup.testWindow.keyState(id).reading, undefined);
    await replaceBy('old');
    await wait(HOUR);
    assert.deepEqual(spendOf(), [1, 4, true, '2026-06-01T00:00']);
    assert.deepEqual(setup.testWindow.store.logTries.formerSecrets(id), []);
  });

  it('by one that never worked, and then by another, has that since the last moment', async () => {
    await openKeys();
    await replace('sk-nobody-knows-this-one-0123456789');
    await replaceBy('new');
    await wait(HOUR);
    assert.deepEqual(spendOf(), [1, 4, false, '2026-06-15T12:10']);
  });

  it('because the first never worked has all that the new one spent', async () => {
    await open(
      { scenarios: { new: FRESH } },
      () => setup.key('new', { secret: 'sk-nobody-knows-this-one-0123456789' }),
      () => spend('new', 7, june(5)),
    );
    await replaceBy('new');
    await wait(HOUR);
    assert.deepEqual(spendOf(), [0, 7, true, '2026-06-01T00:00']);
  });

  it('keeps what readings alone knew of the old one', async () => {
    await open({ scenarios: { old: FRESH, new: FRESH } }, () => setup.key('old'));
    setup.gateway.setReply(`GET ${LOG}`, { status: 503, body: 'down' });
    spend('old', 1.5);
    await wait(HOUR);
    setup.gateway.setReply(`GET ${LOG}`, undefined);
    spend('new', 7, june(5));
    await replaceBy('new');
    spend('new', 0.5);
    await wait(HOUR);
    assert.deepEqual(spendOf(), [2, 2, false, '2026-06-15T13:05']);
    const { total, coverage } = await ask(june(10), june(11));
    assert.deepEqual([total, coverage.reason], [undefined, 'other-secret']);
    assert.match(
      coverageOrLackText({ coverage, to: '2026-06-11T00:00:00Z' }),
      /which can no longer be queried/,
    );
  });

  const account = (handle: string) => ({
    name: handle,
    quota: 50 * DOLLAR,
    keys: { [`${handle}-key`]: { holds: { name: `${handle}-key`, used: 0 } } },
  });

  it('by a renewed one of the same account goes on as if it were the same', async () => {
    await open(
      { accounts: [account('team')] },
      () => setup.account('team'),
      () => spend('team-key', 3, june(3)),
    );
    assert.deepEqual(spendOf(), [0, 3, true, '2026-06-01T00:00']);
    Object.assign(setup.gateway.account('team'), { accessToken: 'renewed-renewed-renewed-renewed' });
    // Within the minutes that nobody was let in.
    spend('team-key', 1);
    await replace('renewed-renewed-renewed-renewed');
    await wait(HOUR);
    assert.deepEqual(spendOf(), [1, 4, true, '2026-06-01T00:00']);
    const report = await ask(june(1, 0), june(15, 13));
    assert.deepEqual([report.total?.used, report.coverage.complete], [4, true]);
  });

  it('by one of another account counts that from then on', async () => {
    await open(
      { accounts: [account('team'), account('others')] },
      () => setup.account('team'),
      () => {
        spend('team-key', 3, june(3));
        spend('others-key', 20, june(4));
      },
    );
    assert.deepEqual(spendOf(), [0, 3, true, '2026-06-01T00:00']);
    const asked = setup.gateway.callsOf({ path: '/api/log/self' }).length;
    await replace(setup.gateway.account('others').accessToken);
    // An account's part of the quarter of an hour in which it was replaced is not known.
    await wait(10 * MINUTE);
    spend('others-key', 2);
    await wait(50 * MINUTE);
    assert.deepEqual(spendOf(), [2, 5, false, '2026-06-15T12:05']);
    const since = setup.gateway
      .callsOf({ path: '/api/log/self' })
      .slice(asked)
      .flatMap(({ search }) => new URLSearchParams(search).get('start_timestamp') ?? []);
    assert.ok(since.length > 0 && since.every(start => Number(start) >= june(15, 12)), since.join());
    const report = await ask(june(1, 0), june(15, 13));
    assert.deepEqual([report.total?.used, report.coverage.complete], [5, false]);
    await wait(2 * MINUTE);
    const calls = setup.calls.length;
    await ask(june(1, 0), june(15, 13));
    assert.equal(setup.calls.length, calls, 'what is missing of it nobody can tell');
  });
});

describe('what a gateway is to be asked about the time of another secret', () => {
  it('is nothing, also where nothing is known of the key yet', () => {
    const store = {
      logTries: { formerSecrets: () => [{ until: 100_000, fingerprint: 'f' }] },
      states: { stateOf: () => undefined },
    } as unknown as Parameters<typeof rangeToAsk>[0];
    const key = { id: 'a', credential: 'apiKey' } as const;
    assert.equal(rangeToAsk(store, key, { from: 0, to: 50_000 }, undefined), undefined);
    assert.deepEqual(rangeToAsk(store, key, { from: 0, to: 150_000 }, undefined), {
      range: { from: 100_000, to: 150_000 },
      isPart: true,
    });
  });
});
