import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { keysForModel, namedModels } from '../../../../src/core/quota/modelKeys.ts';
import type { Status } from '../../../../src/core/quota/statusName.ts';
import { keyState, quota, reading } from '../../support/samples.ts';

const key = (label: string, remaining: number, models: string[] | null, more: Partial<KeyState> = {}) =>
  keyState({ id: label, label, reading: reading({ quota: quota(remaining, 20), models }), ...more });
const labels = (keys: readonly KeyState[]) => keys.map(({ label }) => label);

describe('the keys for a model', () => {
  it('are those that name it, and those that may call any', () => {
    const keys = [key('named', 15, ['gpt-4.1']), key('other', 15, ['gpt-4.1-mini']), key('any', 10, null)];
    assert.deepEqual(labels(keysForModel(keys, 'gpt-4.1').ready), ['named', 'any']);
  });

  it('are not those of which nobody knows what they may call', () => {
    const keys = [
      keyState({ reading: reading({ quota: quota(15, 20) }) }),
      keyState({ status: 'unknown', reading: undefined }),
    ];
    assert.deepEqual(keysForModel(keys, 'gpt-4.1'), { ready: [], blocked: [] });
  });

  it('are found however the name is written, but whole', () => {
    const keys = [key('a', 1, ['GPT-4.1'])];
    assert.equal(keysForModel(keys, ' gpt-4.1 ').ready.length, 1);
    assert.equal(keysForModel(keys, 'gpt-4').ready.length, 0);
  });

  it('are not the credentials of accounts and balance services', () => {
    for (const credential of ['accessToken', 'managementKey', 'queryKey'] as const) {
      assert.deepEqual(keysForModel([key('a', 15, null, { credential })], 'x'), { ready: [], blocked: [] });
    }
  });

  const READY: Readonly<Record<Status, boolean>> = {
    ok: true,
    low: true,
    stale: true,
    exhausted: false,
    expired: false,
    disabled: false,
    invalid: false,
    unknown: false,
  };
  for (const [status, isReady] of Object.entries(READY)) {
    it(`${status}: ${isReady ? 'ready' : 'not at present'}`, () => {
      const { ready, blocked } = keysForModel([key('a', 15, null, { status: status as Status })], 'x');
      assert.deepEqual([ready.length, blocked.length], isReady ? [1, 0] : [0, 1]);
    });
  }

  it('have the tightest last: no limit, then by the share that is left, low ones after all', () => {
    const keys = [
      key('low', 3, null, { status: 'low' }),
      key('most', 12, null),
      key('full', 20, null),
      keyState({
        id: 'endless',
        label: 'endless',
        reading: reading({ quota: { unlimited: true }, models: null }),
      }),
      key('quarter', 5, null),
      keyState({ id: 'no total', label: 'no total', reading: reading({ quota: quota(900), models: null }) }),
    ];
    assert.deepEqual(labels(keysForModel(keys, 'x').ready), [
      'endless',
      'full',
      'most',
      'no total',
      'quarter',
      'low',
    ]);
  });

  it('are ordered by amount where no total is known and the unit is the same', () => {
    const bare = (label: string, remaining: number) =>
      keyState({ id: label, label, reading: reading({ quota: quota(remaining), models: null }) });
    assert.deepEqual(labels(keysForModel([bare('a', 2), bare('b', 9), bare('c', 5)], 'x').ready), [
      'b',
      'c',
      'a',
    ]);
  });
});

describe('the models that keys name', () => {
  it('are each told once, with how many keys are limited to it', () => {
    const keys = [key('a', 1, ['gpt-4.1', 'Claude']), key('b', 1, ['claude']), key('c', 1, null)];
    assert.deepEqual(namedModels(keys), [
      { name: 'Claude', keys: 2 },
      { name: 'gpt-4.1', keys: 1 },
    ]);
  });
});
