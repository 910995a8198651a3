import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { documentMarkdown } from '../../../../src/text/document/documentMarkdown.ts';
import { reviewBlocks } from '../../../../src/text/review/review.ts';
import type { Review, ReviewPart } from '../../../../src/text/review/reviewContent.ts';
import { quotedDoubt } from '../../../../src/text/review/reviewDoubts.ts';
import { sectionUnder, tableUnder } from '../../support/markdownTables.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { report } from '../../webview/usageReports.ts';

/** A complete report of a key; the range is 1 to 3 June 2026 in UTC. */
const key = (name: string, used: number | undefined, more: Partial<UsageReport> = {}) =>
  report({ scope: { key: name }, keyId: name, total: used === undefined ? undefined : { used }, ...more });
const UNTOLD = { complete: false, reason: 'not-told' } as const;
const FIRST_DAY = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' } as const;
const ALL_DAYS = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-03T23:59:59.999Z' } as const;

function review(
  reports: readonly UsageReport[],
  unverified: readonly string[] = [],
  more: Partial<Review> = {},
): string {
  const parts = reports.map(
    (each): ReviewPart => ({ report: each, anomalies: [], judged: { days: true, hours: true } }),
  );
  return documentMarkdown(
    reviewBlocks({
      from: '2026-06-01',
      to: '2026-06-03',
      createdAt: '2026-06-10T12:00:00.000Z',
      timeZone: 'UTC',
      parts,
      reviewer: '',
      unverified: unverified.map(text => ({ name: text, text: () => text })),
      ...more,
    }),
  );
}

