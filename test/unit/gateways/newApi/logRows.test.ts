import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import type { LogFilter } from '../../../../src/core/usage/logRow.ts';
import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import { readAccountLogs } from '../../../../src/gateways/newApi/logs.ts';
import { NOW, reading } from '../../support/samples.ts';
import { type Answer, answeringContext } from './answeringContext.ts';
import { logRow } from './scriptedContext.ts';

const LOG = '/api/log/self';
const STAT = '/api/log/self/stat';
const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;

const data = (data: unknown): Answer => [200, { success: true, message: '', data }];
const page = (items: readonly unknown[], total?: number): Answer =>
  data({ items, ...(total !== undefined && { total }) });
const stat = (quota: unknown): Answer => data({ quota, rpm: 3, tpm: 40 });
const TWO = [logRow(1), logRow(2)];

/** A page of two rows at most, and what was sent. */
async function read(
  pages: readonly Answer[],
  filter: Partial<LogFilter> = {},
  stats: readonly Answer[] = [stat(1000)],
  more: Partial<GatewayContext> = {},
) {
  const { context, sent } = answeringContext({ [LOG]: pages, [STAT]: stats }, {
    credential: 'accessToken',
    ...more,
  } as never);
  const logs = await readAccountLogs(context, { page: 1, pageSize: 2, ...filter }, UNITS);
  return { logs, sent };
}

describe('a page of an account’s log', () => {
  const ends = async (pages: readonly Answer[], filter: Partial<LogFilter> = {}) => {
    const { total, more, isTotalLeast } = (await read(pages, filter)).logs;
    return [total, more, isTotalLeast];
  };

  it('is followed by another one while more rows are counted', async () => {
    assert.deepEqual(await ends([page(TWO, 5)]), [5, true, undefined]);
    assert.deepEqual(await ends([page(TWO, 2)]), [2, false, undefined]);
    assert.deepEqual(await ends([page(TWO, 5)], { page: 3 }), [5, false, undefined]);
    assert.deepEqual(await ends([page(TWO, 4)], { page: 2 }), [4, false, undefined]);
  });

  it('that is full may be followed by another one where counting may have stopped', async () => {
    assert.deepEqual(await ends([page(TWO, 10_000)], { page: 5000 }), [10_000, true, true]);
    assert.deepEqual(await ends([page(TWO.slice(1), 10_000)], { page: 5000 }), [10_000, false, undefined]);
    assert.deepEqual(await ends([page(TWO, 10_002)]), [10_002, true, undefined]);
  });

  it('that is full is followed by another one where nothing is counted', async () => {
    assert.deepEqual(await ends([page(TWO)]), [undefined, true, undefined]);
    assert.deepEqual(await ends([page(TWO.slice(1))]), [undefined, false, undefined]);
  });

  it('that is bare counts from 0, and what came first is the next one', async () => {
    const { logs, sent } = await read([data(TWO), data([logRow(3)])], { page: 4 });
    assert.deepEqual([logs.rows.length, logs.more, logs.total], [1, true, undefined]);
    assert.deepEqual(
      sent.slice(0, 2).map(({ query }) => query?.p),
      [4, 3],
    );
    assert.equal((await read([data([]), data(TWO)])).logs.more, false);
  });

  it('says how many rows came, where some cannot be read or shown', async () => {
    const whole = (await read([page(TWO, 2)])).logs;
    assert.deepEqual([whole.sent, whole.unreadable], [undefined, undefined]);
    assert.deepEqual([whole.appliedHere, whole.notApplied], [undefined, undefined]);
    const odd = (await read([page([logRow(1), { created_at: 'noon' }], 2)])).logs;
    assert.deepEqual([odd.rows.length, odd.sent, odd.unreadable], [1, 2, 1]);
    const other = (await read([page([logRow(1), logRow(2, { type: 1 })], 2)], { type: 'consume' })).logs;
    assert.deepEqual([other.rows.length, other.sent, other.unreadable], [1, 2, undefined]);
    assert.deepEqual(
      [other.appliedHere, other.notApplied, other.total, other.summary],
      [['type'], undefined, undefined, undefined],
    );
  });

  it('has neither count nor summary where a part of the filter was not applied', async () => {
    for (const filter of [{ group: 'vip' }, { type: 'topUp' }] as const) {
      const { logs } = await read([page(TWO, 10_000)], filter, []);
      assert.deepEqual([logs.total, logs.isTotalLeast, logs.summary], [undefined, undefined, undefined]);
    }
    assert.deepEqual((await read([page(TWO, 2)], { group: 'vip' }, [])).logs.notApplied, ['group']);
  });

  it('is asked for by the names and whole seconds of the gateway', async () => {
    const filter = {
      type: 'refund',
      keyName: 'alice',
      model: 'gpt-4.1',
      group: 'vip',
      requestId: 'r1',
    } as const;
    const { sent } = await read([page([], 0)], { ...filter, from: NOW - 1500, to: NOW - 500 });
    assert.deepEqual(sent[0]?.query, {
      p: 1,
      page_size: 2,
      type: '6',
      token_name: 'alice',
      model_name: 'gpt-4.1',
      group: 'vip',
      request_id: 'r1',
      start_timestamp: NOW / 1000 - 1,
      end_timestamp: NOW / 1000 - 1,
    });
    const any = (await read([page([], 0)])).sent[0]?.query;
    assert.deepEqual(JSON.parse(JSON.stringify(any)), { p: 1, page_size: 2 });
  });

  it('is asked for by other names as well, where it may be one-hub’s', async () => {
    const queryOf = async (lineage: 'newApi' | 'oneHub') =>
      (await read([page([], 0)], { page: 3, type: 'consume' }, undefined, { site: { lineage } })).sent[0]
        ?.query;
    const { page: number, size, log_type } = (await queryOf('oneHub')) ?? {};
    assert.deepEqual([number, size, log_type], [3, 2, '2']);
    assert.equal('log_type' in ((await queryOf('newApi')) ?? {}), false);
  });

  it('is asked for by the original name of a key', async () => {
    const accountKeys = [{ name: 'alice', trueName: 'ali\u200Bce' }];
    const lastReading = reading({ accountKeys } as never);
    const row = logRow(1, { token_name: 'ali\u200Bce' });
    const { logs, sent } = await read([page([row], 1)], { keyName: 'alice' }, undefined, { lastReading });
    assert.equal(sent[0]?.query?.token_name, 'ali\u200Bce');
    assert.deepEqual([logs.rows[0]?.keyName, logs.rows[0]?.trueKeyName], ['alice', 'ali\u200Bce']);
  });
});

