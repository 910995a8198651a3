import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LogTry } from '../../../../src/core/ports/requestTables.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import type { SpendLog } from '../../../../src/gateways/credentialSpec.ts';
import { gatewayOf } from '../../../../src/gateways/registry.ts';
import { claimLog, type LogClaimOptions } from '../../../../src/services/ledger/claimLog.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { askedBefore } from '../../support/askedBefore.ts';
import { budgetParts } from '../../support/budgetParts.ts';
import { takeIn, USD } from '../../support/ledgerSetup.ts';
import { DAY, HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { useStore } from '../../support/useStore.ts';

const ORIGIN = 'https://gw.example';
const newApi = gatewayOf('newApi') ?? assert.fail();
const KEY_LOG: SpendLog = { limiter: 'scarce', sources: ['keyLog'], keepsAll: false };
const ACCOUNT_LOG: SpendLog = { limiter: 'general', sources: ['accountLog'], keepsAll: true };
/** Long after the keys were added. */
const LATER = NOW + HOUR;

describe('claiming the log of a key', () => {
  let store: SqliteStore;

  useStore(['a', 'b'], NOW, opened => {
    store = opened;
    for (const id of ['a', 'b']) saveReading(id, reading({ quota: quota(15, 20) }));
  });

  function saveReading(keyId: string, taken: Reading | undefined): void {
    store.transaction(() => store.states.saveState({ keyId, failures: 0, reading: taken }));
  }

  /** A site that was asked before, so that all calls of our half are ours; else one that is new. */
  const claim = (
    now = LATER,
    {
      id = 'a',
      log = KEY_LOG,
      asked = true,
      ...more
    }: LogClaimOptions & { id?: string; log?: SpendLog; asked?: boolean } = {},
  ) => claimLog(budgetParts(asked ? askedBefore(store) : store), { id }, newApi, log, now, more);
  const sent = (limiter = 'scarce') => store.requests.sentSince(ORIGIN, limiter, 0);
  const send = (count: number, at: number, limiter = 'scarce') =>
    store.transaction(() => {
      for (let call = 0; call < count; call++) store.requests.addCall(ORIGIN, limiter, at);
    });
  const saveTry = (id: string, lastTry: LogTry) =>
    store.transaction(() => store.logTries.saveTry(id, lastTry));
  /** An answer of a thousand rows within an hour, of which half will be new in half an hour. */
  function takeInBusyLog(at: number): void {
    const records = Array.from({ length: 1000 }, (_, index) => ({
      ...{ at: Math.floor(at / 1000) - Math.floor(index * 3.6), keyName: '', model: '', raw: 0 },
      ...{ requests: 1, promptTokens: 1, completionTokens: 1 },
    }));
    const complete = { from: Math.floor((at - HOUR) / 1000), to: Math.floor(at / 1000) };
    takeIn(store, { source: 'keyLog', scale: USD, records, complete, unreadable: 0 }, { now: at });
  }

  it('one window gets it and reserves the call; the others do neither', () => {
    assert.deepEqual(claim(), { claimed: true });
    assert.deepEqual(sent(), [LATER]);
    assert.deepEqual(claim(), { refused: 'taken' });
    assert.deepEqual(sent(), [LATER]);
  });

  it('counts as a try that failed until something was taken in', () => {
    claim();
    assert.deepEqual(store.logTries.tryOf('a'), { at: LATER, failures: 1 });
    assert.deepEqual(claim(LATER + HOUR - 1), { refused: 'taken' });
    assert.deepEqual(claim(LATER + HOUR), { claimed: true });
    assert.deepEqual(store.logTries.tryOf('a'), { at: LATER + HOUR, failures: 2 });
  });

  it('is refused for a key that is paused, was removed or was never read', () => {
    store.transaction(() => store.keys.setPaused('a', NOW));
    assert.deepEqual(claim(), { refused: 'taken' });
    saveReading('b', undefined);
    assert.deepEqual(claim(LATER, { id: 'b' }), { refused: 'taken' });
    assert.deepEqual(claim(LATER, { id: 'c' }), { refused: 'taken' });
    assert.deepEqual(sent(), []);
  });

  it('leaves a scarce limiter alone that two calls were sent to, whatever for', () => {
    send(2, LATER - 19 * MINUTE);
    assert.deepEqual(claim(), { refused: 'held', freeAt: LATER + MINUTE });
    assert.deepEqual(sent().length, 2);
    assert.deepEqual(claim(LATER + MINUTE), { claimed: true });
  });

  it('sends a third one where rows would be lost, and no fourth', () => {
    takeInBusyLog(LATER - HOUR);
    send(2, LATER - 19 * MINUTE);
    assert.deepEqual(claim(), { claimed: true });
    saveTry('a', { at: LATER - HOUR, failures: 0 });
    assert.deepEqual(claim(), { refused: 'held', freeAt: LATER + MINUTE });
  });

  it('waits half a window between the logs of a site, except where rows would be lost', () => {
    saveTry('b', { at: LATER - 9 * MINUTE, failures: 0 });
    assert.deepEqual(claim(), { refused: 'held', freeAt: LATER + MINUTE });
    takeInBusyLog(LATER - HOUR);
    assert.deepEqual(claim(), { claimed: true });
  });

  it('waits six windows where polls need all calls, except where rows would be lost', () => {
    const pollOptions = { spread: { paceMs: 0, atOnce: 0 } };
    saveTry('b', { at: LATER - 119 * MINUTE, failures: 0 });
    assert.deepEqual(claim(LATER, { pollOptions }), { refused: 'held', freeAt: LATER + MINUTE });
    takeInBusyLog(LATER - HOUR);
    assert.deepEqual(claim(LATER, { pollOptions }), { claimed: true });
  });

  it('keeps the distance of polls, but not the last call, and neither where rows would be lost', () => {
    // Ten calls in twenty minutes, two minutes apart; the tenth is kept for what cannot wait.
    const pollOptions = { spread: { paceMs: 2 * MINUTE, atOnce: 0 }, leavesOne: true };
    for (let call = 9; call >= 1; call--)
      store.transaction(() => store.requests.addCall(ORIGIN, 'scarce', LATER - call * 2 * MINUTE + 1, true));
    assert.deepEqual(claim(LATER, { pollOptions }), { refused: 'held', freeAt: LATER + 1 });
    assert.deepEqual(claim(LATER + 1, { pollOptions }), { claimed: true });
    takeInBusyLog(LATER - HOUR);
    saveTry('a', { at: LATER - HOUR, failures: 0 });
    store.transaction(() => store.requests.deleteBefore(LATER - 17 * MINUTE));
    assert.deepEqual(claim(LATER + 1, { pollOptions }), { claimed: true, readAt: LATER - HOUR });
  });

  it('waits for no try of a clock that was put back since', () => {
    saveTry('b', { at: LATER + DAY, failures: 0 });
    saveTry('a', { at: LATER + DAY, failures: 0 });
    assert.deepEqual(claim(), { claimed: true });
  });

  it('waits for no answer of a clock that was put back since', () => {
    takeInBusyLog(LATER + 10 * DAY);
    assert.deepEqual(claim(), { claimed: true });
  });

  it('takes a sixteenth of what is ours at a site that may be asked by others', () => {
    // A tenth of ten calls is one in 20 minutes, of which a sixteenth is one in 320.
    send(1, LATER - 319 * MINUTE);
    assert.deepEqual(claim(LATER, { asked: false }), { refused: 'held', freeAt: LATER + MINUTE });
  });

  it('takes all that is ours there where rows would be lost', () => {
    takeInBusyLog(LATER - HOUR);
    send(1, LATER - 20 * MINUTE);
    assert.deepEqual(claim(LATER, { asked: false }), { claimed: true });
  });

  it('waits for nobody with a key that a person has just added', () => {
    send(3, NOW + MINUTE);
    assert.deepEqual(claim(NOW + 20 * MINUTE - 1, { asked: false }), { claimed: true });
    saveTry('a', { at: 0, failures: 0 });
    assert.deepEqual(claim(NOW + 20 * MINUTE - 1, { id: 'b', asked: false }), {
      refused: 'held',
      freeAt: NOW + 21 * MINUTE,
    });
  });

  it('leaves room for what people wait for', () => {
    const call = { baseUrl: ORIGIN, limiter: 'scarce', keyId: 'b', purpose: 'question' } as const;
    takeInBusyLog(LATER - HOUR);
    store.transaction(() => store.waiting.saveWaiting(call, NOW, LATER + HOUR));
    // The last of ten calls is the person’s.
    send(9, LATER - 10 * MINUTE);
    assert.equal('freeAt' in claim(LATER, { pollOptions: {} }), true);
    assert.equal(store.waiting.countWaiting(ORIGIN, 'scarce', LATER), 1);
    store.transaction(() => store.waiting.removeWaiting(call));
    assert.deepEqual(claim(LATER, { pollOptions: {} }), { claimed: true });
  });

  it('goes by the room that polls leave where they count against the same limiter', () => {
    send(8, LATER - 10 * MINUTE);
    const leavesTwo = { leavesRoomFor: [LATER + MINUTE, LATER + 2 * MINUTE] };
    assert.equal('freeAt' in claim(LATER, { pollOptions: leavesTwo }), true);
    assert.deepEqual(claim(LATER, { pollOptions: {} }), { claimed: true });
  });

  it('uses an ample limiter while half of what is ours is left', () => {
    send(45, LATER - 2 * MINUTE, 'general');
    assert.deepEqual(claim(LATER, { log: ACCOUNT_LOG }), { refused: 'held', freeAt: LATER + MINUTE });
    assert.deepEqual(claim(LATER + MINUTE, { log: ACCOUNT_LOG }), { claimed: true });
  });
});
