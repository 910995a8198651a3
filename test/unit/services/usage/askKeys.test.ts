import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { askKeys, isWorthShowing, progressText } from '../../../../src/services/usage/askKeys.ts';
import { DAY } from '../../support/samples.ts';
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
    const { reports, missing, problems } = await ask(keys);
    assert.deepEqual(
      [reports.map(({ scope }) => scope.key), missing.map(({ scope }) => scope.key)],
      [['one', 'three'], ['two']],
    );
    assert.deepEqual(problems, [missing[0]?.note]);
    assert.match(problems[0] ?? '', /trouble of its own/);
    assert.deepEqual([missing[0]?.total, missing[0]?.retryAt], [undefined, undefined]);
  });

  it('is no answer where it was called off', async () => {
    setup = await TestSetup.open({ scenarios: { ok: {} } });
    const key = await setup.add(setup.key('ok'));
    await assert.rejects(ask([key], AbortSignal.abort()), { name: 'AbortError' });
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
    assert.equal(progressText('Team', 100, 1250), 'Team: 100 of 1,250 rows');
  });
});
