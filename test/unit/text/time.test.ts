import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { withNextChange } from '../../../src/core/nextChange.ts';
import { dateAndDistanceText } from '../../../src/text/dateAndDistance.ts';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';
import { clockText, dateTimeText, relativeText, timeLeftText } from '../../../src/text/time.ts';
import { setDisplayZone } from '../../../src/text/zone.ts';
import { LANGUAGES, type Language, textsOf } from '../../l10n/bundles.ts';
import { at, DAY, HOUR, MINUTE, NOW } from '../support/samples.ts';

const SECOND = 1000;

describe('a moment relative to now', () => {
  const DISTANCES: readonly [distance: number, text: string][] = [
    [0, 'just now'],
    [1, 'in less than a minute'],
    [45 * SECOND - 1, 'in less than a minute'],
    [45 * SECOND, 'in less than a minute'],
    [MINUTE - 1, 'in less than a minute'],
    [MINUTE, 'in 1 minute'],
    [5 * MINUTE, 'in 5 minutes'],
    [89 * MINUTE, 'in 89 minutes'],
    [90 * MINUTE, 'in 1 hour 30 minutes'],
    [119 * MINUTE, 'in 1 hour 59 minutes'],
    [2 * HOUR, 'in 2 hours'],
    [47 * HOUR, 'in 47 hours'],
    [2 * DAY, 'in 2 days'],
    [3 * DAY, 'in 3 days'],
    [59 * DAY, 'in 59 days'],
    [61 * DAY, 'in 61 days'],
    [62 * DAY, 'in 2 months'],
    [372 * DAY, 'in 12 months'],
    [732 * DAY, 'in 2 years'],
  ];
  for (const [distance, text] of DISTANCES) {
    it(`${distance / SECOND} s ahead: ${text}`, () => {
      assert.equal(relativeText(NOW + distance, NOW), text);
      assert.equal(relativeText(at(distance), NOW), text);
    });
    it(`${distance / SECOND} s ago is shown in the same unit`, () => {
      const minutes = distance < 45 * SECOND ? 'just now' : '1 minute ago';
      const ago = distance < MINUTE ? minutes : `${text.slice('in '.length)} ago`;
      assert.equal(relativeText(NOW - distance, NOW), ago);
    });
  }

  for (const [ahead, text] of [
    [2.9 * DAY, 'in 2 days'],
    [3 * DAY - HOUR, 'in 2 days'],
    [3 * DAY - 1, 'in 2 days'],
    [2 * HOUR - 1, 'in 1 hour 59 minutes'],
    [2.9 * HOUR, 'in 2 hours'],
    [3 * HOUR - 2 * MINUTE, 'in 2 hours'],
    [2 * MINUTE - 1, 'in 1 minute'],
    [93 * DAY, 'in 3 months'],
    [92 * DAY, 'in 2 months'],
    [1098 * DAY, 'in 3 years'],
    [1097 * DAY, 'in 2 years'],
    [731 * DAY, 'in 23 months'],
    [3652 * DAY, 'in 9 years'],
  ] as const) {
    it(`${ahead / HOUR} h ahead is ${text}, rounded down`, () => {
      assert.equal(relativeText(NOW + ahead, NOW), text);
      assert.equal(`in ${timeLeftText(NOW + ahead, NOW)}`, text);
    });
  }

  it('more than ten years ahead is a date without a distance', () => {
    assert.equal(relativeText('2036-06-15T12:00:00Z', NOW), 'in 9 years');
    assert.equal(relativeText('2036-06-16T12:00:01Z', NOW), 'Jun 16, 2036');
    assert.equal(relativeText('2100-01-01T00:00:00Z', NOW), 'Jan 1, 2100');
    assert.match(dateAndDistanceText('2100-01-01T12:00:00Z', NOW), /^Jan 1, 2100, [^()]*$/);
    assert.match(dateAndDistanceText('2026-06-18T12:00:00Z', NOW), /^in 3 days \(Jun 18, 2026, [^()]*\)$/);
  });

  it('reports exactly when its text changes', () => {
    const texts = [
      (now: number) => relativeText(NOW, now),
      (now: number) => clockText(NOW, now),
      (now: number) => timeLeftText(Math.max(NOW, now), now),
    ];
    for (const text of texts) {
      let now = NOW - 4000 * DAY;
      for (let changes = 0; changes < 500; changes++) {
        const { value, until } = withNextChange(() => text(now));
        if (until === Number.POSITIVE_INFINITY) break;
        assert.ok(until > now, `${value} at ${now - NOW}`);
        assert.equal(text(until - 1), value);
        assert.notEqual(text(until), value);
        now = until;
      }
    }
  });

  it('an age is rounded to the nearest unit', () => {
    assert.equal(relativeText(NOW - 2.9 * DAY, NOW), '3 days ago');
    assert.equal(relativeText(NOW - 2.4 * DAY, NOW), '2 days ago');
    assert.equal(relativeText(NOW - 119.4 * MINUTE, NOW), '1 hour 59 minutes ago');
    assert.equal(relativeText(NOW - 119.6 * MINUTE, NOW), '2 hours ago');
  });

  it('is in the display language', () => {
    setDisplayLanguage('de');
    assert.equal(relativeText(NOW + 3 * DAY, NOW), 'in 3 Tagen');
    setDisplayLanguage('en');
  });
});

