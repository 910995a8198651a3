import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { english, speak } from '../../../src/words/l10n.ts';
import { clockText, dateTimeText, relativeText } from '../../../src/words/time.ts';
import { at, DAY, HOUR, MINUTE, NOW } from '../support/samples.ts';

const SECOND = 1000;

describe('a moment seen from now', () => {
  const DISTANCES: readonly [distance: number, text: string][] = [
    [0, 'just now'],
    [45 * SECOND - 1, 'just now'],
    [45 * SECOND, 'in 1 minute'],
    [MINUTE, 'in 1 minute'],
    [5 * MINUTE, 'in 5 minutes'],
    [119 * MINUTE, 'in 119 minutes'],
    [2 * HOUR, 'in 2 hours'],
    [47 * HOUR, 'in 47 hours'],
    [2 * DAY, 'in 2 days'],
    [3 * DAY, 'in 3 days'],
    [59 * DAY, 'in 59 days'],
    [60 * DAY, 'in 2 months'],
    [360 * DAY, 'in 12 months'],
    [729 * DAY, 'in 24 months'],
    [730 * DAY, 'in 2 years'],
    [3650 * DAY, 'in 10 years'],
  ];
  for (const [distance, text] of DISTANCES) {
    it(`${distance / SECOND} s ahead: ${text}`, () => {
      assert.equal(relativeText(NOW + distance, NOW), text);
      assert.equal(relativeText(at(distance), NOW), text);
    });
    it(`${distance / SECOND} s ago is told alike`, () => {
      const ago = distance < 45 * SECOND ? text : `${text.slice('in '.length)} ago`;
      assert.equal(relativeText(NOW - distance, NOW), ago);
    });
  }

  for (const [ahead, text] of [
    [2.9 * DAY, 'in 2 days'],
    [3 * DAY - HOUR, 'in 3 days'],
    [2.9 * HOUR, 'in 2 hours'],
    [3 * HOUR - 2 * MINUTE, 'in 3 hours'],
    [89 * DAY, 'in 3 months'],
    [85 * DAY, 'in 2 months'],
    [1090 * DAY, 'in 3 years'],
    [1040 * DAY, 'in 2 years'],
  ] as const) {
    it(`${ahead / HOUR} h ahead is ${text}: no later than it is, but for a twentieth`, () =>
      assert.equal(relativeText(NOW + ahead, NOW), text));
  }

  it('an age is rounded to what is nearest', () => {
    assert.equal(relativeText(NOW - 2.9 * DAY, NOW), '3 days ago');
    assert.equal(relativeText(NOW - 2.4 * DAY, NOW), '2 days ago');
  });

  it('speaks the display language', () => {
    speak('de', english);
    assert.equal(relativeText(NOW + 3 * DAY, NOW), 'in 3 Tagen');
    speak('en', english);
  });
});

describe('dates and times', () => {
  const zone = process.env.TZ;

  before(() => {
    process.env.TZ = 'Asia/Shanghai';
  });

  // Formats are kept for each language with the zone they were made in, so a language nobody else speaks is spoken.
  beforeEach(() => speak('en-GB', english));

  afterEach(() => speak('en', english));

  after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('are in the local time zone', () => {
    assert.equal(dateTimeText(NOW), '15 Jun 2026, 20:00');
    assert.equal(dateTimeText('2026-12-31T16:00:00.000Z'), '1 Jan 2027, 00:00');
  });

  it('are in the display language', () => {
    speak('zh-Hans-CN', english);
    assert.equal(dateTimeText(NOW), '2026年6月15日 20:00');
  });

  it('only the time of day while that is clear', () => {
    assert.equal(clockText(NOW + 32 * MINUTE, NOW), '20:32');
    assert.equal(clockText(at(-19 * HOUR), NOW), '01:00');
    assert.equal(clockText(NOW + 20 * HOUR, NOW), '16 Jun 2026, 16:00');
  });
});
