import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import { readKeyList } from '../../../../src/gateways/newApi/keyList.ts';
import { NOW } from '../../support/samples.ts';
import { type Data, scriptedContext } from './scriptedContext.ts';

const LIST = '/api/token/';
const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;

const token = (id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  name: `key ${id}`,
  status: 1,
  remain_quota: 100,
  used_quota: 10,
  expired_time: -1,
  ...more,
});
const tokens = (count: number, from = 1) => Array.from({ length: count }, (_, index) => token(from + index));
const page = (items: readonly unknown[], total?: number, page_size?: number): Data => ({
  items,
  ...(total !== undefined && { total }),
  ...(page_size !== undefined && { page_size }),
});
const EMPTY = page([]);

/** How many keys are read, what is missing, and how often was asked. */
async function count(...pages: readonly Data[]) {
  const { context, asked } = scriptedContext({ [LIST]: pages });
  const { accountKeys, accountKeysMissing } = await readKeyList(context, UNITS);
  return [accountKeys?.length, accountKeysMissing, asked.length];
}
async function keyOf(more: Readonly<Record<string, unknown>>) {
  const { context } = scriptedContext({ [LIST]: [page([token(1, more)], 1)] });
  return (await readKeyList(context, UNITS)).accountKeys?.[0];
}

describe('the pages of a key list', () => {
  it('are asked for until as many keys came as are counted', async () => {
    assert.deepEqual(await count(page(tokens(2), 2)), [2, undefined, 1]);
    assert.deepEqual(await count(page(tokens(20), 40), page(tokens(20, 21), 40)), [40, undefined, 2]);
    assert.deepEqual(await count(page([], 0)), [0, undefined, 1]);
  });

  it('lack what is counted and never came', async () => {
    assert.deepEqual(await count(page(tokens(2), 3), EMPTY), [2, { total: 3 }, 2]);
    assert.deepEqual(await count(page(tokens(2), 500), page(tokens(2), 500)), [2, { total: 500 }, 2]);
    // The largest count holds, whatever a later page says.
    const shrinking = [page(tokens(20), 40), page(tokens(5, 21), 5), EMPTY];
    assert.deepEqual(await count(...shrinking), [25, { total: 40 }, 3]);
  });

  it('are asked for until one is empty where nothing is counted', async () => {
    assert.deepEqual(await count(page(tokens(5)), EMPTY), [5, undefined, 2]);
  });

  it('go on after a full one whose count may be its own', async () => {
    assert.deepEqual(await count(page(tokens(10), 10), page(tokens(5, 11), 5)), [15, undefined, 2]);
    assert.deepEqual(await count(page(tokens(15), 15, 15), EMPTY), [15, undefined, 2]);
    assert.deepEqual(await count(page(tokens(15), 15), EMPTY), [15, undefined, 2]);
    assert.deepEqual(await count(page(tokens(10), 10, 100), EMPTY), [10, undefined, 2]);
    assert.deepEqual(await count(page(tokens(100), 100, 500), EMPTY), [100, undefined, 2]);
    assert.deepEqual(await count(page(tokens(15), 15, 100)), [15, undefined, 1]);
    assert.deepEqual(await count(page(tokens(9), 9)), [9, undefined, 1]);
  });

  it('are eighty at most', async () => {
    const pages = Array.from({ length: 80 }, (_, index) => page([token(index + 1)], 1000));
    assert.deepEqual(await count(...pages), [80, { total: 1000 }, 80]);
  });

  it('have eight thousand keys at most', async () => {
    assert.deepEqual(await count(page(tokens(8001), 9000)), [8000, { total: 9000 }, 1]);
  });

  it('that are bare begin with page 0, which is asked for after page 1', async () => {
    assert.deepEqual(await count(tokens(10, 11), tokens(10), []), [20, undefined, 3]);
    assert.deepEqual(await count(tokens(10, 11), tokens(10), tokens(5, 21), []), [25, undefined, 4]);
    assert.deepEqual(await count(tokens(10), tokens(10), []), [10, undefined, 3]);
    assert.deepEqual(await count([], tokens(3)), [3, undefined, 2]);
    assert.deepEqual(await count([], []), [0, undefined, 2]);
  });

  it('may have no page 0, or one that is refused in the form of any trouble', async () => {
    const refused = failed('unexpected', 'refused-request', { status: 200 });
    assert.deepEqual(await count(tokens(3), refused, []), [3, undefined, 3]);
    const trouble = failed('transient', 'unknown-refusal', { status: 200 });
    assert.deepEqual(await count(tokens(3), trouble, []), [3, { total: undefined }, 3]);
    for (const other of [
      failed('transient', 'server-error', { status: 200 }),
      failed('transient', 'unknown-refusal', { status: 403 }),
      new TypeError('ours'),
    ])
      await assert.rejects(count(tokens(3), other), other);
    await assert.rejects(count([], refused), refused);
  });

  it('end with one that cannot be read, or for which there is no budget', async () => {
    for (const end of [failed('unexpected', 'html'), failed('rate-limited', 'own-budget')])
      assert.deepEqual(await count(page(tokens(2), 3), end), [2, { total: 3 }, 2]);
    // How many are missing is not known where nothing is counted; that some are, is.
    const html = failed('unexpected', 'html');
    assert.deepEqual(await count(page(tokens(2)), html), [2, { total: undefined }, 2]);
    assert.deepEqual(await count(tokens(2), [], html), [2, { total: undefined }, 3]);
    for (const other of [
      failed('transient', 'server-error'),
      failed('rate-limited', 'too-many-requests'),
      new TypeError('ours'),
    ])
      await assert.rejects(count(page(tokens(2), 3), other), other);
  });
});

