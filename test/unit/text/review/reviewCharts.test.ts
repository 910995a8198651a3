import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { chartsSection, PICTURE_FILES, pictureFiles } from '../../../../src/text/review/reviewCharts.ts';
import { blockTexts } from '../../support/blockTexts.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { report } from '../../webview/usageReports.ts';

const CNY = { code: 'CNY', source: 'gateway' } as const;
const key = (name: string, used: number, more: Partial<UsageReport> = {}) =>
  report({
    scope: { key: name },
    keyId: name,
    total: { used },
    byDay: [{ name: '2026-06-02', used }],
    ...more,
  });

function pictures(...reports: readonly UsageReport[]): ReadonlyMap<string, string> {
  const judged = { days: true, hours: true };
  return pictureFiles(chartsSection(reports.map(each => ({ report: each, anomalies: [], judged }))));
}

describe('the charts of a review', () => {
  useTimeZone('UTC');
  /** What the bars say when they are pointed at. */
  const bars = (svg = '') =>
    [...svg.matchAll(/<rect [^>]*height="(-?[\d.]+)"[^>]*><title>([^<]*)</g)].map(([, height, text]) => ({
      height: Number(height),
      text,
    }));

  it('have a bar for each day and key, as high as its spend', () => {
    const [svg] = pictures(key('a', 3), key('b', 1)).values();
    const [first, second] = bars(svg);
    // The axis ends at $5.00, 234 points above its foot.
    assert.deepEqual(first, { height: 140.4, text: '2026-06-02, a: $3.00' });
    assert.deepEqual(second, { height: 46.8, text: '2026-06-02, b: $1.00' });
    assert.equal(bars(svg).length, 2);
  });

  it('are one for each unit, and accounts are not stacked on their keys', () => {
    const account = report({ total: { used: 3 }, byDay: [{ name: '2026-06-02', used: 3 }] });
    assert.deepEqual([...pictures(key('a', 1), key('b', 2)).keys()], ['spend-by-day.svg']);
    const three = pictures(key('a', 1), key('b', 2, { unit: CNY }), account);
    assert.deepEqual([...three.keys()], ['spend-by-day-1.svg', 'spend-by-day-2.svg', 'spend-by-day-3.svg']);
    for (const svg of three.values()) assert.equal(bars(svg).length, 1);
    for (const name of three.keys()) assert.ok(PICTURE_FILES.includes(name), name);
  });

  it('show the days that are not covered by every key, and say so', () => {
    // The range is 1 to 3 June. The first six hours of 1 June are missing for one key.
    const coverage = {
      complete: false,
      reason: 'broke-off',
      from: '2026-06-01T06:00:00.000Z',
      to: '2026-06-03T23:59:59.999Z',
    } as const;
    const shaded = (svg = '') =>
      [...svg.matchAll(/class="uncovered" x="([\d.]+)" /g)].map(([, x]) => Number(x));
    assert.deepEqual(shaded([...pictures(key('a', 1), key('b', 2, { coverage })).values()][0]), [80]);
    const early = { ...coverage, from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T11:59:59.999Z' };
    // Each of three days is 269.33 points wide.
    assert.deepEqual(shaded([...pictures(key('b', 2, { coverage: early })).values()][0]), [349.33, 618.67]);
    const shadedBy = (covered: UsageReport['coverage']) =>
      shaded([...pictures(key('b', 2, { coverage: covered })).values()][0]);
    assert.deepEqual(shadedBy({ complete: true }), []);
    assert.deepEqual(shadedBy({ complete: true, reason: 'scale-changed' }), []);
    assert.deepEqual(shadedBy({ ...early, reason: 'scale-changed' }), [349.33, 618.67]);
    assert.deepEqual(shadedBy({ complete: false, reason: 'not-told' }), [80, 349.33, 618.67]);
    const texts = (more: Partial<UsageReport>) => {
      const part = { report: key('b', 2, more), anomalies: [], judged: { days: true, hours: true } };
      return blockTexts(chartsSection([part])).map(text => text.replaceAll('\\', ''));
    };
    assert.deepEqual(texts({}), ['## Spend by day', '![Spend by day and key in USD](spend-by-day.svg)']);
    assert.deepEqual(texts({ coverage }), [
      '## Spend by day, incomplete',
      '![Spend by day and key in USD, incomplete](spend-by-day.svg)',
      'Gray: not covered, or only in part.',
    ]);
  });

  it('name the keys of their unit whose spend is in no day', () => {
    const untimed = (name: string, used: number, more: Partial<UsageReport> = {}) =>
      key(name, used, { byDay: undefined, ...more });
    const reports = [
      key('a', 1),
      untimed('b', 2),
      untimed('c', 0),
      untimed('d', 3, { unit: CNY }),
      untimed('e', 4),
    ];
    const judged = { days: true, hours: true };
    const texts = blockTexts(chartsSection(reports.map(each => ({ report: each, anomalies: [], judged }))));
    assert.deepEqual(texts.slice(2), ['Not in this chart, because their days are unknown: b, e.']);
  });

  it('are none where no day is known', () => {
    assert.equal(pictures(key('a', 1, { byDay: undefined }), key('b', 0)).size, 0);
  });

  it('sum up the smallest where there are more keys than colors', () => {
    const many = Array.from({ length: 10 }, (_, index) => key(`key ${index}`, 10 - index));
    const texts = bars([...pictures(...many).values()][0]).map(({ text }) => text);
    // Of $10 down to $1, seven are shown and $3 + $2 + $1 are left.
    assert.equal(texts.length, 8);
    assert.equal(texts.at(-1), '2026-06-02, 3 others: $6.00');
  });

  it('draw nothing below zero, and make no markup of names', () => {
    const [svg = ''] = pictures(
      key('<script>&"', 2),
      key('refunded', 1, {
        byDay: [
          { name: '2026-06-02', used: -1 },
          { name: '2026-06-01', used: 1 },
        ],
      }),
    ).values();
    assert.doesNotMatch(svg, /<script/);
    assert.deepEqual(
      bars(svg).map(({ text }) => text),
      ['2026-06-01, refunded: $1.00', '2026-06-02, &lt;script&gt;&amp;&quot;: $2.00'],
    );
  });

  it('shorten long names to the room that each has, half as many characters where these are wide', () => {
    const legend = (...names: readonly string[]) =>
      [
        ...([...pictures(...names.map((name, index) => key(name, 9 - index))).values()][0] ?? '').matchAll(
          /<text y="13"[^>]*>([^<]*)</g,
        ),
      ].map(([, name]) => name);
    // 170 points: 26 usual characters of 6.5 are 169; 13 wide ones of 12 and the character for more are 162.5.
    assert.deepEqual(legend('a'.repeat(26), 'b'.repeat(27), '键'.repeat(14), '名'.repeat(15)), [
      'a'.repeat(26),
      `${'b'.repeat(25)}…`,
      '键'.repeat(14),
      `${'名'.repeat(13)}…`,
    ]);
  });

  it('leave room for long amounts on the axis', () => {
    const lines = (unit: UsageReport['unit'], used: number) =>
      [...([...pictures(key('a', used, { unit })).values()][0] ?? '').matchAll(/<path d="M(\d+) /g)].map(
        ([, x]) => Number(x),
      );
    const credits = { code: 'CUSTOM', symbol: 'Credits', source: 'gateway' } as const;
    assert.deepEqual(lines(CNY, 500), Array(5).fill(80));
    // “Credits 1,000,000.00” has 20 characters of 6.5, with 8 on either side.
    assert.deepEqual(lines(credits, 1_000_000), Array(5).fill(146));
  });

  it('are grey on days with a part that is missing in between', () => {
    const gaps = [{ from: '2026-06-02T05:00:00.000Z', to: '2026-06-02T06:00:00.000Z' }];
    const coverage = {
      complete: false,
      from: '2026-06-01T00:00:00.000Z',
      to: '2026-06-03T23:59:59.999Z',
      reason: 'ledger-gaps',
      gaps,
    } as const;
    const greyDays = (svg = '') => [...svg.matchAll(/class="uncovered"/g)].length;
    const whole = { ...coverage, gaps: undefined };
    const [withGap] = pictures(key('a', 1, { coverage })).values();
    const [without] = pictures(key('a', 1, { coverage: whole })).values();
    assert.deepEqual([greyDays(withGap), greyDays(without)], [1, 0]);
  });
});
