import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sentDays } from '../../../../src/gateways/newApi/sentDays.ts';
import { DAY, NOW } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { type Data, scriptedContext } from './scriptedContext.ts';

const SUMS = '/api/data/self';
const hour = (daysAgo: number) => ({ created_at: (NOW - daysAgo * DAY) / 1000 });

describe('the days that a gateway sends for a range', () => {
  useTimeZone('UTC');

  const read = async (days: number, answers: readonly Data[], sumsHours?: false) => {
    const site = { lineage: 'newApi', ...(sumsHours === false && { sumsHours }) } as const;
    const { context, asked } = scriptedContext({ [SUMS]: answers }, site);
    return [await sentDays(context, { from: NOW - days * DAY, to: NOW - 1 }), asked.length];
  };

  it('are told once each, in order, also those that nobody asked for', async () => {
    assert.deepEqual(await read(2, [[hour(1), hour(40), hour(1), hour(0)]]), [
      ['2026-05-06', '2026-06-14', '2026-06-15'],
      1,
    ]);
  });

  it('are read in slices of thirty days', async () => {
    assert.deepEqual(await read(40, [[hour(35)], [hour(2)]]), [['2026-05-11', '2026-06-13'], 2]);
  });

  it('are none of an hour whose time cannot be read', async () => {
    assert.deepEqual(await read(2, [[{ created_at: 'noon' }, {}, hour(1)]]), [['2026-06-14'], 1]);
  });

  it('are not asked for where the site says that it sums no hours', async () => {
    assert.deepEqual(await read(2, [], false), [[], 0]);
  });
});