describe('the summary of an account’s log', () => {
  const summaryOf = async (
    rows: readonly unknown[],
    stats: readonly Answer[],
    filter: Partial<LogFilter> = {},
  ) => (await read([page(rows, rows.length)], filter, stats)).logs.summary;
  const SUMMARY = { used: 20, rpm: 3, tpm: 40 };

  it('is what the gateway says', async () => {
    assert.deepEqual(await summaryOf(TWO, [stat(20)]), SUMMARY);
    assert.deepEqual(await summaryOf(TWO, [stat(20)], { type: 'consume' }), SUMMARY);
  });

  it('is contradicted by rows that spent more, and by no other rows', async () => {
    assert.equal((await summaryOf(TWO, [stat(19)]))?.isContradicted, true);
    const others = [logRow(1, { quota: 20 }), logRow(2, { type: 1, quota: 500 })];
    assert.deepEqual(await summaryOf(others, [stat(20)]), SUMMARY);
    const mute = [logRow(1, { quota: 20 }), logRow(2, { quota: null })];
    assert.deepEqual(await summaryOf(mute, [stat(20)]), SUMMARY);
    assert.equal((await summaryOf(mute, [stat(19)]))?.isContradicted, true);
  });

  it('is none beside a type or a request id, which the gateway’s ignores', async () => {
    const topUps = [logRow(1, { type: 1 })];
    assert.equal(await summaryOf(topUps, [], { type: 'topUp' }), undefined);
    assert.equal(await summaryOf([logRow(1, { request_id: 'r1' })], [], { requestId: 'r1' }), undefined);
  });

  it('is none where it cannot be read, and the rows are kept', async () => {
    assert.equal(await summaryOf(TWO, [stat('$5')]), undefined);
    assert.equal(await summaryOf(TWO, [stat(-1)]), undefined);
    assert.equal(await summaryOf(TWO, [failed('transient', 'server-error')]), undefined);
    await assert.rejects(summaryOf(TWO, [new TypeError('ours')]), /ours/);
  });
});

describe('a row of a page', () => {
  const rowOf = async (more: Readonly<Record<string, unknown>>) => {
    const { rows } = (await read([page([logRow(1, more)], 1)])).logs;
    return JSON.parse(JSON.stringify(rows[0]));
  };

  it('has what is told of it', async () => {
    assert.deepEqual(await rowOf({}), {
      at: new Date(NOW - 1000).toISOString(),
      type: 'consume',
      keyName: 'alice',
      model: 'gpt-4.1',
      amount: 10,
      promptTokens: 2,
      completionTokens: 1,
    });
    const mute = await rowOf({ token_name: undefined, model_name: undefined, quota: undefined, type: 99 });
    assert.deepEqual([mute.keyName, mute.model, mute.amount, mute.type], ['', '', undefined, 'other']);
  });

  it('has what a refund gives back as less than nothing, as sums have it, whichever sign it was told with', async () => {
    for (const quota of [4, -4]) assert.equal((await rowOf({ type: 6, quota })).amount, -4);
    assert.ok(Object.is((await rowOf({ type: 6, quota: 0 })).amount, 0));
    assert.equal((await rowOf({ type: 6, quota: undefined })).amount, undefined);
    assert.equal(
      (await rowOf({ type: 2, quota: -4 })).amount,
      undefined,
      'no request costs less than nothing',
    );
  });

  it('has its time in seconds, whichever software tells it', async () => {
    assert.equal((await rowOf({ use_time: 7, elapsed_time: 1500 })).seconds, 7);
    assert.equal((await rowOf({ elapsed_time: 1500, request_time: 2500 })).seconds, 1.5);
    assert.equal((await rowOf({ request_time: 2500 })).seconds, 2.5);
  });

  it('has its address, group and text by either name, and none that are empty', async () => {
    const { address, group, text } = await rowOf({
      ip: '203.0.113.7',
      source_ip: 'x',
      group: 'vip',
      content: 'c',
    });
    assert.deepEqual([address, group, text], ['203.0.113.7', 'vip', 'c']);
    assert.equal((await rowOf({ source_ip: '203.0.113.8' })).address, '203.0.113.8');
    const empty = await rowOf({ ip: '', group: '', content: '', request_id: '' });
    assert.deepEqual(
      [empty.address, empty.group, empty.text, empty.requestId],
      [undefined, undefined, undefined, undefined],
    );
  });
});
