import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { parseRange } from '../../../src/core/usage/range.ts';
import { lastsUntilText } from '../../../src/text/forecast.ts';
import { logTimeText } from '../../../src/text/logTime.ts';
import { clockText, dateTimeText } from '../../../src/text/time.ts';
import { setDisplayZone } from '../../../src/text/zone.ts';
import { displayZone, wallClock, zoneText } from '../../../src/text/zoneName.ts';
import { timeLabels } from '../../../src/webview/chart/timeLabels.ts';
import { useTimeZone } from '../support/timeZone.ts';

const HOUR = 3_600_000;

describe('a page in a browser in UTC whose host is in Shanghai', () => {
  useTimeZone('UTC');
  afterEach(() => setDisplayZone(undefined));

  it('shows every time in the host’s zone, and names the zone', () => {
    setDisplayZone('Asia/Shanghai');
    const time = '2026-11-28T22:39:07Z';
    assert.equal(displayZone(), 'Asia/Shanghai');
    assert.equal(zoneText(), 'All times are in the time zone Asia/Shanghai.');
    assert.match(dateTimeText(time), /^Nov 29, 2026, 6:39\sAM$/);
    assert.match(clockText(time, Date.parse(time) + HOUR), /^6:39\sAM$/);
    assert.match(logTimeText(time), /^Nov 29, 2026, 6:39:07\sAM$/);
    assert.equal(
      lastsUntilText({ lastsUntil: time, confidence: 'fair' }, Date.parse(time) - 48 * HOUR),
      'about Sunday',
    );
    assert.deepEqual(timeLabels('2026-11-28T16:00:00Z', '2026-11-29T15:59:59Z', 'day', displayZone()), [
      '2026-11-29',
    ]);
  });

  it('accepts a day that has begun at the host only', () => {
    const now = Date.parse('2026-11-28T22:39:00Z');
    assert.equal(parseRange('2026-11-29', '2026-11-29', wallClock(now)).problem, 'future');
    setDisplayZone('Asia/Shanghai');
    assert.equal(parseRange('2026-11-29', '2026-11-29', wallClock(now)).problem, undefined);
    assert.equal(parseRange('2026-11-30', '2026-11-30', wallClock(now)).problem, 'future');
  });

  it('uses UTC for an unknown zone', () => {
    setDisplayZone('Mars/Olympus_Mons');
    assert.equal(displayZone(), 'UTC');
    assert.match(dateTimeText('2026-11-28T22:39:00Z'), /10:39\sPM$/);
  });
});

for (const [zone, name, shown] of [
  ['CST-8', '+08:00', /^Nov 29, 2026, 6:39\sAM$/],
  ['CST+8', '-08:00', /^Nov 28, 2026, 2:39\sPM$/],
  // What `Intl` calls +05:00, though it counts by -05:00 as the system does.
  ['GMT+5', '-05:00', /^Nov 28, 2026, 5:39\sPM$/],
  ['Mars/Olympus_Mons', 'UTC', /^Nov 28, 2026, 10:39\sPM$/],
] as const) {
  describe(`a host with the time zone ${zone}`, () => {
    useTimeZone(zone);
    afterEach(() => setDisplayZone(undefined));

    it(`is named ${name}, by which a page shows the same times`, () => {
      const time = '2026-11-28T22:39:00Z';
      assert.equal(displayZone(), name);
      assert.match(dateTimeText(time), shown);
      const now = Math.floor(Date.now() / 60_000) * 60_000;
      assert.equal(wallClock(now), now);
      const day = [
        new Date(2026, 10, 28).toISOString(),
        new Date(2026, 10, 28, 23, 59).toISOString(),
      ] as const;
      assert.deepEqual(timeLabels(...day, 'day', displayZone()), ['2026-11-28']);
      setDisplayZone(displayZone());
      assert.match(dateTimeText(time), shown);
    });
  });
}

describe('a host without a time zone', () => {
  useTimeZone('');

  it('uses UTC and says so', () => {
    assert.equal(displayZone(), 'UTC');
    assert.deepEqual(timeLabels('2026-11-28T00:00:00Z', '2026-11-28T23:59:59Z', 'day', displayZone()), [
      '2026-11-28',
    ]);
    assert.match(dateTimeText('2026-11-28T22:39:00Z'), /^Nov 28, 2026, 10:39\sPM$/);
    assert.equal(wallClock(Date.UTC(2026, 10, 28, 22, 39)), Date.UTC(2026, 10, 28, 22, 39));
  });
});
