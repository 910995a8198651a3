import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { SpendByDay } from '../../../../src/services/usage/spendByDay.ts';
import { answer, row, takeIn } from '../../support/ledgerSetup.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const DAY = 86_400;
const NOON = 12 * 3600;

/** The sample gateway's clock stands at noon of 15 June 2026, a Monday, and the ledger's start is its midnight. */
describe('what keys spent by day and model', () => {
  useTimeZone('UTC');
  let setup: TestSetup;
  let spend: SpendByDay;
  beforeEach(async () => {
    setup = await TestSetup.open({ scenarios: { ok: {}, other: {} } }, { focused: false });
    spend = new SpendByDay(setup.testWindow.store, setup.clock, () => 'UTC');
  });
  afterEach(() => setup.close());

  const add = async (handle: 'ok' | 'other') => {
    const id = await setup.testWindow.addKey(setup.gateway, handle);
    await setup.testWindow.refreshKey(id);
    return id;
  };
  const tell = (id: string, ...told: Parameters<typeof answer>) => {
    const { store } = setup.testWindow;
    takeIn(store, answer(...told), { id, fingerprint: store.keys.findKey(id)?.fingerprint ?? '' });
  };
  const states = (...ids: readonly string[]) => ids.map(id => setup.testWindow.keyState(id));
  const addUp = async (keys: readonly KeyState[]) =>
    (await spend.addUp(keys, new AbortController().signal)) ?? [];
  const lastDays = (units: Awaited<ReturnType<typeof addUp>>, count: number) =>
    units.map(({ models }) => models.map(({ name, used }) => [name, ...used.slice(-count)]));

  it('is the sum of all keys, the biggest model first, without a call', async () => {
    const [ok, other] = [await add('ok'), await add('other')];
    const before = setup.gateway.calls.length;
    // Half a million units are a dollar.
    tell(ok, -40 * DAY, NOON, [row(600, 500_000, 'gpt'), row(-600, 1_500_000, 'claude')]);
    tell(other, -40 * DAY, NOON, [row(900, 250_000, 'claude'), row(-DAY - 5, 100_000, 'gpt')]);
    const units = await addUp(states(ok, other));
    assert.deepEqual(lastDays(units, 3), [
      [
        ['claude', 0, 3, 0.5],
        ['gpt', 0.2, 0, 1],
      ],
    ]);
    const [unit] = units;
    assert.deepEqual([unit?.days.length, unit?.days[0], unit?.days.at(-1)], [30, '2026-05-17', '2026-06-15']);
    assert.ok(unit?.isWhole.every(Boolean) && unit.headline.isComplete);
    assert.equal(setup.gateway.calls.length, before);
    // On Monday from 0 to 1, and on Saturday and Sunday from 23 to 24.
    const { used, most } = unit?.week ?? assert.fail();
    assert.deepEqual([used[0]?.[0], used[5]?.[23], used[6]?.[23], most], [1.5, 0.2, 3, 3]);
  });

  it('says what it lacks: keys of which nothing is known, and days before the first that is told', async () => {
    const [ok, other] = [await add('ok'), await add('other')];
    tell(ok, -DAY, NOON, [row(600, 500_000, 'gpt')]);
    const [unit] = await addUp(states(ok, other));
    assert.deepEqual([unit?.headline.keysWithTotal, unit?.headline.keyCount], [1, 2]);
    assert.deepEqual(unit?.isWhole.slice(-3), [false, true, true]);
  });

  it('counts a key within its account once, and accounts apart', async () => {
    const [ok, other] = [await add('ok'), await add('other')];
    tell(ok, -40 * DAY, NOON, [row(600, 500_000, 'gpt')]);
    tell(other, -40 * DAY, NOON, [row(600, 500_000, 'gpt')]);
    const [account, key] = states(ok, other);
    assert.ok(account && key);
    const days = Array<number>(14).fill(0);
    const known = {
      today: 1,
      week: 1,
      calendarWeek: 1,
      month: 1,
      since: '2026-05-01T00:00:00Z',
      complete: true,
      days,
    };
    const asAccount: KeyState = { ...account, credential: 'accessToken', spend: known };
    const listed: KeyState = { ...key, readFrom: { id: account.id, label: account.label } };
    assert.deepEqual(lastDays(await addUp([asAccount, listed]), 1), [[['gpt', 1]]]);
    const apart = await addUp([asAccount, key]);
    assert.deepEqual(
      apart.map(({ scope }) => scope),
      ['account', 'key'],
    );
  });

  it('is not read again where nothing was spent since, and is where something was', async () => {
    const ok = await add('ok');
    const [state] = states(ok);
    assert.ok(state);
    tell(ok, -40 * DAY, NOON, [row(600, 500_000, 'gpt')]);
    assert.deepEqual(lastDays(await addUp([state]), 1), [[['gpt', 1]]]);
    tell(ok, -40 * DAY, NOON, [row(600, 500_000, 'gpt'), row(660, 500_000, 'gpt')]);
    assert.deepEqual(lastDays(await addUp([state]), 1), [[['gpt', 1]]]);
    const days = Array<number>(14).fill(0);
    const known = {
      today: 2,
      week: 2,
      calendarWeek: 2,
      month: 2,
      since: '2026-05-01T00:00:00Z',
      complete: true,
      days,
    };
    assert.deepEqual(lastDays(await addUp([{ ...state, spend: known }]), 1), [[['gpt', 2]]]);
  });

  it('is called off', async () => {
    const ok = await add('ok');
    const off = AbortSignal.abort();
    assert.equal(await spend.addUp(states(ok), off), undefined);
  });
});
