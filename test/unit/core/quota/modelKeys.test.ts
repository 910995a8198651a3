import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import {
  foldModel,
  isUnlimitedInModels,
  keysByOffer,
  keysForModel,
  keysToAsk,
  namedModels,
  namesMoreModels,
} from '../../../../src/core/quota/modelKeys.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
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

  it('are those that name a part of it, and leave the rest open', () => {
    const named = (name: string, model: string) => keysForModel([key('a', 1, [name])], model).ready.length;
    const cases: readonly [name: string, model: string, found: number][] = [
      ['openai/*', 'openai/gpt-4o', 1],
      ['openai/*', 'anthropic/claude', 0],
      ['*', 'anything', 1],
      ['gpt-4-gizmo-*', 'GPT-4-Gizmo-x', 1],
      ['*-mini', 'gpt-4.1-mini', 1],
      ['*-mini', 'gpt-4.1-mini-2026', 0],
      ['a*bc*c', 'abcc', 1],
      ['a*bc*c', 'abc', 0],
      ['ab*ba', 'aba', 0],
      ['gpt-4*', 'gpt-4', 1],
    ];
    for (const [name, model, found] of cases) assert.equal(named(name, model), found, `${name} ${model}`);
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

describe('the room of keys that may call a model', () => {
  const anyModel = (id: string, more: Partial<KeyState> & { left?: Partial<Reading> }): KeyState => {
    const { left, ...rest } = more;
    return keyState({
      id,
      label: id,
      reading: reading({ models: null, quota: quota(10, 20), ...left }),
      ...rest,
    });
  };
  const order = (...keys: KeyState[]) => keysForModel(keys, 'gpt-4.1').ready.map(({ id }) => id);

  it('is most without a limit, and least on a low key, whatever its share', () => {
    const unlimited = anyModel('z', { left: { quota: { unlimited: true } } });
    const low = anyModel('a', { status: 'low', left: { quota: quota(19, 20) } });
    assert.deepEqual(order(low, anyModel('m', {}), unlimited), ['z', 'm', 'a']);
  });

  it('goes by the share that is left, where a half stands for what is not known', () => {
    const share = (id: string, of20: number) => anyModel(id, { left: { quota: quota(of20, 20) } });
    const unknown = anyModel('unknown', { left: { quota: quota(100) } });
    assert.deepEqual(order(share('a', 9), unknown, share('z', 11)), ['z', 'unknown', 'a']);
  });

  it('goes by what is left where shares are the same, and then by label and id', () => {
    const [little, much] = [anyModel('a', {}), anyModel('z', { left: { quota: quota(20, 40) } })];
    assert.deepEqual(order(little, much), ['z', 'a']);
    assert.deepEqual(order(anyModel('b', {}), anyModel('a', {})), ['a', 'b']);
    assert.deepEqual(order(anyModel('2', { label: 'same' }), anyModel('1', { label: 'same' })), ['1', '2']);
  });
});

describe('what keys say of models', () => {
  it('is that all are allowed, which is another thing than that nobody knows', () => {
    assert.equal(isUnlimitedInModels(keyState()), true);
    assert.equal(isUnlimitedInModels(keyState({ reading: reading({ models: [] }) })), false);
    assert.equal(isUnlimitedInModels(keyState({ reading: reading() })), false);
    assert.equal(isUnlimitedInModels(keyState({ reading: undefined })), false);
  });

  it('is more than is kept only where an API key says so', () => {
    const more = (modelsMore: number | undefined, rest: Partial<KeyState> = {}) =>
      namesMoreModels([keyState(), keyState({ reading: reading({ models: ['a'], modelsMore }), ...rest })]);
    assert.equal(more(1), true);
    assert.equal(more(0), false);
    assert.equal(more(undefined), false);
    assert.equal(more(1, { credential: 'accessToken' }), false);
    assert.equal(namesMoreModels([]), false);
  });
});

describe('the keys for a model by what gateways list', () => {
  const untold = (label: string, more: Partial<KeyState> = {}) =>
    keyState({ id: label, label, reading: reading({ quota: quota(15, 20) }), ...more });
  const offer = (isOfKey: boolean, ...names: string[]) => ({
    models: new Set(names.map(foldModel)),
    isOfKey,
  });
  const KEYS = [
    key('limited', 15, ['o3']),
    key('listed', 16, null),
    key('unlisted', 17, null),
    key('any', 18, null),
    untold('told by its list'),
    untold('told by everybody’s list'),
    untold('told without it'),
    untold('silent'),
    key('empty', 0, ['o3'], { status: 'exhausted' }),
  ];
  const OFFERS = new Map([
    ['listed', offer(true, 'O3')],
    ['unlisted', offer(true, 'gpt-4.1')],
    ['told by its list', offer(true, 'o3')],
    ['told by everybody’s list', offer(false, 'o3')],
    ['told without it', offer(true, 'gpt-4.1')],
    // A list of everybody’s does not widen a limit that is known.
    ['limited', offer(false, 'gpt-4.1')],
  ]);

  it('are sorted by how certain their right is, and no list hides a key or gives it a right', () => {
    const { certain, doubtful, unlisted, blocked } = keysByOffer(KEYS, ' o3', OFFERS);
    assert.deepEqual(labels(certain), ['listed', 'limited', 'told by its list']);
    assert.deepEqual(labels(doubtful), ['any', 'told by everybody’s list']);
    assert.deepEqual([labels(unlisted), labels(blocked)], [['unlisted'], ['empty']]);
    assert.deepEqual(labels(keysByOffer(KEYS, 'gpt-4.1', OFFERS).certain), ['unlisted', 'told without it']);
  });

  it('are asked about where their limit is not known or there is none', () => {
    assert.deepEqual(labels(keysToAsk([...KEYS, untold('account', { credential: 'accessToken' })])), [
      'listed',
      'unlisted',
      'any',
      'told by its list',
      'told by everybody’s list',
      'told without it',
      'silent',
    ]);
  });
});
