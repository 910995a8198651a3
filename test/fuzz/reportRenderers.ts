import * as fc from 'fast-check';
import { unitId } from '../../src/core/quota/unit.ts';
import type { Anomaly } from '../../src/core/usage/anomalies.ts';
import { coverageText } from '../../src/text/coverage.ts';
import { documentHtml } from '../../src/text/document/documentHtml.ts';
import { documentMarkdown } from '../../src/text/document/documentMarkdown.ts';
import { csvText } from '../../src/text/exports/csv.ts';
import { calendarText } from '../../src/text/exports/ics.ts';
import { reportsCsv } from '../../src/text/exports/reportCsv.ts';
import { reportsJson } from '../../src/text/exports/reportJson.ts';
import { reportsMarkdown } from '../../src/text/exports/reportMarkdown.ts';
import { reviewBlocks } from '../../src/text/review/review.ts';
import type { Review } from '../../src/text/review/reviewContent.ts';
import { quotedDoubt } from '../../src/text/review/reviewDoubts.ts';
import { verificationMarkdown } from '../../src/text/verification.ts';
import { formulaIn, strangeCell } from './csvCells.ts';
import { numbersIn, unexplained } from './numbers.ts';
import { timeNumbers } from './renderedTimes.ts';
import { sharesOf } from './shares.ts';
import { amounts, NOW, reports } from './states.ts';
import { type Target, target } from './target.ts';
import { longTexts, names } from './texts.ts';

const lists = fc.array(reports, { maxLength: 3 });

/** Text as a reader of Markdown shows it. */
function shownOf(markdown: string): string {
  return markdown
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll(/\\(.)/g, '$1');
}

