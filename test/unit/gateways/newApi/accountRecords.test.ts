import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SpendRecords } from '../../../../src/core/ledger/spendRecord.ts';
import { failed } from '../../../../src/core/quota/failure.ts';
import type { Range } from '../../../../src/core/usage/range.ts';
import { readHourlyUsage } from '../../../../src/gateways/newApi/hourlyUsage.ts';
import { readLogUsage } from '../../../../src/gateways/newApi/logUsage.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { type Data, logRow, scriptedContext } from './scriptedContext.ts';

const LOG = '/api/log/self';
const SUMS = '/api/data/self';
const UNITS = { unit: { code: 'UNITS', source: 'gateway' }, perUnit: 1 } as const;
const page = (items: readonly unknown[], total: number): Data => ({ items, total, page_size: 100 });
const bucket = (hoursAgo: number, more: Readonly<Record<string, unknown>> = {}) => ({
  model_name: 'gpt-4.1',
  created_at: (NOW - hoursAgo * HOUR) / 1000,
  quota: 100,
  ...more,
});

/** The span that an answer is complete for, in hours before now, by source; undefined where for none. */
function spans(told: readonly SpendRecords[]) {
  const hoursAgo = (seconds: number) => (NOW / 1000 - seconds) / 3600;
  return told.map(({ source, complete }) => [
    source,
    complete && [hoursAgo(complete.from), hoursAgo(complete.to)],
  ]);
}

async function told(
  answers: Readonly<Record<string, readonly Data[]>>,
  range: Range,
  serverNow: number | undefined,
  read: typeof readLogUsage | 'hours' = 'hours',
): Promise<readonly SpendRecords[]> {
  const all: SpendRecords[] = [];
  const { context } = scriptedContext(answers);
  const recording = { ...context, recordSpend: (records: SpendRecords) => all.push(records) };
  if (read === 'hours') await readHourlyUsage(recording, range, UNITS, { serverNow });
  else await read(recording, range, UNITS, undefined, serverNow);
  return all;
}

describe('what an account’s log tells the ledger', () => {
  const rows = (count: number, first = 7200) =>
    Array.from({ length: count }, (_, index) => logRow(first + index));
  const PAST_DAY = { from: NOW - DAY, to: NOW - HOUR - 1 };

  it('is nothing where rows went while it was read, also where it broke off then', async () => {
    const shrinking = [page(rows(100), 250), page(rows(100, 7400), 240), failed('transient', 'server-error')];
    assert.deepEqual(spans(await told({ [LOG]: shrinking }, PAST_DAY, NOW, readLogUsage)), [
      ['accountLog', undefined],
    ]);
  });

  it('is all of the range where nothing of that happened', async () => {
    const whole = [page(rows(100), 150), page(rows(50, 7300), 150)];
    assert.deepEqual(spans(await told({ [LOG]: whole }, PAST_DAY, NOW, readLogUsage)), [
      ['accountLog', [24, 1]],
    ]);
  });

  it('ends an hour ago where the gateway does not tell its time', async () => {
    const range = { from: NOW - DAY, to: NOW + DAY };
    const [only] = await told({ [LOG]: [page(rows(2), 2)] }, range, undefined, readLogUsage);
    assert.deepEqual(only?.complete, { from: (NOW - DAY) / 1000, to: (NOW - HOUR) / 1000 - 1 });
  });
});

describe('what an account’s hourly sums tell the ledger', () => {
  const PAST = { from: NOW - DAY, to: NOW - HOUR - 1 };
  /** When the last hour of these is surely summed up. */
  const SUMMED = NOW + 10 * MINUTE;

  it('is whole hours that are summed up: seventy minutes after they ended', async () => {
    const range = { from: NOW - 5 * HOUR, to: NOW + HOUR - 1 };
    // Rows of the hour that is not summed up yet cannot be counted.
    const answers = { [SUMS]: [[bucket(3)]], [LOG]: [failed('transient', 'server-error')] };
    assert.deepEqual(spans(await told(answers, range, SUMMED)), [['hourlySums', [5, 1]]]);
    assert.deepEqual(spans(await told(answers, range, SUMMED - 1)), [['hourlySums', [5, 2]]]);
  });

  it('is nothing where one of them cannot be read', async () => {
    const answers = { [SUMS]: [[bucket(5), bucket(4, { quota: null })]] };
    assert.deepEqual(spans(await told(answers, PAST, SUMMED)), [['hourlySums', undefined]]);
  });

  it('is what came before the gateway broke off, from the first whole hour on', async () => {
    // 40 days in slices of 30: the older slice fails, and the newer one begins half past an hour.
    const from = NOW - 40 * DAY - HOUR / 2;
    const answers = { [SUMS]: [[bucket(5)], failed('transient', 'server-error')], [LOG]: [] };
    const [only] = await told(answers, { from, to: NOW - HOUR - 1 }, SUMMED);
    assert.deepEqual(spans([only ?? assert.fail()]), [['hourlySums', [10 * 24, 1]]]);
  });

  it('is nothing where the gateway does not tell its time', async () => {
    assert.deepEqual(spans(await told({ [SUMS]: [[bucket(5)]] }, PAST, undefined)), []);
  });
});
