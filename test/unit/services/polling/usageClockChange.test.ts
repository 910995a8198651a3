import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { parseRange } from '../../../../src/core/usage/range.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { accountHours } from '../../gateways/asking.ts';
import { TEAM } from '../../gateways/fixture.ts';
import { TestSetup } from '../../support/testSetup.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const HOUR = 3600;

/** In Berlin the clock went back on 26 October 2025 and forward on 29 March 2026. */
const CASES = [
  { from: '2025-10-25', to: '2025-10-27', hours: [24, 25, 24] },
  { from: '2026-03-28', to: '2026-03-30', hours: [24, 23, 24] },
] as const;

describe('what was spent in a range in which the clock changes', () => {
  useTimeZone('Europe/Berlin');
  let setup: TestSetup;
  afterEach(() => setup.close());

  const rangeOf = (from: string, to: string) =>
    parseRange(from, to, setup.clock.now()).range ?? assert.fail('no range');

  /** A request of one cent in each hour of the range, and one on either side that is not in it. */
  const open = async ({ from, to }: (typeof CASES)[number]) => {
    setup = await TestSetup.open({ accounts: [TEAM] });
    const range = rangeOf(from, to);
    for (let at = range.from / 1000 - HOUR; at <= (range.to + 1) / 1000; at += HOUR) {
      setup.gateway.spend('alice', { at, quota: 5000, model: 'gpt-4.1' });
    }
    return range;
  };
  const byDay = ({ byDay: days }: Pick<UsageReport, 'byDay'>) =>
    days?.map(({ name, used, requests }) => [name, used, requests]);
  const expected = ({ from, hours }: (typeof CASES)[number]) =>
    hours.map((count, index) => {
      const day = new Date(`${from}T12:00:00Z`);
      day.setUTCDate(day.getUTCDate() + index);
      return [day.toISOString().slice(0, 10), count / 100, count];
    });

  for (const each of CASES) {
    for (const [name, keyOf] of [
      ['an account’s log', () => setup.account('team')],
      ['a key’s own log', () => setup.key('alice')],
    ] as const) {
      it(`${each.hours.join(', ')} hours: every request of ${name} is on its day`, async () => {
        const range = await open(each);
        const key: KeyRecord = await setup.add(keyOf());
        const report = await queryUsage(setup.testWindow, key, range);
        assert.deepEqual(byDay(report), expected(each));
        assert.equal(report.total?.requests, each.hours[0] + each.hours[1] + each.hours[2]);
      });
    }

    it(`${each.hours.join(', ')} hours: every hour of the hourly sums is on its day`, async () => {
      const range = await open(each);
      assert.deepEqual(byDay(await accountHours(setup, range)), expected(each));
    });
  }

  it('the hour that comes twice is one bar with both in it', async () => {
    await open(CASES[0]);
    const key = await setup.add(setup.account('team'));
    const { timeline } = await queryUsage(setup.testWindow, key, rangeOf('2025-10-26', '2025-10-26'));
    const cells = new Map(timeline?.cells.map(({ at, requests }) => [at, requests]));
    assert.equal(cells.size, 24);
    assert.equal(cells.get('2025-10-26T02:00'), 2);
    assert.equal(cells.get('2025-10-26T03:00'), 1);
  });
});
