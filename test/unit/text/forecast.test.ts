import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Forecast } from '../../../src/core/quota/keyState.ts';
import { lastsUntilText, paceText } from '../../../src/text/forecast.ts';
import { forecastText } from '../../../src/text/forecastText.ts';
import { DAY, HOUR, MINUTE } from '../support/samples.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
/** A Saturday, ten past eight in the evening. */
const NOW = new Date(2026, 5, 20, 20, 10).getTime();

describe('a forecast as text', () => {
  const plain = (text: string | undefined) => text?.replace(/[\u202f\u00a0]/g, ' ');
  /** What is left after so long, at a pace that agrees. */
  const foreseen = (
    ms: number,
    remaining: number,
    confidence: Forecast['confidence'] = 'good',
  ): Forecast => ({
    confidence,
    perDay: (remaining / ms) * DAY,
    lastsUntil: new Date(NOW + ms).toISOString(),
  });

  const ROWS: readonly [what: string, forecast: Forecast, text: string | undefined][] = [
    [
      '27 minutes of a burst, to the minute and by the hour',
      foreseen(27 * MINUTE, 3.42),
      'about Saturday 8:37 PM, at $7.60 an hour',
    ],
    ['two minutes', foreseen(2 * MINUTE, 1), 'about Saturday 8:12 PM, at $30.00 an hour'],
    ['some hours, to the nearest one', foreseen(4.7 * HOUR, 4.7), 'about Sunday 1 AM, at $1.00 an hour'],
    ['two days, by the day', foreseen(2 * DAY, 48), 'about Monday, at $24.00 a day'],
    ['what is not sure', foreseen(2 * DAY, 48, 'low'), 'perhaps Monday, at $24.00 a day'],
    ['weeks', foreseen(26 * DAY, 26), 'about July 16, at $1.00 a day'],
    ['a time that is over: the pace alone', foreseen(-MINUTE, -1), '$1,440.00 a day'],
    ['no end', { confidence: 'fair', perDay: 1.2 }, '$1.20 a day'],
    ['nothing known', { confidence: 'none' }, 'not enough data yet'],
  ];
  for (const [what, forecast, text] of ROWS)
    it(what, () => assert.equal(plain(forecastText(forecast, USD, NOW)), text));

  it('is absent when its time has passed', () => {
    assert.equal(lastsUntilText(foreseen(0, 1), NOW), undefined);
    assert.equal(paceText(undefined, USD, NOW), undefined);
  });
});