describe('the details of a review', () => {
  const details = (...reports: readonly UsageReport[]) => review(reports).match(/^## Details: .*$/gm) ?? [];

  it('are told of each key but those of which nothing is known, which are told together above', () => {
    const other = {
      source: 'recorded',
      unit: report().unit,
      total: { used: 2 },
      coverage: { complete: false },
    } as const;
    assert.deepEqual(
      details(
        key('a', 1),
        key('zero', 0),
        key('silent', undefined, { coverage: UNTOLD }),
        key('recorded', undefined, { coverage: UNTOLD, others: [other] }),
        key('empty', undefined, { coverage: { complete: false, reason: 'empty-log' } }),
      ),
      ['## Details: a', '## Details: zero', '## Details: recorded', '## Details: empty'],
    );
  });
});

describe('the totals of a review', () => {
  useTimeZone('UTC');
  const totals = (...reports: readonly UsageReport[]) => tableUnder(review(reports), 'Totals');

  it('are added where the unit is one, with requests only where each key tells them', () => {
    const a = key('a', 0.1, { total: { used: 0.1, requests: 3 } });
    const b = key('b', 0.2, { total: { used: 0.2, requests: 4 } });
    const source = 'the gateway’s own figures';
    assert.deepEqual(totals(a, b), [
      ['a', '$0.10', '33.3%', '3', 'whole range', source],
      ['b', '$0.20', '66.7%', '4', 'whole range', source],
      ['Total in USD', '$0.30', '', '7', '', ''],
    ]);
    assert.deepEqual(totals(a, key('b', 0.2)).at(-1), ['Total in USD', '$0.30', '', '–', '', '']);
  });

  it('are one row for one key, without a sum', () => {
    assert.equal(totals(key('a', 1)).length, 1);
  });

  it('are added by unit, and say so where keys of other units are in no sum', () => {
    const cny = { code: 'CNY', source: 'gateway' } as const;
    assert.deepEqual(totals(key('a', 1), key('b', 2), key('c', 4, { unit: cny })).slice(3), [
      ['Total in USD', '$3.00', '', '–', 'keys with a figure in USD', ''],
    ]);
  });

  it('are not added in raw quota units, which differ by gateway', () => {
    const unit = { code: 'UNITS', source: 'gateway' } as const;
    assert.equal(totals(key('a', 1, { unit }), key('b', 2, { unit })).length, 2);
  });

  it('are not added where an account is beside a key, whose spend it contains', () => {
    const account = report({ total: { used: 3 } });
    assert.equal(totals(account, key('a', 1)).length, 2);
    const note = /An account’s figures include those of its keys, so the two are not added\./;
    assert.match(sectionUnder(review([account, key('a', 1)]), 'Totals'), note);
    for (const reports of [
      [account, report({ keyId: 'other', total: { used: 2 } })],
      [key('a', 1), key('b', 2)],
    ]) {
      assert.equal(totals(...reports).length, 3);
      assert.doesNotMatch(review(reports), note);
    }
  });

  it('have the share of what is counted, and none of a key that is in its account’s figure', () => {
    const listed = key('a', 1, { belongsTo: { account: 'team' } });
    const rows = totals(report({ total: { used: 3 } }), listed, key('b', 1, { belongsTo: {} }));
    assert.deepEqual(
      rows.map(([name, used, share]) => [name, used, share]),
      [
        ['Team', '$3.00', '75%'],
        ['a', '$1.00', '–'],
        ['b', '$1.00', '25%'],
        ['Total in USD', '$4.00', ''],
      ],
    );
  });

  it('say in the sum how many keys are in it, and how much of the range', () => {
    const half = { complete: false, reason: 'broke-off', ...FIRST_DAY } as const;
    const rows = totals(
      key('a', 1),
      key('b', 2, { coverage: half }),
      key('c', undefined, { coverage: UNTOLD }),
    );
    // One of them covers three days, the other one day of three.
    assert.deepEqual(rows.slice(1), [
      ['b', '$2.00', '66.7%', '–', 'part of the range', 'the gateway’s own figures'],
      ['c', 'unknown', '–', '–', 'none of the range', '–'],
      ['Total in USD, incomplete', '$3.00', '', '–', '2 of 3 keys, 66% of the range', ''],
    ]);
  });

  it('say of which time an answer of before is, and what a changed unit makes incomplete', () => {
    const rescaled = { reason: 'scale-changed', ...ALL_DAYS } as const;
    const covers = (more: Partial<UsageReport>) => totals(key('a', 1, more))[0]?.[4];
    assert.match(
      covers({ answeredAt: '2026-06-09T08:00:00.000Z' }) ?? '',
      /^whole range, as of Jun 9, 2026, 8:00\sAM$/,
    );
    assert.equal(covers({ coverage: { ...rescaled, complete: true } }), 'whole range');
    assert.equal(covers({ coverage: { ...rescaled, complete: false } }), 'part of the range');
  });

  it('are none where there is no key', () => {
    assert.equal(sectionUnder(review([]), 'Totals').trim(), 'No figures.');
  });
});

describe('what a review could not verify', () => {
  useTimeZone('UTC');
  const doubts = (reports: readonly UsageReport[], unverified: readonly string[] = []) =>
    sectionUnder(review(reports, unverified), 'What could not be verified')
      .trim()
      .replace(/\s/g, ' ')
      .split(/ ?- (?=[A-Z]|a[:,])/)
      .filter(line => line !== '');

  it('is nothing where every figure covers the whole range', () => {
    assert.deepEqual(doubts([key('a', 1)]), ['Nothing.']);
  });

  it('begins with what the review itself was told', () => {
    assert.deepEqual(doubts([key('a', 1)], ['The test of a failed.']), ['The test of a failed.']);
  });

  it('is said once of all keys of which the same is to be said', () => {
    const coverage = { complete: false, reason: 'broke-off' } as const;
    const untold = (name: string) => key(name, undefined, { coverage: UNTOLD });
    const { text } = {
      text: review([key('a', 1, { coverage }), key('b', 2, { coverage }), untold('c'), untold('d')]),
    };
    assert.deepEqual(sectionUnder(text, 'What could not be verified').trim().split('\n'), [
      '- a, b: The query broke off partway; older rows are missing.',
      '- c, d: total unknown.',
    ]);
    const doubt = (name: string) =>
      quotedDoubt(name, `a.example does not accept the key “${name}”. Check it.`);
    const told = review([], [], {
      unverified: [doubt('one'), doubt('two'), quotedDoubt('three', '“three” is paused.')],
    });
    assert.deepEqual(sectionUnder(told, 'What could not be verified').trim().split('\n'), [
      '- a.example does not accept the key “one”, “two”. Check it.',
      '- “three” is paused.',
    ]);
  });

  it('says what figures cover, and why no more', () => {
    const coverage = { complete: false, reason: 'broke-off', ...FIRST_DAY } as const;
    assert.deepEqual(doubts([key('a', 1, { coverage })]), [
      'a: the figures cover Jun 1, 2026, 12:00 AM to Jun 2, 2026, 12:00 AM only.',
      'a: The query broke off partway; older rows are missing.',
    ]);
  });

  it('names all keys whose log could not be compared with the counter before the same day', () => {
    const coverage = { complete: true, ...ALL_DAYS, uncheckedBefore: '2026-06-03T14:05:00.000Z' } as const;
    const later = { ...coverage, uncheckedBefore: '2026-06-03T16:30:00.000Z' } as const;
    assert.deepEqual(doubts([key('a', 1, { coverage }), key('b', 2, { coverage: later }), key('c', 3)]), [
      'a, b: Before Jun 3, 2026 the log could not be compared with the gateway’s own counter.',
    ]);
  });

  it('says no times where one of the two is not known', () => {
    const { from, to } = FIRST_DAY;
    const why = ['a: The request log changed while it was read; rows may be missing.'];
    for (const ends of [{}, { from }, { to }]) {
      const coverage = { complete: false, reason: 'changed', ...ends } as const;
      assert.deepEqual(doubts([key('a', 1, { coverage })]), why);
    }
  });

  it('names no times for figures that lack only something within them', () => {
    const coverage = { complete: false, reason: 'unreadable-rows', ...ALL_DAYS } as const;
    assert.deepEqual(doubts([key('a', 1, { coverage })]), [
      'a: Some rows in it could not be read; their spend is missing.',
    ]);
  });

  it('says of a key without figures why, and not what they cover', () => {
    const coverage = { complete: false, reason: 'recorded-gaps', ...FIRST_DAY } as const;
    assert.deepEqual(doubts([key('a', undefined, { coverage, note: 'It was told already.' })]), [
      'a: total unknown.',
      'a: Key Quota’s own readings do not cover the whole range.',
    ]);
    assert.deepEqual(doubts([key('a', undefined, { coverage: { complete: false } })]), ['a: total unknown.']);
  });

  it('says of a key that did not answer that no total is known, and leaves the reason to its own sentence', () => {
    const more = { coverage: UNTOLD, note: 'Refused.', retryAt: '2026-06-10T12:20:00.000Z' };
    assert.deepEqual(doubts([key('a', undefined, more)]), ['a: total unknown.']);
  });

  it('says why a better source could not be used, and how old an answer is', () => {
    const more = { note: 'The gateway was away.', answeredAt: '2026-06-09T08:00:00.000Z' };
    assert.deepEqual(doubts([key('a', 1, more)]), [
      'The gateway was away.',
      'a: This answer is from Jun 9, 2026, 8:00 AM.',
    ]);
  });
});

describe('a review of keys of which some have no total', () => {
  it('reconciles the others alone, whose units are known', () => {
    const text = review([key('a', 1), key('b', undefined, { coverage: UNTOLD })]);
    assert.deepEqual(tableUnder(text, 'Reconciliation'), [['a', 'models unknown', '$1.00', '–']]);
  });
});
