import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Failure, GatewayError } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import type { KeyRequests } from '../../../../src/services/requests/keyRequests.ts';
import { askKeys, isWorthShowing, progressText } from '../../../../src/services/usage/askKeys.ts';
import { UsageCache } from '../../../../src/services/usage/usageCache.ts';
import { at, DAY, HOUR, NOW, reading } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

describe('what several keys spent', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const ask = (keys: Parameters<typeof askKeys>[1], signal = new AbortController().signal) => {
    const now = setup.clock.now();
    return askKeys(setup.testWindow, keys, { from: now - DAY, to: now }, () => undefined, signal);
  };

  /** Keys of a gateway that is not asked about ranges, so that answers come without waiting. */
  async function keysWithoutRanges(count: number) {
    const handles = Array.from({ length: count }, (_, index) => `key-${index + 1}`);
    setup = await TestSetup.open({
      kind: 'cheapestInference',
      scenarios: Object.fromEntries(handles.map(handle => [handle, {}])),
    });
    return Promise.all(handles.map(handle => setup.add(setup.key(handle))));
  }

  for (const [count, hasYielded] of [
    [19, false],
    [20, true],
  ] as const) {
    it(`lets the extension host do other work ${hasYielded ? '' : 'not yet '}after ${count} keys`, async () => {
      const keys = await keysWithoutRanges(count);
      let isDone = false;
      setImmediate(() => {
        isDone = true;
      });
      const { missing } = await ask(keys);
      assert.deepEqual([missing.length, isDone], [count, hasYielded]);
    });
  }

  it('is a report for each, in the order of the keys, those without an answer apart', async () => {
    setup = await TestSetup.open({ scenarios: { one: {}, two: {}, three: {} } });
    const keys = await Promise.all(['one', 'two', 'three'].map(handle => setup.add(setup.key(handle))));
    setup.gateway.setScenario('two', 'db-500');
    const { reports, missing, problems, lacks } = await ask(keys);
    assert.deepEqual(
      [reports.map(({ scope }) => scope.key), missing.map(({ scope }) => scope.key)],
      [['one', 'three'], ['two']],
    );
    assert.deepEqual(problems, [missing[0]?.note]);
    assert.match(problems[0] ?? '', /has a server error/);
    assert.deepEqual(lacks, [{ keyId: missing[0]?.keyId, reason: 'gateway error' }]);
    assert.deepEqual([missing[0]?.total, missing[0]?.retryAt], [undefined, undefined]);
  });

  it('is no answer where it was called off', async () => {
    setup = await TestSetup.open({ scenarios: { ok: {} } });
    const key = await setup.add(setup.key('ok'));
    await assert.rejects(ask([key], AbortSignal.abort()), { name: 'AbortError' });
  });
});