describe('times in other languages', () => {
  afterEach(() => setDisplayLanguage('en'));

  /** Three hours ago, two days ahead, what is left of four months, and a moment. */
  const TIMES: Readonly<Record<Language, readonly string[]>> = {
    'zh-cn': ['3 小时前', '2 天后', '4 个月', '2026年6月18日 12:00'],
    'zh-tw': ['3 小時前', '2 天後', '4 個月', '2026年6月18日 中午12:00'],
    ja: ['3 時間前', '2 日後', '4 か月', '2026/06/18 12:00'],
  };
  for (const language of LANGUAGES)
    it(`are written as ${language} does`, () => {
      setDisplayLanguage(language);
      setDisplayZone('UTC');
      const texts = [
        relativeText(NOW - 3 * HOUR, NOW),
        relativeText(NOW + 2 * DAY, NOW),
        timeLeftText(NOW + 124 * DAY, NOW),
        dateTimeText('2026-06-18T12:00:00Z'),
      ];
      setDisplayZone(undefined);
      assert.deepEqual(texts, TIMES[language]);
    });
});

describe('hours and minutes in other languages', () => {
  afterEach(() => setDisplayLanguage('en'));

  const DISTANCES: Readonly<Record<Language, readonly string[]>> = {
    'zh-cn': ['1 小时 45 分钟后', '1 小时 45 分钟前', '1 小时 45 分钟'],
    'zh-tw': ['1 小時 45 分鐘後', '1 小時 45 分鐘前', '1 小時 45 分鐘'],
    ja: ['1 時間 45 分後', '1 時間 45 分前', '1 時間 45 分'],
  };
  for (const language of LANGUAGES)
    it(`are written as ${language} does`, () => {
      setDisplayLanguage(language, textsOf(`l10n/bundle.l10n.${language}.json`));
      const far = NOW + 105 * MINUTE;
      const texts = [relativeText(far, NOW), relativeText(NOW - 105 * MINUTE, NOW), timeLeftText(far, NOW)];
      assert.deepEqual(texts, DISTANCES[language]);
    });
});

describe('dates and times', () => {
  const zone = process.env.TZ;

  before(() => {
    process.env.TZ = 'Asia/Shanghai';
  });

  // Formats are cached by language with the zone they were made in, so this takes a language that no other test uses.
  beforeEach(() => setDisplayLanguage('en-GB'));

  afterEach(() => setDisplayLanguage('en'));

  after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('are in the local time zone', () => {
    assert.equal(dateTimeText(NOW), '15 Jun 2026, 20:00');
    assert.equal(dateTimeText('2026-12-31T16:00:00.000Z'), '1 Jan 2027, 00:00');
  });

  it('are in the display language', () => {
    setDisplayLanguage('zh-Hans-CN');
    assert.equal(dateTimeText(NOW), '2026年6月15日 20:00');
  });

  it('are only a time of day while that is clear', () => {
    assert.equal(clockText(NOW + 32 * MINUTE, NOW), '20:32');
    assert.equal(clockText(at(-19 * HOUR), NOW), '01:00');
    assert.equal(clockText(NOW + 20 * HOUR, NOW), '16 Jun 2026, 16:00');
  });
});