const anomalies: fc.Arbitrary<Anomaly> = fc.oneof(
  fc.record({ kind: fc.constant('high-day' as const), at: names, used: amounts, usual: amounts }),
  fc.record({
    kind: fc.constant('strange-hour' as const),
    at: names,
    used: amounts,
    hours: fc.array(fc.nat(23), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('not-idle' as const), at: names, used: amounts }),
);

const balances = fc.option(
  fc.record({ amount: amounts, at: fc.constant(new Date(NOW).toISOString()), series: fc.constantFrom(1, 2) }),
  {
    nil: undefined,
  },
);

const reviews = fc.record({
  from: fc.constant('2026-06-01'),
  to: fc.constant('2026-06-15'),
  createdAt: fc.constant(new Date(NOW).toISOString()),
  timeZone: fc.constant('Europe/Berlin'),
  parts: fc.array(
    fc.record({
      // Charts have a bar for each day of the range, and no range is longer than a year.
      report: reports.map(report => ({
        ...report,
        from: '2026-06-01T00:00:00.000Z',
        to: '2026-06-15T23:59:59.999Z',
      })),
      anomalies: fc.array(anomalies, { maxLength: 2 }),
      judged: fc.record({ days: fc.boolean(), hours: fc.boolean() }),
      opening: balances,
      closing: balances,
    }),
    { maxLength: 2 },
  ),
  reviewer: names,
  unverified: fc.array(
    names.map(name => quotedDoubt(name, `“${name}” has no figure.`)),
    { maxLength: 2 },
  ),
  ratio: fc.constantFrom(undefined, 0.8, 1),
});

/** Sums over keys and over categories of billing, amounts at list price, and what balances fell by. */
function reckoned({ parts, ratio = 1 }: Review): number[] {
  const used = parts.map(({ report }) => report.total?.used ?? 0);
  const requests = parts.map(({ report }) => report.total?.requests ?? 0);
  const categories = parts.flatMap(({ report }) => {
    const rows = report.byModel ?? [];
    const named = rows.filter(({ name }) => name !== '');
    const tokens = named.filter(row => (row.tokens ?? 0) > 0);
    const calls = named.filter(row => row.tokens !== undefined && row.tokens <= 0 && (row.requests ?? 0) > 0);
    return [tokens, calls, rows.filter(row => !tokens.includes(row) && !calls.includes(row))];
  });
  const all = [...categories.map(rows => sumOf(rows.map(row => row.used))), ...used, sumOf(used)];
  const sums = [...Map.groupBy(parts, ({ report }) => unitId(report.unit)).values()].map(members =>
    members.map(({ report }) => report.total?.used ?? 0),
  );
  const shares = sums.flatMap(members => members.map(each => (each / sumOf(members)) * 100));
  return [
    ...all,
    ...shares.filter(Number.isFinite),
    ...sums.map(sumOf),
    ...all.map(each => each / ratio),
    sumOf(requests),
    ...categories.map(rows => sumOf(rows.map(row => row.requests ?? 0))),
    ...parts.map(({ opening, closing }) => (opening?.amount ?? 0) - (closing?.amount ?? 0)),
    ...used.flatMap(a => used.map(b => a + b)),
    // Sums are shown with fifteen digits.
  ].flatMap(each => [each, Number(each.toPrecision(15))]);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** The tags of a page and of its charts; anything else came from a name. */
const TAGS =
  /^(?:!DOCTYPE|html|head|meta|title|style|body|main|h[123]|p|strong|ul|li|table|thead|tbody|tr|th|td|bdi|figure|figcaption|svg|rect|path|text)$/;

function strangeTag(html: string): string | undefined {
  const tags = [...html.matchAll(/<\/?([^\s>]*)/g)].map(([, tag = '']) => tag);
  return tags.find(tag => !TAGS.test(tag));
}

/** Everything that is handed over as a file. */
export const reportRenderers: readonly Target[] = [
  target(
    'reports as CSV',
    'renderer',
    lists,
    reportsCsv,
    (csv, list) => formulaIn(csv) ?? strangeCell(csv, list),
  ),
  target('reports as JSON', 'renderer', lists, reportsJson, (json, list) =>
    JSON.stringify(JSON.parse(json).reports) === JSON.stringify(list) ? undefined : 'another report',
  ),
  target(
    'reports as Markdown',
    'renderer',
    lists,
    list => reportsMarkdown('Usage', list),
    (text, list) => unexplained(shownOf(text), [...numbersIn(list), ...timeNumbers(list)]),
  ),
  target(
    'reviews',
    'renderer',
    reviews,
    (review: Review) => documentMarkdown(reviewBlocks(review)),
    (text, review) =>
      unexplained(shownOf(text), [
        ...numbersIn(review),
        ...timeNumbers(review),
        ...reckoned(review),
        ...sharesOf(
          review.parts.map(({ report }) => report),
          Date.parse(review.createdAt),
        ),
      ]),
  ),
  target(
    'reviews as pages',
    'renderer',
    reviews,
    (review: Review) => documentHtml('Review', reviewBlocks(review), 'en'),
    html => strangeTag(html),
  ),
  target(
    'what figures cover',
    'renderer',
    reports,
    report => coverageText(report),
    (text, report) => unexplained(text, [...numbersIn(report), ...timeNumbers(report)]),
  ),
  target(
    'tables as CSV',
    'renderer',
    fc.array(fc.oneof(longTexts, amounts, fc.constant(undefined)), { minLength: 1, maxLength: 4 }),
    row =>
      csvText(
        row.map(() => 'x'),
        [row],
      ),
    formulaIn,
  ),
  target(
    'calendars',
    'renderer',
    fc.array(
      fc.record({
        uid: names,
        at: fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
          .map(date => date.getTime()),
        title: longTexts,
        text: longTexts,
        remindDays: fc.nat(30),
      }),
      { maxLength: 3 },
    ),
    events => calendarText('Keys', events, NOW),
    (text, events) => {
      const lines = text.split('\r\n');
      if (lines.some(line => Buffer.byteLength(line) > 75)) return 'a line that is too long';
      return lines.filter(line => line === 'BEGIN:VEVENT').length === events.length
        ? undefined
        : 'an event that is none';
    },
  ),
  target(
    'verifications',
    'renderer',
    fc.record({ name: longTexts, note: longTexts }),
    ({ name, note }) =>
      verificationMarkdown(
        name,
        {
          smoke_test_date: '',
          query_key_name: name,
          query_date_range: '',
          total_quota_returned: '',
          total_used_quota_returned: '',
          request_count_returned: '',
          daily_quota_dates_present: note,
          sample_chat_total_tokens: '',
          usage_field_present: '',
          date_range_filter_working: '',
          error_path_returned_error: '',
          reviewer: note,
        },
        [{ title: 'x', passed: true, note }],
        { passed: 'passed', failed: 'FAILED' },
      ),
    text =>
      text.split('\n').filter(line => line.startsWith('```')).length === 2
        ? undefined
        : 'a fence that ends early',
  ),
];