describe('a key without an answer', () => {
  let setup: TestSetup;
  beforeEach(async () => {
    setup = await TestSetup.open({ accounts: [{ name: 'team', keys: { ok: { holds: { name: 'ok' } } } }] });
  });
  afterEach(() => setup.close());

  const RANGE = { from: NOW - DAY, to: NOW };

  /** Asks about keys; each call ends with `error`, after `before`. */
  function ask(
    keys: readonly KeyRecord[],
    error: unknown,
    before: () => void = () => undefined,
    signal = new AbortController().signal,
  ) {
    const { store, clock } = setup.testWindow;
    const run = () => {
      before();
      return Promise.reject(error);
    };
    const keyRequests = { run, unitAt: () => undefined } as unknown as KeyRequests;
    return askKeys({ store, clock, keyRequests }, keys, RANGE, () => undefined, signal);
  }

  const refused = (failure: Partial<Failure>) =>
    new GatewayError({ class: 'transient', reason: 'server-error', ...failure });

  it('has a report without figures, in the unit of its last reading', async () => {
    const [key, account] = [await setup.add(setup.key('ok')), await setup.add(setup.account('team'))];
    const { store } = setup.testWindow;
    const unit = { code: 'CNY', source: 'gateway' } as const;
    store.transaction(() =>
      store.states.saveState({ keyId: key.id, reading: reading({ unit }), failures: 0, dueAt: 0 }),
    );
    store.transaction(() => store.states.saveState({ keyId: account.id, failures: 0, dueAt: 0 }));
    const { missing } = await ask([key, account], refused({}));
    const expected = {
      from: at(-DAY),
      to: at(0),
      coverage: { complete: false, reason: 'not-told' },
      source: 'gateway',
      note: missing[0]?.note,
      retryAt: undefined,
    };
    const belongsTo = { maybe: [account.id] };
    assert.deepEqual(missing[0], { ...expected, scope: { key: 'ok' }, keyId: key.id, unit, belongsTo });
    assert.deepEqual(
      [missing[1]?.scope, missing[1]?.unit, missing[1]?.isUnitUnknown],
      [{ account: 'team' }, { code: 'UNITS', source: 'default' }, true],
    );
  });

  it('has the unit of another key of its site, else that of the site, before it was ever read', async () => {
    const [key, other] = [await setup.add(setup.key('ok')), await setup.add(setup.account('team'))];
    const { store, clock, keyRequests } = setup.testWindow;
    const missingUnit = async (unitAt: KeyRequests['unitAt'] = () => undefined) => {
      const run = () => Promise.reject(refused({}));
      const { missing } = await askKeys(
        { store, clock, keyRequests: { run, unitAt } as unknown as KeyRequests },
        [key],
        RANGE,
        () => undefined,
        new AbortController().signal,
      );
      return [missing[0]?.unit.code, missing[0]?.isUnitUnknown];
    };
    const save = (keyId: string, more: { readonly reading?: ReturnType<typeof reading> } = {}) =>
      store.transaction(() => store.states.saveState({ keyId, failures: 0, dueAt: 0, ...more }));
    save(key.id);
    save(other.id);
    assert.deepEqual(await missingUnit(), ['UNITS', true]);
    assert.equal(keyRequests.unitAt(key.baseUrl), undefined);
    store.transaction(() =>
      store.sites.saveSite(
        key.baseUrl,
        JSON.stringify({ unitsPerDollar: 500_000, display: 'CNY', yuanPerDollar: 7 }),
        1,
      ),
    );
    assert.deepEqual(await missingUnit(origin => keyRequests.unitAt(origin)), ['CNY', undefined]);
    // An account may be told in another unit than its keys.
    save(other.id, { reading: reading({ unit: { code: 'TOKENS', source: 'gateway' } }) });
    assert.deepEqual(await missingUnit(), ['UNITS', true]);
    const second = await setup.add({ ...setup.key('ok'), label: 'second' });
    save(second.id, { reading: reading({ unit: { code: 'USD', source: 'gateway' } }) });
    assert.deepEqual(await missingUnit(), ['USD', undefined]);
  });

  it('has the time of its turn where it is rate limited, and none where nobody knows it', async () => {
    const key = await setup.add(setup.key('ok'));
    const retryAt = async (failure: Partial<Failure>) =>
      (await ask([key], refused(failure))).missing[0]?.retryAt;
    const limited = { class: 'rate-limited', reason: 'too-many-requests' } as const;
    assert.equal(await retryAt({ ...limited, retryAfterMs: HOUR }), at(HOUR));
    assert.equal(await retryAt(limited), undefined);
    assert.equal(await retryAt({ retryAfterMs: HOUR }), undefined, 'what failed has no turn');
  });

  it('ends the query where that was called off meanwhile, whatever came of the call', async () => {
    const key = await setup.add(setup.key('ok'));
    const end = new AbortController();
    await assert.rejects(
      ask([key], refused({}), () => end.abort(), end.signal),
      { name: 'AbortError' },
    );
  });

  it('does not hide a fault of our own', async () => {
    const fault = new Error('a fault of our own');
    await assert.rejects(ask([await setup.add(setup.key('ok'))], fault), fault);
  });
});

describe('several keys of which some have an answer of before', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  it('are asked from the oldest answer on, and reported in their order', async () => {
    setup = await TestSetup.open({ scenarios: { newer: {}, older: {}, none: {} } });
    const { store, keyRequests, clock } = setup.testWindow;
    const keys = [
      await setup.add(setup.key('newer')),
      await setup.add(setup.key('older')),
      await setup.add(setup.key('none')),
    ];
    const range = { from: NOW - 2 * DAY, to: NOW - DAY };
    const usageCache = new UsageCache();
    const usage: Usage = {
      unit: { code: 'USD', source: 'gateway' },
      coverage: { complete: true },
      source: 'logs',
    };
    for (const [index, key] of keys.slice(0, 2).entries())
      usageCache.cacheUsage(key, range, usage, NOW - index * HOUR);
    const asked: string[] = [];
    const { reports } = await askKeys(
      { store, keyRequests, clock, usageCache },
      keys,
      range,
      label => asked.push(label),
      new AbortController().signal,
    );
    assert.deepEqual([...new Set(asked)], ['none', 'older', 'newer']);
    assert.deepEqual(
      reports.map(({ scope }) => scope.key),
      ['newer', 'older', 'none'],
    );
  });
});

describe('an answer about several keys', () => {
  it('is worth showing with a report, or with a key that will have one', () => {
    const answers = (more: object) => ({ reports: [], problems: [], missing: [], ...more }) as never;
    const report = { keyId: 'a' };
    assert.equal(isWorthShowing(answers({ reports: [report] })), true);
    assert.equal(
      isWorthShowing(answers({ missing: [{ ...report, retryAt: '2026-06-15T12:00:00Z' }] })),
      true,
    );
    assert.equal(isWorthShowing(answers({ missing: [report] })), false);
    assert.equal(isWorthShowing(answers({})), false);
  });
});

describe('the progress of a key’s query', () => {
  it('is its label, then its rows, of how many where that is known', () => {
    assert.equal(progressText('Team', 0, undefined), 'Team');
    assert.equal(progressText('Team', 0, 250), 'Team');
    assert.equal(progressText('Team', 1200, undefined), 'Team: 1,200 rows');
    assert.equal(progressText('Team', 1, undefined), 'Team: 1 row');
    assert.equal(progressText('Team', 100, 1250), 'Team: 100 of 1,250 rows');
  });
});
