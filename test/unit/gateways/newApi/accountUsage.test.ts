import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import { readAccountUsage } from '../../../../src/gateways/newApi/accountUsage.ts';
import { DAY, HOUR, NOW } from '../../support/samples.ts';
import { type Data, logRow, scriptedContext } from './scriptedContext.ts';

const LOG = '/api/log/self';
const SUMS = '/api/data/self';
const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;
const RANGE = { from: NOW - DAY, to: NOW - HOUR - 1 };
const ROW = logRow(7200);
const BUCKET = { model_name: 'gpt-4.1', created_at: NOW / 1000 - 7200, quota: 100 };
const counted = (total: number): Data => ({ items: [], total });
const NOT_COUNTED: Data = { items: [ROW] };

/** What was spent, and which paths were asked. */
async function read(answers: Readonly<Record<string, readonly Data[]>>) {
  const { context, asked } = scriptedContext(answers);
  const { total, byKey } = await readAccountUsage(context, RANGE, UNITS);
  return [total?.used, byKey?.map(({ name }) => name), asked];
}

describe('what an account spent', () => {
  it('is told by its rows up to four thousand, and by hours above', async () => {
    assert.deepEqual(await read({ [LOG]: [counted(1), { items: [ROW], total: 1 }] }), [
      10,
      ['alice'],
      [LOG, LOG],
    ]);
    const { context, asked } = scriptedContext({
      [LOG]: [counted(4000), failed('transient', 'server-error')],
    });
    await assert.rejects(readAccountUsage(context, RANGE, UNITS), /server-error/);
    assert.deepEqual(asked, [LOG, LOG]);
    assert.deepEqual(await read({ [LOG]: [counted(4001)], [SUMS]: [[BUCKET]] }), [
      100,
      undefined,
      [LOG, SUMS],
    ]);
  });

  it('is told by its rows where pages are bare', async () => {
    assert.deepEqual(await read({ [LOG]: [[ROW], [ROW], [ROW], []] }), [10, ['alice'], [LOG, LOG, LOG, LOG]]);
  });

  it('is told by hours where rows are not counted, and by rows where there are no hours', async () => {
    assert.deepEqual(await read({ [LOG]: [NOT_COUNTED], [SUMS]: [[BUCKET]] }), [100, undefined, [LOG, SUMS]]);
    const missing = failed('not-supported', 'no-such-endpoint');
    const rows = [NOT_COUNTED, NOT_COUNTED, { items: [] }];
    assert.deepEqual(await read({ [LOG]: rows, [SUMS]: [missing] }), [10, ['alice'], [LOG, SUMS, LOG, LOG]]);
  });

  it('is not told by more rows than four thousand, or in place of hours that fail', async () => {
    const missing = failed('not-supported', 'no-such-endpoint');
    await assert.rejects(read({ [LOG]: [counted(4001)], [SUMS]: [missing] }), missing);
    for (const other of [failed('transient', 'server-error'), new TypeError('ours')])
      await assert.rejects(read({ [LOG]: [NOT_COUNTED], [SUMS]: [other] }), other);
  });

  it('is not 0 by hours without any sum where rows are counted', async () => {
    const stat = '/api/log/self/stat';
    assert.deepEqual(await read({ [LOG]: [counted(4001)], [SUMS]: [[]], [stat]: [{ quota: 7 }] }), [
      7,
      undefined,
      [LOG, SUMS, stat],
    ]);
  });
});