describe('the rows of a key list', () => {
  it('that cannot be read are missing, each once', async () => {
    const odd = { name: 'no id' };
    assert.deepEqual(await count(page([token(1), odd], 2)), [1, { total: 2 }, 1]);
    assert.deepEqual(await count(page([token(1), odd, odd]), EMPTY), [1, { total: 2 }, 2]);
    await assert.rejects(count(page([odd], 1)), /missing-figures/);
  });

  it('are one key by their id, or by all of it where that is none', async () => {
    assert.deepEqual(await count(page([token(1), token(1, { name: 'again' })]), EMPTY), [1, undefined, 2]);
    const [first, second] = [token(0, { name: 'a' }), token(0, { name: 'b' })];
    assert.deepEqual(await count(page([first, second, first]), EMPTY), [2, undefined, 2]);
  });
});

describe('a key of a list', () => {
  it('has what is told of it', async () => {
    assert.deepEqual(await keyOf({ model_limits: '' }), {
      name: 'key 1',
      enabled: true,
      status: undefined,
      unlimited: false,
      used: 10,
      remaining: 100,
      expiresAt: null,
      models: null,
    });
    assert.equal((await keyOf({ name: undefined }))?.name, '');
    const bare = await keyOf({ used_quota: undefined, remain_quota: undefined, status: undefined });
    assert.deepEqual(
      [bare?.enabled, bare?.status, bare?.used, bare?.remaining],
      [undefined, undefined, undefined, undefined],
    );
  });

  it('has nothing left to tell where nothing limits it, or may not', async () => {
    const of = async (unlimited_quota: unknown) => {
      const { unlimited, remaining } = (await keyOf({ unlimited_quota })) ?? {};
      return [unlimited, remaining];
    };
    assert.deepEqual(await of(true), [true, undefined]);
    assert.deepEqual(await of('maybe'), [undefined, undefined]);
    assert.deepEqual(await of(false), [false, 100]);
    assert.deepEqual(await of(null), [false, 100]);
  });

  it('is expired once its end has passed, though the gateway has not noticed', async () => {
    const endsIn = async (seconds: number) => (await keyOf({ expired_time: NOW / 1000 + seconds }))?.status;
    assert.equal(await endsIn(0), 'expired');
    assert.equal(await endsIn(1), undefined);
  });

  it('has -1 left only where the gateway calls it used up', async () => {
    const unknown = await keyOf({ remain_quota: -1 });
    assert.deepEqual([unknown?.remaining, unknown?.status], [undefined, undefined]);
    const usedUp = await keyOf({ remain_quota: -1, status: 4 });
    assert.deepEqual([usedUp?.remaining, usedUp?.status, usedUp?.enabled], [-1, 'exhausted', true]);
    assert.equal((await keyOf({ status: 2 }))?.enabled, false);
  });

  it('may call the models of its limit, while that is switched on', async () => {
    const modelsOf = async (more: object) => (await keyOf({ ...more }))?.models;
    assert.deepEqual(await modelsOf({ model_limits: 'a,b', model_limits_enabled: true }), ['a', 'b']);
    assert.equal(await modelsOf({ model_limits: 'a,b', model_limits_enabled: false }), null);
    assert.deepEqual(await modelsOf({ models: 'a' }), ['a']);
    assert.equal(await modelsOf({ models: '' }), null);
    assert.deepEqual(await modelsOf({ model_limits_enabled: true, model_limits: '' }), []);
    // Limited to what nobody can read.
    for (const model_limits of [undefined, null, false, 7, [7]])
      assert.equal(await modelsOf({ model_limits_enabled: true, model_limits }), undefined);
    const hub = (enabled: unknown, models: unknown) => ({
      models: 'c',
      setting: { limits: { limit_model_setting: { enabled, models } } },
    });
    assert.deepEqual(await modelsOf(hub(true, ['a'])), ['a']);
    assert.equal(await modelsOf(hub(false, ['a'])), null);
    assert.deepEqual(await modelsOf(hub(undefined, ['a'])), ['a']);
    assert.deepEqual(await modelsOf({ models: 'c', setting: { limits: 7 } }), ['c']);
  });
});

