import * as fc from 'fast-check';
import { expiriesOf } from '../../src/core/quota/expiries.ts';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { aliasNames, labelNames } from '../../src/services/tools/keyNames.ts';
import { quotaAnswer } from '../../src/services/tools/quotaAnswer.ts';
import { usageAnswer } from '../../src/services/tools/usageAnswer.ts';
import { verificationReport } from '../../src/services/usage/verificationReport.ts';
import type { VerifyResult } from '../../src/services/usage/verifyGateway.ts';
import { calendarText } from '../../src/text/exports/ics.ts';
import { rangeText } from '../../src/text/range.ts';
import { muteText } from '../../src/vscode/notifications/muteText.ts';
import { storeTroubleText } from '../../src/vscode/notifications/storeTrouble.ts';
import { keyNumbers } from './keyNumbers.ts';
import { numbersIn, unexplained } from './numbers.ts';
import { timeNumbers } from './renderedTimes.ts';
import { amounts, keyStates, NOW, reports } from './states.ts';
import { type Target, target } from './target.ts';
import { names } from './texts.ts';

/** A calendar writes years with four digits, and an end in the last of them stands for none. */
const YEAR_9999 = Date.UTC(9999, 0, 1);

/** How many of a key's models may have names that agents are not told. */
function oddNameCounts({ reading }: KeyState): number[] {
  return [...(reading?.models ?? []).keys()].map(index => index + 1);
}

const keyLists = fc.array(keyStates, { maxLength: 3 });
const yesOrNo = fc.option(fc.boolean(), { nil: undefined });
const counted = fc.option(amounts, { nil: undefined });
const moments = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) });

const results: fc.Arbitrary<VerifyResult> = fc.record({
  steps: fc.array(
    fc.record({
      name: fc.constantFrom<VerifyResult['steps'][number]['name']>(
        'happy-path',
        'date-range',
        'request-count',
      ),
      passed: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  findings: fc.record({
    totalQuota: counted,
    totalUsedQuota: counted,
    requestCount: counted,
    daysPresent: fc.array(names, { maxLength: 3 }),
    rangeFilterWorks: yesOrNo,
    errorPathRefuses: yesOrNo,
  }),
  completion: fc.option(fc.record({ total: counted, usagePresent: fc.boolean() }), { nil: undefined }),
});

/** The first number in JSON for a program that the data did not hold to the last digit. */
function strangeNumber(answer: unknown, numbers: readonly number[]): string | undefined {
  const known = new Set(numbers);
  const look = (value: unknown): string | undefined => {
    if (typeof value === 'number') return known.has(value) ? undefined : `the number ${value}`;
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.values(value)
      .map(look)
      .find(found => found);
  };
  return look(JSON.parse(JSON.stringify(answer)));
}

/** What agents and other programs are told, and what is said in passing. */
export const answerRenderers: readonly Target[] = [
  target(
    'what agents learn about quota',
    'renderer',
    fc.tuple(keyLists, fc.option(names, { nil: undefined }), fc.boolean()),
    ([keys, model, withNames]) => {
      const aliases = new Map(keys.map(({ id }, index) => [id, `key ${index + 1}`]));
      return quotaAnswer(
        keys,
        { model },
        withNames ? labelNames(aliases) : aliasNames(aliases),
        withNames,
        NOW,
      );
    },
    (answer, [keys]) =>
      strangeNumber(answer, [...keys.flatMap(keyNumbers), ...keys.flatMap(oddNameCounts), 0]) ??
      unexplained(answer.summary, [...numbersIn(keys), keys.length, ...keys.keys()]),
  ),
  target(
    'what agents learn about spend',
    'renderer',
    fc.tuple(reports, fc.boolean()),
    ([report, withNames]) => usageAnswer(report, 'key 1', withNames),
    (answer, [report]) => strangeNumber(answer, numbersIn(report)),
  ),
  target(
    'smoke tests',
    'renderer',
    results,
    result =>
      verificationReport(
        {
          key: {
            id: 'k',
            label: 'Key',
            kind: 'cometApi',
            baseUrl: 'https://gw.example',
            credential: 'queryKey',
            fingerprint: '',
            pinned: false,
            createdAt: NOW,
          },
          range: { from: '2026-06-01', to: '2026-06-15' },
        },
        result,
        'me',
        NOW,
      ).markdown,
    (text, result) => {
      const told = new Set(numbersIn(result));
      // What one program tells another may have an exponent.
      const shown = text.replaceAll(/-?\d+(?:\.\d+)?(?:e[+-]\d+)?/g, number =>
        told.has(Number(number)) ? '' : number,
      );
      return unexplained(shown, numbersIn(['2026-06-01', '2026-06-15']));
    },
  ),
  target(
    'calendars of expiring keys',
    'renderer',
    keyLists,
    keys =>
      calendarText(
        'Keys',
        expiriesOf(keys, NOW).map(({ id, expiresAt, label }) => ({
          uid: id,
          at: Date.parse(expiresAt),
          title: label,
          text: label,
          remindDays: 1,
        })),
        NOW,
      ),
    (text, keys) => {
      const starts = [...text.matchAll(/^DTSTART(?:;[^:\r\n]*)?:(\S+)/gm)];
      const ends = expiriesOf(keys, NOW).filter(({ expiresAt }) => Date.parse(expiresAt) < YEAR_9999);
      return starts.length === ends.length ? undefined : `${starts.length} events`;
    },
  ),
  target(
    'ranges in words',
    'renderer',
    fc.tuple(moments, moments),
    ([from, to]) => rangeText({ from: from.toISOString(), to: to.toISOString() }),
    (text, ends) => unexplained(text, timeNumbers(ends.map(end => end.toISOString()))),
  ),
  target(
    'silences',
    'renderer',
    fc.tuple(
      fc.boolean(),
      fc.oneof(fc.constantFrom(undefined, Number.POSITIVE_INFINITY), moments.map(Number)),
    ),
    ([isOn, until]) => muteText({ isOn, pausedUntil: until, snoozed: [] }, NOW) ?? '',
    (text, [, until]) =>
      unexplained(
        text,
        until === undefined || until > 1e13 ? [] : timeNumbers(new Date(until).toISOString()),
      ),
  ),
  target(
    'troubles of the store',
    'renderer',
    fc.record({ kind: fc.constant('damaged' as const), movedTo: names }),
    storeTroubleText,
    text => unexplained(text, []),
  ),
];
