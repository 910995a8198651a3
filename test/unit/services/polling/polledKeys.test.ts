import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { PolledKeys } from '../../../../src/services/polling/polledKeys.ts';
import { keyRecord, MINUTE, NOW } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

const FIRST = 'https://first.example';
const SECOND = 'https://second.example';

const record = (id: string, origin: string, more: Partial<KeyRecord> = {}): KeyRecord =>
  keyRecord(id, { baseUrl: origin, createdAt: 0, ...more });
const KEYS = [record('a', FIRST), record('b', SECOND), record('c', FIRST, { pinned: true })];
const state = (keyId: string, more: Partial<CheckState> = {}): CheckState => ({
  keyId,
  failures: 0,
  dueAt: NOW,
  ...more,
});
const refused = (keyId: string) => state(keyId, { failure: { class: 'bad-key', reason: 'refused-key' } });

describe('the poll plan of all keys', () => {
  /** The origins that were planned, in their order. */
  let planned: string[];
  let polledKeys: PolledKeys;

  beforeEach(() => {
    planned = [];
    const shares = {
      shareOf: (origin: string) => {
        planned.push(origin);
        return { share: 1, changedAt: 0 };
      },
      saveShare: () => undefined,
    };
    const store = { shares, requests: { sentSince: () => [] }, sites: { siteOf: () => undefined } };
    polledKeys = new PolledKeys({ store, settings: () => SETTINGS }, () => ({ notes: {}, now: NOW }));
    polledKeys.setAll(
      KEYS,
      KEYS.map(({ id }) => state(id)),
    );
    polledKeys.plan(NOW);
  });

  const ids = () => polledKeys.entries.map(({ key }) => key.id);

  it('has every key in its order, and each origin is planned once', () => {
    assert.deepEqual(planned, [FIRST, SECOND]);
    assert.deepEqual(ids(), ['a', 'b', 'c']);
    assert.deepEqual(
      polledKeys.pinned.map(({ key }) => key.id),
      ['c'],
    );
    assert.deepEqual(
      polledKeys.ofBaseUrl(FIRST).map(({ key }) => key.id),
      ['a', 'c'],
    );
  });

  it('plans that origin alone where a key no longer takes its share', () => {
    planned = [];
    polledKeys.setState(refused('a'), NOW);
    assert.deepEqual([polledKeys.isOutdated(FIRST), polledKeys.isOutdated(SECOND)], [true, false]);
    polledKeys.plan(NOW);
    assert.deepEqual(planned, [FIRST]);
    assert.equal(polledKeys.entryOf('a')?.state.failure?.reason, 'refused-key');
    assert.equal(polledKeys.isOutdated(FIRST), false);
  });

  it('plans nothing where a newer state changes nothing that keys share', () => {
    planned = [];
    const newer = state('a', { checkedAt: NOW, dueAt: NOW + MINUTE });
    assert.equal(polledKeys.setState(newer, NOW)?.state, newer);
    assert.equal(polledKeys.entries[0]?.state, newer);
    polledKeys.plan(NOW);
    assert.deepEqual(planned, []);
  });

  it('plans an origin of which something else has changed', () => {
    planned = [];
    polledKeys.expire(SECOND);
    polledKeys.plan(NOW);
    assert.deepEqual(planned, [SECOND]);
  });

  it('takes a state that comes while the origins are planned one after the other', async () => {
    polledKeys.setAll(
      KEYS,
      KEYS.map(({ id }) => state(id)),
    );
    const newer = refused('a');
    let isFirst = true;
    await polledKeys.planInSlices(() => {
      // As the second origin is planned; the first is planned already.
      if (!isFirst) polledKeys.setState(newer, NOW);
      isFirst = false;
      return NOW;
    });
    assert.equal(polledKeys.entryOf('a')?.state, newer);
    assert.equal(polledKeys.isOutdated(FIRST), false);
  });

  it('has no key any more that is gone, and a new one once its origin is planned', () => {
    polledKeys.setAll([record('d', SECOND), ...KEYS.slice(1)], [state('d')]);
    assert.deepEqual(ids(), ['b', 'c']);
    assert.equal(polledKeys.entryOf('a'), undefined);
    polledKeys.plan(NOW);
    assert.deepEqual(ids(), ['d', 'b', 'c']);
  });

  it('leaves out a state of a key that is not there', () => {
    assert.equal(polledKeys.setState(state('gone'), NOW), undefined);
    assert.deepEqual(ids(), ['a', 'b', 'c']);
  });

  it('lets no key be read from an account of another origin', () => {
    polledKeys.setAll(KEYS, [state('a', { readFrom: 'b' }), state('b'), state('c', { readFrom: 'a' })]);
    polledKeys.plan(NOW);
    assert.deepEqual(
      polledKeys.entries.map(({ account }) => account?.id),
      [undefined, undefined, 'a'],
    );
  });
});
