import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { askKeysWithRetry } from '../../../../src/services/usage/askKeysWithRetry.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { until } from '../../support/until.ts';

describe('keys that are asked about for a document', () => {
  let setup: TestSetup;
  let other: SampleGateway;
  let messages: string[];
  let timers: number;

  afterEach(async () => {
    await setup.close();
    await other.close();
  });

  /** Two keys of a gateway that may not be asked for `heldMs`, and between them one of another gateway. */
  async function open(heldMs: number): Promise<readonly KeyRecord[]> {
    setup = await TestSetup.open({ limits: 'real', scenarios: { first: {}, last: {} } });
    other = await startSampleGateway({ clock: setup.clock.now, scenarios: { middle: {} } });
    messages = [];
    timers = 0;
    const { store } = setup.testWindow;
    const now = setup.clock.now();
    const keys = [
      await setup.add(setup.key('first')),
      await setup.add({
        ...setup.key('first'),
        label: 'middle',
        baseUrl: other.origin,
        secret: other.secret('middle'),
      }),
      await setup.add(setup.key('last')),
    ];
    store.transaction(() => store.requests.holdLimiter(setup.gateway.origin, 'scarce', now + heldMs, now));
    return keys;
  }

  function ask(keys: readonly KeyRecord[], signal = new AbortController().signal, maxWaitMs?: number) {
    const { store, keyRequests, clock } = setup.testWindow;
    const counting = {
      now: clock.now,
      after: (ms: number, work: () => void) => {
        timers++;
        const cancel = clock.after(ms, () => {
          timers--;
          work();
        });
        return () => {
          timers--;
          cancel();
        };
      },
    };
    const now = clock.now();
    const range = { from: now - DAY, to: now };
    const report = (message: string) => messages.push(message);
    return askKeysWithRetry({ store, keyRequests, clock: counting }, keys, range, report, signal, maxWaitMs);
  }

  const asked = () => setup.gateway.callsOf({ path: '/api/log/token' }).length;
  const isWaiting = () => messages.some(message => message.startsWith('Waiting for '));
  const noon = (minutes: number) =>
    new Date(setup.clock.now() + minutes * MINUTE).toLocaleTimeString('en', { timeStyle: 'short' });

  it('are asked again when their turn has come, and not before', async () => {
    const keys = await open(4 * MINUTE);
    const cancel = 'Cancel continues without it, and the review says that it is incomplete.';
    const waits = `Waiting for first, last until ${noon(4)}. ${cancel}`.replace(/\s/g, ' ');
    const answers = ask(keys);
    await until(isWaiting);
    const before = ['first', 'middle', 'last', waits];
    assert.deepEqual(
      messages.map(message => message.replace(/\s/g, ' ')),
      before,
    );
    await setup.clock.advance(4 * MINUTE - 1);
    await turn();
    assert.deepEqual([messages.length, asked()], [4, 0]);
    await setup.clock.advance(1);
    const { reports, missing, problems } = await answers;
    assert.deepEqual(
      reports.map(({ scope }) => scope.key),
      ['first', 'middle', 'last'],
    );
    assert.deepEqual([missing, problems, timers], [[], [], 0]);
    assert.deepEqual(messages.slice(4), ['first', 'last'], 'the one that has answered is not asked again');
  });

  it('are waited for as long as it takes', async () => {
    const answers = ask(await open(19 * MINUTE));
    await until(isWaiting);
    await setup.clock.advance(19 * MINUTE);
    assert.equal((await answers).reports.length, 3);
  });

  it('are waited for up to a time that was set', async () => {
    const answers = ask(await open(5 * MINUTE), undefined, 5 * MINUTE);
    await until(isWaiting);
    await setup.clock.advance(5 * MINUTE);
    assert.equal((await answers).reports.length, 3);
  });

  it('are missing, with a sentence for each, where it would be longer', async () => {
    const { reports, missing, problems } = await ask(await open(5 * MINUTE + 1), undefined, 5 * MINUTE);
    assert.deepEqual(
      [reports.map(({ scope }) => scope.key), missing.map(({ scope }) => scope.key)],
      [['middle'], ['first', 'last']],
    );
    assert.deepEqual([problems.length, isWaiting()], [2, false]);
  });

  it('are missing where they fail after the wait', async () => {
    const keys = await open(MINUTE);
    const answers = ask(keys);
    await until(isWaiting);
    setup.gateway.setScenario('last', 'db-500');
    await setup.clock.advance(MINUTE);
    const { reports, missing, problems } = await answers;
    assert.deepEqual(
      [reports.map(({ scope }) => scope.key), missing.map(({ scope }) => scope.key)],
      [['first', 'middle'], ['last']],
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /has a server error/);
  });

  it('are missing and not asked any more once the waiting is called off, and no timer is left', async () => {
    const end = new AbortController();
    const answers = ask(await open(MINUTE), end.signal);
    await until(isWaiting);
    assert.equal(timers, 1);
    const { waiting } = setup.testWindow.store;
    const { origin } = setup.gateway;
    assert.equal(waiting.countWaiting(origin, 'scarce', setup.clock.now()), 2);
    end.abort();
    const { reports, missing } = await answers;
    assert.deepEqual(
      [reports.map(({ scope }) => scope.key), missing.map(({ scope }) => scope.key)],
      [['middle'], ['first', 'last']],
    );
    assert.equal(timers, 0);
    assert.equal(waiting.countWaiting(origin, 'scarce', setup.clock.now()), 0, 'polls leave them no room');
    await setup.clock.advance(2 * MINUTE);
    await turn();
    assert.equal(asked(), 0);
  });

  it('end with nothing when that is called off before each was asked once', async () => {
    const end = new AbortController();
    const keys = await open(MINUTE);
    end.abort();
    await assert.rejects(ask(keys, end.signal), { name: 'AbortError' });
  });

  it('are waited for as well where readings tell a part of the range', async () => {
    const [first, , last] = await open(MINUTE);
    if (!first || !last) throw new Error('There are three keys');
    const { store } = setup.testWindow;
    const unit = { code: 'USD', source: 'gateway' } as const;
    const now = setup.clock.now();
    setup.gateway.spend('first', { quota: 500_000, at: now / 1000 - 1800 });
    // Two readings of the last hour: $1.00 was spent between them, and of the 23 hours before nothing is known.
    store.transaction(() => {
      store.history.appendReading(first.id, unit, { at: now - HOUR, used: 1 }, now - HOUR);
      store.history.appendReading(first.id, unit, { at: now - MINUTE, used: 2 }, now - MINUTE);
      store.states.saveState({
        keyId: first.id,
        reading: { takenAt: new Date(now - MINUTE).toISOString(), unit },
        failures: 0,
        checkedAt: now - MINUTE,
        dueAt: now + HOUR,
      });
    });
    const answers = ask([first]);
    await until(isWaiting);
    await setup.clock.advance(MINUTE);
    const [report] = (await answers).reports;
    assert.deepEqual([report?.retryAt, report?.coverage.complete], [undefined, true]);
  });
});
