import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { accountKeyCountText, unreadableKeysText } from '../../../../src/text/accountKeyCount.ts';
import { type ScriptedServer, startScriptedServer } from '../../../replay/scriptedServer.ts';
import { accessTokenFor } from '../../../sampleGateways/secrets.ts';
import { TestWindow } from '../../support/testWindow.ts';

const rowOf = (id: number) => ({ id, name: `key ${id}`, status: 1, remain_quota: 500_000, expired_time: -1 });
const rows = (count: number, from = 1) => Array.from({ length: count }, (_, i) => rowOf(from + i));

/** What is sent in place of keys; an error refuses the page. */
type Answer = (query: URLSearchParams) => unknown;

describe('the forms in which a relative lists an account’s keys', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  async function outcome(list: Answer) {
    server = await startScriptedServer(({ path, query }) => {
      if (path === '/api/status') return { body: { success: true, data: { quota_per_unit: 500_000 } } };
      if (path === '/api/user/self') return { body: { success: true, data: { quota: 500_000 } } };
      if (path === '/api/token/') {
        const data = list(query);
        const isRefused = data instanceof Error;
        return { body: isRefused ? { success: false, message: data.message } : { success: true, data } };
      }
      return { status: 404, body: { error: { message: `Invalid URL (GET ${path})` } } };
    });
    testWindow = new TestWindow();
    return testWindow.keyService.checkDraft({
      kind: 'newApi',
      credential: 'accessToken',
      label: 'team',
      baseUrl: server.origin,
      secret: accessTokenFor('forms'),
      userId: '7',
    });
  }

  const all =
    (count: number): Answer =>
    query => {
      const [page, size] = [Number(query.get('page')), Number(query.get('size'))];
      return rows(count).slice((page - 1) * size, page * size);
    };
  /** Pages of ten, whatever size is asked for, counted from `first`. */
  const tens =
    (count: number, first: number): Answer =>
    query => {
      const page = Math.max(0, Number(query.get('p')) - first);
      return rows(count).slice(page * 10, page * 10 + 10);
    };
  const byId = (list: readonly { id: number }[]) => Object.fromEntries(list.map(row => [row.id, row]));

  /** What is sent, how many keys there are, and how that is told. */
  const READABLE: Readonly<Record<string, readonly [Answer, number, string]>> = {
    'data.data with total_count, as one-hub sends it': [
      query => ({ data: all(2)(query), page: 1, size: 100, total_count: 2 }),
      2,
      '2',
    ],
    'data.data over two pages': [
      query => ({ data: all(130)(query), page: Number(query.get('page')), size: 100, total_count: 130 }),
      130,
      '130',
    ],
    records: [() => ({ records: rows(3), total: 3 }), 3, '3'],
    'a name of the fork’s own': [() => ({ page: 1, my_keys: rows(3), total: 3 }), 3, '3'],
    'a map by id': [() => byId(rows(4)), 4, '4'],
    'a map under items': [() => ({ items: byId(rows(4)), total: 4 }), 4, '4'],
    'a bare list of none': [() => [], 0, '0'],
    'items null and none counted': [() => ({ items: null, total: 0 }), 0, '0'],
    'no key at all': [() => ({ items: [], total: 0 }), 0, '0'],
    '25 bare, ten a page, counted from 0': [tens(25, 0), 25, '25'],
    '25 bare, ten a page, counted from 1': [tens(25, 1), 25, '25'],
    '10 bare, ten a page, counted from 0': [tens(10, 0), 10, '10'],
    '29 bare, whatever page is asked for': [() => rows(29), 29, '29'],
    'ten a page, and a total of that page alone': [
      query => {
        const items = tens(25, 1)(query) as unknown[];
        return { items, total: items.length, page_size: 100 };
      },
      25,
      '25',
    ],
    'ten a page, said so, and a total of that page alone': [
      query => {
        const items = tens(25, 1)(query) as unknown[];
        return { items, total: items.length, page_size: 10 };
      },
      25,
      '25',
    ],
    'ten a page, nothing said, and a total of that page alone': [
      query => {
        const items = tens(25, 1)(query) as unknown[];
        return { items, total: items.length };
      },
      25,
      '25',
    ],
    'bare pages from 1, and a refusal like any trouble for page 0': [
      query => (query.get('p') === '0' ? new Error('无效的参数') : tens(25, 1)(query)),
      25,
      'at least 25',
    ],
    'ids that are all 0': [
      () => ({ items: rows(3).map((row, i) => ({ ...row, id: 0, name: `${i}` })) }),
      3,
      '3',
    ],
    'the first page for every page': [
      () => ({ items: rows(100), total: 250, page_size: 100 }),
      100,
      '100 of 250',
    ],
    'a row that cannot be read among others': [
      () => ({ items: [...rows(2), { id: 'x' }], total: 3 }),
      2,
      '2 of 3',
    ],
    '6,000 keys': [query => ({ items: all(6000)(query), total: 6000, page_size: 100 }), 6000, '6,000'],
    '10,000 keys': [
      query => ({ items: all(10_000)(query), total: 10_000, page_size: 100 }),
      8000,
      '8,000 of 10,000',
    ],
    '3,000 keys, bare and ten a page': [tens(3000, 0), 810, 'at least 810'],
  };
  for (const [name, [list, count, text]] of Object.entries(READABLE)) {
    it(`${name}: ${text}`, async () => {
      const { reading, failure } = await outcome(list);
      assert.equal(failure, undefined);
      assert.equal(reading?.accountKeys?.length, count);
      assert.equal(accountKeyCountText(reading ?? {}), text);
    });
  }

  const UNREADABLE: Readonly<Record<string, unknown>> = {
    'items null, two counted': { items: null, total: 2 },
    'no item, two counted': { items: [], total: 2 },
    null: null,
    'no text': '',
    false: false,
    'no data at all': undefined,
    'items null, none counted': { items: null },
    'items that are text': { items: '', total: 0 },
    'items that are false': { items: false, total: 0 },
    'items that are an empty object': { items: {}, total: 0 },
    'an object without a list': { page: 1, page_size: 100 },
    'an empty object': {},
    text: 'two keys',
    'a number': 2,
    'rows of another thing': { items: [{ hello: 1 }, { hello: 2 }], total: 2 },
    'bare rows of another thing': ['a', 'b'],
  };
  for (const [name, list] of Object.entries(UNREADABLE)) {
    it(`${name}: the balance is told, and the keys are not “0 keys”`, async () => {
      const { reading, failure } = await outcome(() => list);
      assert.equal(failure, undefined);
      assert.deepEqual(
        [reading?.account?.balance, reading?.accountKeys, accountKeyCountText(reading ?? {})],
        [1, undefined, undefined],
      );
      assert.equal(unreadableKeysText(reading), 'key list unreadable');
    });
  }

  it('bare, with rows on page 1 and null in place of page 0, may have more', async () => {
    const { reading } = await outcome(query => (query.get('p') === '0' ? null : tens(25, 1)(query)));
    assert.equal(accountKeyCountText(reading ?? {}), 'at least 25');
  });

  it('whose second page cannot be read are those of the first', async () => {
    const { reading } = await outcome(query =>
      query.get('p') === '1' ? { items: rows(100), total: 130, page_size: 100 } : { rows: 'none' },
    );
    assert.deepEqual([reading?.account?.balance, accountKeyCountText(reading ?? {})], [1, '100 of 130']);
  });

  it('tells why a key cannot be used', async () => {
    const past = Math.floor(Date.now() / 1000) - 60;
    const states = [1, 2, 3, 4, 9].map(status => ({ ...rowOf(status), status }));
    const late = [
      { ...rowOf(11), expired_time: past },
      { ...rowOf(12), remain_quota: 0 },
      { ...rowOf(13), remain_quota: -5, unlimited_quota: true },
    ];
    const { reading } = await outcome(() => ({ items: [...states, ...late], total: 8 }));
    assert.deepEqual(
      reading?.accountKeys?.map(({ name, status, enabled }) => [name, status, enabled]),
      [
        ['key 1', undefined, true],
        ['key 2', 'disabled', false],
        ['key 3', 'expired', true],
        ['key 4', 'exhausted', true],
        ['key 9', undefined, true],
        ['key 11', 'expired', true],
        ['key 12', 'exhausted', true],
        ['key 13', undefined, true],
      ],
    );
  });

  it('tells a key’s status by words and switches too, and leaves open what it does not know', async () => {
    const past = Math.floor(Date.now() / 1000) - 60;
    const states: readonly object[] = [
      { status: 'disabled' },
      { status: 'Disabled', enabled: true },
      { status: 'enabled' },
      { status: 'active' },
      { status: 'active', enabled: false },
      { status: '2' },
      { status: 'archived' },
      { status: 'archived', enabled: 0 },
      { status: undefined, enabled: false },
      { status: null, enabled: true },
      { status: 1, enabled: false },
      { status: 3, enabled: false },
      { status: 'active', expired_time: past },
    ];
    const items = states.map((state, index) => ({ ...rowOf(index + 1), ...state }));
    const { reading } = await outcome(() => ({ items, total: items.length }));
    assert.deepEqual(
      reading?.accountKeys?.map(({ status, enabled }) => [status, enabled]),
      [
        ['disabled', false],
        ['disabled', false],
        [undefined, true],
        [undefined, true],
        ['disabled', false],
        ['disabled', false],
        [undefined, undefined],
        ['disabled', false],
        ['disabled', false],
        [undefined, true],
        ['disabled', false],
        ['expired', true],
        ['expired', true],
      ],
    );
  });

  it('that hold a hundred thousand on each page, without an end, are read until there are 8000', async () => {
    let pages = 0;
    const { reading } = await outcome(() => {
      pages += 1;
      const items = Array.from({ length: 100_000 }, (_, i) => ({ id: pages * 100_000 + i }));
      return { items, total: 1_000_000_000 };
    });
    assert.equal(pages, 1);
    assert.equal(reading?.accountKeys?.length, 8000);
    assert.deepEqual(reading.accountKeysMissing, { total: 1_000_000_000 });
  });
});
