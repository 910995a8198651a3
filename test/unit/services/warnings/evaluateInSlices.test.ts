import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { MINUTE_MS, SECOND_MS } from '../../../../src/core/time.ts';
import type { WarningSubject } from '../../../../src/core/warnings/evaluateRules.ts';
import { evaluateInSlices, KEYS_AT_ONCE } from '../../../../src/services/warnings/evaluateInSlices.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { DAY, keyRecord, NOW, quota, reading } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { until } from '../../support/until.ts';
import { WarningRecorder } from '../../support/warningRecorder.ts';
import { keyWith, RULES } from '../../support/warnings.ts';

const MANY = 2 * KEYS_AT_ONCE + 20;

const secretEntry = (label: string) =>
  JSON.stringify({
    secret: secretFor(label),
    origin: 'https://gw.example',
    credential: 'apiKey',
    kind: 'newApi',
    label,
  });

describe('the warnings of many keys, evaluated in slices', () => {
  /** Keys of which so much is left at these places, and 90 per cent at all others. */
  const subjects = (low: ReadonlyMap<number, number>): WarningSubject[] =>
    Array.from({ length: MANY }, (_, index) => {
      const key = keyWith(low.get(index) ?? 90, NOW, { id: `id-${index}` });
      return { key, staleAfterMs: 10 * MINUTE_MS, fingerprint: `id-${index}` };
    });
  const evaluated = (low: ReadonlyMap<number, number>, fired = new Map<string, Map<string, string>>()) =>
    evaluateInSlices(subjects(low), [], fired, RULES, NOW);

  it('are those of each key, also of the first and the last of a slice', async () => {
    const low = new Map([
      [0, 15],
      [KEYS_AT_ONCE - 1, 4],
      [KEYS_AT_ONCE, 15],
      [MANY - 1, 4],
    ]);
    const { due } = await evaluated(low);
    assert.deepEqual(
      due.map(({ warning: { key, kind, threshold } }) => [key.id, kind, threshold]),
      [
        ['id-0', 'low', 20],
        ['id-49', 'low', 5],
        ['id-50', 'low', 20],
        ['id-119', 'low', 5],
      ],
    );
  });

  it('are none where all is well', async () => {
    assert.deepEqual(await evaluated(new Map()), { due: [], markChanges: [] });
  });

  it('count the spend of all for a limit of their currency', async () => {
    const limit = { scope: { of: 'currency' }, period: 'day', amount: 150, unit: { code: 'USD' } } as const;
    const spend = {
      today: 1,
      week: 1,
      calendarWeek: 1,
      month: 1,
      since: '2026-01-01T00:00:00.000Z',
      complete: true,
      days: [1],
    };
    const spending = subjects(new Map()).map(each => ({ ...each, key: { ...each.key, spend } }));
    // Each of the 120 keys spent $1 of $150: 80 per cent.
    const { due } = await evaluateInSlices(spending, [limit], new Map(), RULES, NOW);
    assert.deepEqual(
      due.map(({ warning: { kind, threshold, keyIds } }) => [kind, threshold, keyIds?.length]),
      [['limit', 20, MANY]],
    );
  });

  it('are evaluated no further once they are called off', async () => {
    const evaluatedIds = new Set<string>();
    const counted = subjects(new Map([[0, 15]])).map(({ key, ...others }) => ({
      ...others,
      get key() {
        evaluatedIds.add(key.id);
        return key;
      },
    }));
    const found = await evaluateInSlices(counted, [], new Map(), RULES, NOW, () => evaluatedIds.size > 0);
    assert.deepEqual([found, evaluatedIds.size], [{ due: [], markChanges: [] }, KEYS_AT_ONCE]);
  });

  describe('in a window', () => {
    let clock: ManualClock;
    let testWindow: TestWindow;
    let recorder: WarningRecorder;

    beforeEach(async () => {
      clock = new ManualClock(NOW);
      testWindow = new TestWindow({ clock });
      recorder = new WarningRecorder(testWindow, clock);
      testWindow.store.transaction(() => {
        for (let index = 0; index < MANY; index++) {
          const id = `id-${index}`;
          testWindow.store.keys.addKey(keyRecord(id));
          const told = reading({ quota: quota(index === 70 ? 15 : 90, 100), expiresAt: null });
          const state = { keyId: id, failures: 0, reading: told, checkedAt: NOW, dueAt: NOW + DAY };
          testWindow.store.states.saveState(state);
          testWindow.storage.entries.set(`key:${id}`, secretEntry(id));
        }
      });
      await testWindow.monitor.start();
    });
    afterEach(async () => {
      recorder.close();
      await testWindow.close();
    });

    it('are shown once', async () => {
      await clock.advance(3 * SECOND_MS);
      await until(() => recorder.shown.length > 0);
      await clock.advance(MINUTE_MS);
      assert.deepEqual(recorder.takeNewWarnings(), ['id-70 low 20']);
    });

    it('read nothing any more when the window closes meanwhile', async () => {
      const { fired } = testWindow.store;
      const allFired = fired.allFired.bind(fired);
      let [evaluations, reads] = [0, 0];
      Object.assign(fired, {
        allFired: () => {
          evaluations += 1;
          recorder.close();
          return allFired();
        },
      });
      Object.defineProperty(recorder.muteService, 'pausedUntil', {
        get: () => {
          reads += 1;
        },
      });
      await clock.advance(3 * SECOND_MS);
      await turn();
      assert.deepEqual([evaluations, reads, recorder.shown], [1, 0, []]);
    });
  });
});