describe('our own keys in a key list', () => {
  const OWN = { first: ['a'], second: ['b'], both: ['a', 'b'] } as const;
  const ownKeysLike = (text: string): readonly string[] => OWN[text as keyof typeof OWN] ?? [];
  const find = async (texts: readonly (string | undefined)[], more: { readonly total?: number } = {}) => {
    const rows = texts.map((key, index) => token(index + 1, { key }));
    const { context } = scriptedContext({ [LIST]: [page(rows, more.total ?? rows.length), EMPTY] });
    return (await readKeyList({ ...context, ownKeysLike }, UNITS)).listedKeys;
  };
  const idsOf = async (...texts: readonly string[]) => (await find(texts))?.map(({ keyId }) => keyId);

  it('are told by id, with what the list says of them and the raw numbers', async () => {
    assert.deepEqual(await find(['nobody', 'second', undefined]), [
      {
        keyId: 'b',
        // The gateway’s own id of the second row.
        listedId: 2,
        listed: {
          name: 'key 2',
          enabled: true,
          status: undefined,
          unlimited: false,
          used: 10,
          remaining: 100,
          expiresAt: null,
          models: null,
        },
        // As its own endpoint is recorded where the site’s units are shown as they are.
        counted: {
          perUnit: 1,
          source: 'usage ',
          of: 'quota',
          used: 10,
          remaining: 100,
          isConverted: true,
        },
      },
    ]);
  });

  it('are none where a text fits two of ours', async () => {
    assert.deepEqual(await idsOf('both'), []);
  });

  it('are none where two rows fit one of ours', async () => {
    assert.deepEqual(await idsOf('first', 'first', 'second'), ['b']);
    assert.deepEqual(await idsOf('first', 'both'), []);
  });

  it('are not known where the list has a gap', async () => {
    assert.equal(await find(['first'], { total: 2 }), undefined);
  });

  it('are not looked for where we have none', async () => {
    const { context } = scriptedContext({ [LIST]: [page([token(1, { key: 'first' })], 1)] });
    assert.deepEqual(Object.keys(await readKeyList(context, UNITS)), ['accountKeys']);
  });
});
