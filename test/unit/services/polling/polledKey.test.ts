import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { GatewaySettings, Settings } from '../../../../src/core/ports/settings.ts';
import type { Failure } from '../../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { polledKeysOf } from '../../../../src/services/polling/planKeys.ts';
import { type PolledKey, withState } from '../../../../src/services/polling/polledKey.ts';
import type { OwnLimiterParts } from '../../../../src/services/requests/ownLimiter.ts';
import { at, DAY, HOUR, keyRecord, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

const ORIGIN = 'https://gw.example';
const REFUSED: Failure = { class: 'bad-key', reason: 'refused-key' };
const TIMEOUT: Failure = { class: 'transient', reason: 'timeout' };

/** By these settings, where nothing was learnt of any limiter. */
const withSettings = (more: Partial<Settings>): OwnLimiterParts => ({
  store: {
    shares: { shareOf: () => ({ share: 1, changedAt: 0 }), saveShare: () => undefined },
    requests: { sentSince: () => [] },
    sites: { siteOf: () => undefined },
  },
  settings: () => ({ ...SETTINGS, ...more }),
});
const UNKNOWN_SITE = () => ({ notes: {}, now: NOW });
const polled = (
  keys: readonly KeyRecord[],
  states: Readonly<Record<string, Partial<CheckState>>> = {},
  gateways: ReadonlyMap<string, GatewaySettings> = new Map(),
) =>
  polledKeysOf(
    keys,
    keyId => ({ keyId, failures: 0, dueAt: NOW, ...states[keyId] }),
    withSettings({ gateways }),
    NOW,
    () => undefined,
    UNKNOWN_SITE,
  );
/** In minutes. */
const intervals = (...args: Parameters<typeof polled>) =>
  polled(...args).map(each => each.intervalMs / MINUTE);

describe('a key in the poll plan', () => {
  it('has the interval that the settings name, for its gateway or for all', () => {
    const keys = [keyRecord('a'), keyRecord('b', { baseUrl: 'https://other.example' })];
    assert.deepEqual(intervals(keys), [5, 5]);
    assert.deepEqual(intervals(keys, {}, new Map([[ORIGIN, { pollMinutes: 7 }]])), [7, 5]);
    assert.deepEqual(intervals(keys, {}, new Map([[ORIGIN, { unit: 'CNY' }]])), [5, 5]);
  });

  it('has no shorter interval than its credential allows', () => {
    const key = keyRecord('a', { kind: 'cheapestInference', credential: 'managementKey' });
    assert.deepEqual(intervals([key]), [180]);
    assert.deepEqual(intervals([key], {}, new Map([[ORIGIN, { pollMinutes: 200 }]])), [200]);
  });

  it('shares its limiter’s calls with those that are checked, and not with those that are refused', () => {
    // Ten calls in twenty minutes: two keys can be asked every five minutes, three every six.
    const keys = [keyRecord('a'), keyRecord('b'), keyRecord('c')];
    assert.deepEqual(intervals(keys), [6, 6, 6]);
    assert.deepEqual(intervals(keys, { c: { failure: TIMEOUT } }), [6, 6, 6]);
    assert.deepEqual(intervals(keys, { c: { failure: REFUSED } }), [5, 5, 6]);
    assert.deepEqual(intervals(keys, { c: { dueAt: undefined } }), [5, 5, 6]);
  });

  it('counts against the limiter that it was read by last', () => {
    const [first, second] = polled([keyRecord('a'), keyRecord('b')], {
      b: { reading: reading({ source: 'billing' }) },
    });
    assert.deepEqual([first?.limiterName, first?.limiterId], ['scarce', `${ORIGIN} scarce`]);
    assert.deepEqual([second?.limiterName, second?.limiterId], ['general', `${ORIGIN} general`]);
  });

  it('of an unknown kind has no gateway and no limiter', () => {
    const [entry] = polled([keyRecord('a', { kind: 'later' })]);
    assert.deepEqual([entry?.gateway, entry?.limiterName, entry?.intervalMs], [undefined, '', 5 * MINUTE]);
  });

  it('is urgent while it is low, about to end, or past an end that nobody confirmed', () => {
    const isUrgent = (state: Partial<CheckState>) => polled([keyRecord('a')], { a: state })[0]?.urgent;
    const enough = quota(15, 20);
    assert.equal(isUrgent({}), false);
    assert.equal(isUrgent({ reading: reading({ quota: enough }) }), false);
    assert.equal(isUrgent({ reading: reading({ quota: quota(4, 20) }) }), true);
    assert.equal(isUrgent({ reading: reading({ takenAt: at(-30 * DAY), quota: quota(4, 20) }) }), true);
    assert.equal(isUrgent({ reading: reading({ quota: enough, expiresAt: at(7 * DAY) }) }), true);
    assert.equal(isUrgent({ reading: reading({ quota: enough, expiresAt: at(7 * DAY + 1) }) }), false);
    const ended = { quota: enough, expiresAt: at(-HOUR) };
    assert.equal(isUrgent({ reading: reading({ ...ended, takenAt: at(-DAY) }) }), true);
    assert.equal(isUrgent({ reading: reading(ended) }), false);
  });

  describe('keeps its object', () => {
    const state: CheckState = {
      keyId: 'a',
      failures: 0,
      dueAt: NOW,
      reading: reading({ quota: quota(15, 20) }),
    };
    const key = keyRecord('a');
    const plan = (
      more: { key?: KeyRecord; state?: CheckState; pollMs?: number; now?: number },
      old?: PolledKey,
    ) =>
      polledKeysOf(
        [more.key ?? key],
        () => more.state ?? state,
        withSettings({ pollMs: more.pollMs ?? SETTINGS.pollMs }),
        more.now ?? NOW,
        () => old,
        UNKNOWN_SITE,
      )[0] ?? assert.fail();
    const before = plan({});

    it('where nothing is new', () => assert.equal(plan({}, before), before));

    it('and has another one for another record, state or interval, and once it is urgent', () => {
      assert.equal(plan({ key: { ...key } }, before).key.id, 'a');
      assert.notEqual(plan({ key: { ...key } }, before), before);
      assert.notEqual(plan({ state: { ...state } }, before), before);
      assert.equal(plan({ pollMs: 9 * MINUTE }, before).intervalMs, 9 * MINUTE);
      const ending = { ...state, reading: reading({ quota: quota(15, 20), expiresAt: at(8 * DAY) }) };
      const old = plan({ state: ending });
      assert.equal(plan({ state: ending, now: NOW + 1 }, old), old);
      assert.equal(plan({ state: ending, now: NOW + DAY }, old).urgent, true);
    });
  });

  describe('with a newer state', () => {
    const state: CheckState = { keyId: 'a', failures: 0, dueAt: NOW };
    const entry = polled([keyRecord('a')])[0] ?? assert.fail();
    const next = (more: Partial<CheckState>) =>
      withState(entry, { ...state, ...more }, SETTINGS, UNKNOWN_SITE());

    it('has that, and is judged again', () => {
      const low = { ...state, reading: reading({ quota: quota(4, 20) }) };
      assert.deepEqual(next(low), { ...entry, state: low, urgent: true });
      assert.equal(next({ failure: TIMEOUT })?.state.failure, TIMEOUT);
    });

    it('makes all be planned again where it no longer takes a share, or takes one of another limiter', () => {
      assert.equal(next({ failure: REFUSED }), undefined);
      assert.equal(next({ dueAt: undefined }), undefined);
      assert.equal(next({ reading: reading({ source: 'billing' }) }), undefined);
      const refused = { ...entry, state: { ...state, failure: REFUSED } };
      assert.equal(withState(refused, state, SETTINGS, UNKNOWN_SITE()), undefined);
      assert.ok(withState(refused, { ...state, failure: REFUSED, failures: 2 }, SETTINGS, UNKNOWN_SITE()));
    });
  });
});
