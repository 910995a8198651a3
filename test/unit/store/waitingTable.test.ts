import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { WaitingCall } from '../../../src/core/ports/requestTables.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { MINUTE, NOW } from '../support/samples.ts';
import { storeWithKeys } from '../support/storeWithKeys.ts';

const ORIGIN = 'https://gw.example';

describe('calls that wait for room', () => {
  let store: SqliteStore;
  const folder = tempFolder();

  const call = (keyId: string, more: Partial<WaitingCall> = {}): WaitingCall => ({
    baseUrl: ORIGIN,
    limiter: 'scarce',
    keyId,
    purpose: 'question',
    ...more,
  });
  const count = (now = NOW) => store.waiting.countWaiting(ORIGIN, 'scarce', now);

  beforeEach(() => {
    store = storeWithKeys(['a', 'b'], NOW);
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  it('are counted by limiter, each once, until they are given up', () => {
    store.waiting.saveWaiting(call('a'), NOW, NOW + MINUTE);
    store.waiting.saveWaiting(call('a'), NOW, NOW + 2 * MINUTE);
    store.waiting.saveWaiting(call('b'), NOW, NOW + MINUTE);
    store.waiting.saveWaiting(call('a', { limiter: 'general' }), NOW, NOW + MINUTE);
    store.waiting.saveWaiting(call('a', { baseUrl: 'https://other.example' }), NOW, NOW + MINUTE);
    assert.deepEqual([count(), count(NOW + MINUTE), count(NOW + 2 * MINUTE)], [2, 1, 0]);
  });

  it('of a key are counted beside its check, and removed one by one', () => {
    store.waiting.saveWaiting(call('a'), NOW, NOW + MINUTE);
    store.waiting.saveWaiting(call('a', { purpose: 'check' }), NOW, NOW + MINUTE);
    assert.equal(count(), 2);
    assert.deepEqual([...store.waiting.waitingChecks(NOW)], ['a']);
    store.waiting.removeWaiting(call('a'));
    assert.equal(count(), 1);
    store.waiting.stopWaiting('a', 'question');
    assert.equal(count(), 1);
    store.waiting.stopWaiting('a', 'check');
    assert.deepEqual([count(), store.waiting.waitingChecks(NOW).size], [0, 0]);
  });

  it('of one key’s check are found by the key, at whichever limiter, until they are given up', () => {
    store.waiting.saveWaiting(call('a', { purpose: 'check', limiter: 'general' }), NOW, NOW + MINUTE);
    store.waiting.saveWaiting(call('b'), NOW, NOW + MINUTE);
    const waits = (keyId: string, now = NOW) => store.waiting.isCheckWaiting(keyId, now);
    assert.deepEqual([waits('a'), waits('b'), waits('gone')], [true, false, false]);
    assert.deepEqual([waits('a', NOW + MINUTE - 1), waits('a', NOW + MINUTE)], [true, false]);
  });

  it('of a clock that was put back since do not count', () => {
    store.waiting.saveWaiting(call('a', { purpose: 'check' }), NOW, NOW + MINUTE);
    assert.equal(count(NOW - 1), 0);
    assert.equal(store.waiting.waitingChecks(NOW - 1).size, 0);
    assert.equal(store.waiting.isCheckWaiting('a', NOW - 1), false);
  });

  it('go with their key', () => {
    store.waiting.saveWaiting(call('a'), NOW, NOW + MINUTE);
    store.keys.removeKey('a');
    assert.equal(count(), 0);
  });

  it('are there after a restart', () => {
    store.close();
    store = storeWithKeys(['c'], NOW, folder);
    store.waiting.saveWaiting(call('c'), NOW, NOW + MINUTE);
    store.close();
    store = new SqliteStore(folder, NOW);
    assert.equal(count(), 1);
  });
});
