import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { askKeysWithRetry } from '../../../../src/services/usage/askKeysWithRetry.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { DAY, MINUTE } from '../../support/samples.ts';
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
        origin: other.origin,
        secret: other.secret('middle'),
      }),
      await setup.add(setup.key('last')),
    ];
    store.transaction(() => store.requests.holdLimiter(setup.gateway.origin, 'scarce', now + heldMs, now));
    return keys;
  }

  function ask(keys: readonly KeyRecord[], signal = new AbortController().signal) {
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
    return askKeysWithRetry({ store, keyRequests, clock: counting }, keys, range, report, signal);
  }

  const asked = () => setup.gateway.callsOf({ path: '/api/log/token' }).length;
  const isWaiting = () => messages.some(message => /wait for their turn/.test(message));
  const noon = (minutes: number) =>
    new Date(setup.clock.now() + minutes * MINUTE).toLocaleTimeString('en', { timeStyle: 'short' });

  it('are asked again when their turn has come, and not before', async () => {
    const keys = await open(4 * MINUTE);
    const waits = `2 keys wait for their turn, until ${noon(4)}`.replace(/\s/g, ' ');
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

  it('are waited for up to five minutes', async () => {
    const answers = ask(await open(5 * MINUTE));
    await until(isWaiting);
    await setup.clock.advance(5 * MINUTE);
    assert.equal((await answers).reports.length, 3);
  });

  it('are missing, with a sentence for each, where it would be longer', async () => {
    const { reports, missing, problems } = await ask(await open(5 * MINUTE + 1));
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
    assert.match(problems[0] ?? '', /trouble of its own/);
  });

  it('are not asked any more once that is called off, and no timer is left', async () => {
    const end = new AbortController();
    const answers = ask(await open(MINUTE), end.signal);
    await until(isWaiting);
    assert.equal(timers, 1);
    end.abort();
    await assert.rejects(answers, { name: 'AbortError' });
    assert.equal(timers, 0);
    await setup.clock.advance(2 * MINUTE);
    await turn();
    assert.equal(asked(), 0);
  });
});
