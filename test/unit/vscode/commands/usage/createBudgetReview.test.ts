import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { parseRange } from '../../../../../src/core/usage/range.ts';
import { createReview } from '../../../../../src/services/usage/budgetReview.ts';
import { removeTempFolders, tempFolder } from '../../../support/folders.ts';
import { sectionUnder, tableUnder } from '../../../support/markdownTables.ts';
import { REVIEW_FILES, ReviewSetup } from '../../../support/reviewSetup.ts';

/** Spend of each day from the 16th on, as the log of the fixture has it. */
const DAYS = [
  ['2026-06-16', '$0.10', '1', '1,000'],
  ['2026-06-17', '$0.10', '1', '1,000'],
  ['2026-06-18', '$0.25', '2', '1,000'],
  ['2026-06-19', '$0.10', '1', '1,000'],
  ['2026-06-20', '$0.10', '1', '1,000'],
  ['2026-06-21', '$0.10', '1', '1,000'],
  ['2026-06-22', '$2.00', '1', '1,000'],
];

describe('the budget review of a week', () => {
  let rig: ReviewSetup;
  beforeEach(async () => {
    rig = await ReviewSetup.open();
  });
  afterEach(async () => {
    await rig.close();
    removeTempFolders();
  });

  it('has totals by day, key and model that equal the log’s', async () => {
    const { 'review.md': review } = await rig.review();
    assert.match(review, /^# Budget review: Jun 16 – 22, 2026$/m);
    assert.deepEqual(tableUnder(review, 'Totals'), [
      ['team', '$2.75', '–', '8', 'whole range', 'the gateway’s own figures'],
    ]);
    assert.match(review, /^\*\*Total: \$2\.75, 8 requests, 7,000 tokens\*\*$/m);
    assert.deepEqual(tableUnder(review, 'By day'), DAYS);
    assert.deepEqual(tableUnder(review, 'By key'), [
      ['alice', '$2.60', '7', '7,000'],
      ['bob', '$0.15', '1', '0'],
    ]);
    assert.deepEqual(tableUnder(review, 'By model'), [
      ['gpt-4.1', '$2.60', '7', '7,000'],
      ['midjourney', '$0.15', '1', '0'],
    ]);
  });

  it('has the opening and closing balance, each with the time of its reading', async () => {
    const { 'review.md': review } = await rig.review({ keys: [rig.account, rig.key] });
    const local = (...parts: [day: number, hour: number]) =>
      new Date(2026, 5, ...parts).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
    const noon = new Date(Date.UTC(2026, 5, 15, 12));
    const opened = local(noon.getDate(), noon.getHours());
    assert.deepEqual(tableUnder(review, 'Opening and closing balance'), [
      [
        'team',
        '$9.90',
        opened.replace(/\s/g, ' '),
        '$7.15',
        local(22, 23).replace(/\s/g, ' '),
        '$2.75',
        '$2.75',
      ],
      ['Alice', 'not recorded', '', 'not recorded', '', '–', '$2.60'],
    ]);
  });

  it('does not compare balances of two scales', async () => {
    const { testWindow, gateway } = rig.setup;
    const balances = async () => {
      const { 'review.md': review } = await rig.review({ from: '2026-06-16', to: '2026-06-25' });
      const [[, , , closing, , fall] = []] = tableUnder(review, 'Opening and closing balance');
      return [closing, fall, /cannot be compared and no decrease is given/.test(review)];
    };
    assert.deepEqual(await balances(), ['$7.15', '$2.75', false]);
    testWindow.settings = {
      ...testWindow.settings,
      gateways: new Map([[gateway.origin, { unitsPerDollar: 250_000 }]]),
    };
    await testWindow.refreshKey(rig.account);
    // Nothing was spent: half the units are worth a dollar.
    assert.deepEqual(await balances(), ['$14.30', '–', true]);
  });

  it('counts what was spent by the scale of its time, and says so', async () => {
    const { testWindow, gateway } = rig.setup;
    const own = { unitsPerDollar: 250_000 };
    testWindow.settings = { ...testWindow.settings, gateways: new Map([[gateway.origin, own]]) };
    await testWindow.refreshKey(rig.account);
    const folder = tempFolder();
    const { 'review.md': review, 'usage.json': json } = await rig.review({ folder });
    // Spent at 500,000 to the dollar.
    assert.deepEqual(tableUnder(review, 'Totals'), [
      ['team', '$2.75', '–', '8', 'whole range', 'the gateway’s own figures'],
    ]);
    assert.match(review, /^\*\*Total: \$2\.75/m);
    assert.doesNotMatch(review, /incomplete|uncertain/);
    assert.equal(JSON.parse(json).complete, true);
  });

  it('uses no reading within the range as the opening balance', async () => {
    const { 'review.md': review } = await rig.review({ from: '2026-06-10', to: '2026-06-22' });
    const [[, opening, , closing] = []] = tableUnder(review, 'Opening and closing balance');
    assert.deepEqual([opening, closing], ['not recorded', '$7.15']);
  });

  it('shows an account and its key separately, and does not add them', async () => {
    const { 'review.md': review } = await rig.review({ keys: [rig.account, rig.key] });
    assert.deepEqual(tableUnder(review, 'Totals'), [
      ['team', '$2.75', '–', '8', 'whole range', 'the gateway’s own figures'],
      ['Alice', '$2.60', '–', '7', 'whole range', 'the gateway’s request log'],
    ]);
    assert.match(sectionUnder(review, 'Totals'), /the two are not added/);
  });

  it('adds two keys with the same unit', async () => {
    const bob = await rig.setup.testWindow.keyService.add(rig.setup.key('bob', { label: 'Bob' }));
    const { 'review.md': review } = await rig.review({ keys: [rig.key, bob] });
    assert.deepEqual(
      tableUnder(review, 'Totals').map(row => row.slice(0, 4)),
      [
        ['Alice', '$2.60', '94.5%', '7'],
        ['Bob', '$0.15', '5.5%', '1'],
        ['Total in USD', '$2.75', '', '8'],
      ],
    );
  });

  it('tells keys of one name apart by address and number, in its tables and in the CSV file', async () => {
    const { gateway, testWindow } = rig.setup;
    const other = rig.setup.key('bob', { label: 'Alice' });
    const namesake = await testWindow.keyService.add(other);
    const files = await rig.review({ keys: [rig.key, namesake], idleKeys: [namesake] });
    const host = new URL(gateway.origin).host;
    assert.deepEqual(
      tableUnder(files['review.md'], 'Totals').map(([name, used]) => [name, used]),
      [
        [`Alice \\(${host}\\) 1`, '$2.60'],
        [`Alice \\(${host}\\) 2`, '$0.15'],
        ['Total in USD', '$2.75'],
      ],
    );
    const rows = files['usage.csv'].split('\r\n').map(line => line.split(','));
    const totals = rows.flatMap(row => (row[8] === 'total' ? [[row[0], row[10]]] : []));
    assert.deepEqual(totals, [
      [`Alice (${host}) 1`, '2.6'],
      [`Alice (${host}) 2`, '0.15'],
    ]);
    const idle = sectionUnder(files['review.md'], 'Anomalies').match(/^- .*no spend was expected/gm);
    assert.equal(idle?.length, 1);
    assert.match(idle[0], / 2: \$0\.15 spent/);
    const byName = await rig.review({ keys: [rig.key, namesake], idleKeys: ['Alice'] });
    const both = sectionUnder(byName['review.md'], 'Anomalies').match(/^- .*no spend was expected/gm);
    assert.equal(both?.length, 2, 'people know the name that they gave');
  });

  describe('its reconciliation note', () => {
    it('separates the two categories of billing, and states no list price itself', async () => {
      const { 'review.md': review } = await rig.review();
      const note = sectionUnder(review, 'Reconciliation');
      assert.match(note, /official API are billed by tokens, at a ratio to the provider’s list price/);
      assert.match(note, /billed per call/);
      assert.match(note, /No ratio was set/);
      assert.match(
        note,
        /USD: the unit, and what quota units are worth in it, are as the gateway states them/,
      );
      assert.doesNotMatch(note, /0\.8|20 ?%/, 'a ratio that nobody set');
      assert.deepEqual(tableUnder(review, 'Reconciliation'), [
        ['team', 'models with tokens', '$2.60', '7'],
        ['team', 'models without tokens: by the call', '$0.15', '1'],
      ]);
    });

    it('applies the user’s own ratio to what is billed by tokens alone', async () => {
      rig.setup.testWindow.settings = { ...rig.setup.testWindow.settings, listPriceRatio: 0.8 };
      const { 'review.md': review } = await rig.review();
      assert.match(
        sectionUnder(review, 'Reconciliation'),
        /Ratio as set by the user: 0\.8\. It was not verified/,
      );
      assert.deepEqual(tableUnder(review, 'Reconciliation'), [
        // 2.60 / 0.8
        ['team', 'models with tokens', '$2.60', '7', '$3.25'],
        ['team', 'models without tokens: by the call', '$0.15', '1', '–'],
      ]);
    });
  });

  it('lists anomalies with figures and advice, and what could not be checked', async () => {
    const { 'review.md': review } = await rig.review({ idleKeys: ['bob'] });
    const section = sectionUnder(review, 'Anomalies');
    assert.match(section, /^- team, 2026-06-22: \$2\.00 spent, where \$0\.10 is usual\.$/m);
    assert.match(section, /^- bob: \$0\.15 spent, though no spend was expected\.$/m);
    assert.match(section, /request log for addresses you do not know.*disable it and replace it/);
    assert.match(section, /^- team: unusual hours, because its own were not watched for long enough\.$/m);
    const few = await rig.review({ from: '2026-06-16', to: '2026-06-19' });
    const quiet = sectionUnder(few['review.md'], 'Anomalies');
    assert.match(quiet, /None found\./);
    assert.match(quiet, /^- team: days far above the usual, because there are too few to tell\.$/m);
  });

  it('says what could not be verified: a key without figures, one that cannot be tested', async () => {
    const { keyService: book } = rig.setup.testWindow;
    const gone = await book.add(rig.setup.key('bob', { label: 'Gone', secret: 'sk-wrong' }));
    const { 'review.md': review } = await rig.review({ keys: [rig.account, gone] });
    const section = sectionUnder(review, 'What could not be verified');
    assert.match(section, /does not accept the key “Gone”/);
    assert.match(section, /Not tested against the gateway, because the key cannot be used for it: Gone\./);
    assert.match(review, /^# Budget review: .*, incomplete$/m);
    assert.deepEqual(
      tableUnder(review, 'Totals').map(([name, used, , , covers]) => [name, used, covers]),
      [
        ['team', '$2.75', 'whole range'],
        ['Gone', 'unknown', 'none of the range'],
      ],
    );
    assert.match(
      sectionUnder((await rig.review())['review.md'], 'What could not be verified'),
      /^\s*Nothing\.\s*$/,
    );
  });

  it('is created from recorded readings, and says so, when the secret is missing', async () => {
    rig.setup.testWindow.storage.entries.clear();
    await rig.setup.restart();
    // From the day of the first reading on: what was noticed a week later is surely of that time.
    const texts = await rig.review({ from: '2026-06-15' });
    assert.deepEqual(tableUnder(texts['review.md'], 'Totals'), [
      // What the balance lost between the two readings.
      ['team', '$2.75', '–', '–', 'part of the range', 'Key Quota’s own readings'],
    ]);
    const section = sectionUnder(texts['review.md'], 'What could not be verified');
    assert.match(section, /The secret of “team”/);
    assert.match(texts['review.md'], /^# Budget review: .*, incomplete$/m);
    assert.match(texts['review.md'], /^\*\*Total, incomplete: \$2\.75\*\*$/m);
    assert.match(texts['verification.md'], /None of these keys can be used for a smoke test/);
  });

  it('usage.csv and usage.json have exactly the same figures', async () => {
    const texts = await rig.review();
    const { schema, reports } = JSON.parse(texts['usage.json']);
    assert.equal(schema, 'key-quota/usage-reports/1');
    assert.equal(reports.length, 1);
    assert.deepEqual(reports[0].total, { used: 2.75, requests: 8, tokens: 7000 });
    assert.deepEqual([reports[0].unit, reports[0].source], [{ code: 'USD', source: 'gateway' }, 'gateway']);
    const rows = texts['usage.csv'].split('\r\n').map(line => line.split(','));
    const head = rows[0] ?? [];
    const of = (part: string) =>
      rows
        .filter(row => row[head.indexOf('part')] === part)
        .map(row => [row[head.indexOf('name')], Number(row[head.indexOf('used')])]);
    assert.deepEqual(of('total'), [['', 2.75]]);
    assert.deepEqual(of('key'), [
      ['alice', 2.6],
      ['bob', 0.15],
    ]);
    assert.deepEqual(
      of('day'),
      DAYS.map(([day, used]) => [day, Number(used?.slice(1))]),
    );
  });

  it('leads with the total, the budget and the reviewer, and prints as one page', async () => {
    const { store } = rig.setup.testWindow;
    const limit = { scope: { of: 'currency' }, period: 'day', amount: 1, unit: { code: 'USD' } } as const;
    store.transaction(() => store.spendingLimits.saveLimit(limit));
    const texts = await rig.review({ reviewer: 'Ada', budget: '11 USD' });
    const review = texts['review.md'];
    assert.match(review, /^Reviewer: Ada$/m);
    assert.ok(review.indexOf('## Summary') < review.indexOf('## Totals'));
    const summary = sectionUnder(review, 'Summary').replaceAll('\\', '').trim().split('\n');
    assert.deepEqual(summary.filter(line => line !== '').slice(0, 3), [
      '**Total in USD: $2.75**',
      '- Complete: it covers the whole range for every key.',
      '- Budget: $11.00. 25% of it was used, $8.25 is left.',
    ]);
    assert.doesNotMatch(review, /Spending limit/);
    assert.match(review, /^!\[Spend by day and account in USD\]\(spend-by-day\.svg\)$/m);
    assert.ok(texts['review.html'].includes(texts['spend-by-day.svg']), 'the page needs no other file');
    assert.match(texts['review.html'], /<strong>Total in USD: \$2\.75<\/strong>/);
  });

  it('refuses a budget that is no amount before any gateway is asked', async () => {
    const before = rig.setup.calls.length;
    await assert.rejects(rig.review({ budget: '1,000' }), /A budget is an amount above zero/);
    await assert.rejects(rig.review({ budget: -1 }), /A budget is an amount above zero/);
    assert.equal(rig.setup.calls.length, before);
  });

  it('is written without the keys that wait when that is called off, and says so in title and names', async () => {
    const { testWindow, gateway, clock } = rig.setup;
    const { store, keyRequests } = testWindow;
    const now = clock.now();
    store.transaction(() => store.requests.holdLimiter(gateway.origin, 'scarce', now + 1_200_000, now));
    const keys = [rig.account, rig.key].flatMap(id => store.keys.findKey(id) ?? []);
    const range = parseRange('2026-06-16', '2026-06-22', now).range ?? assert.fail();
    const end = new AbortController();
    const files = await createReview(
      { store, keyRequests, clock, settings: () => testWindow.settings },
      { keys, range, reviewer: '', idleKeys: [] },
      message => {
        if (message.startsWith('Waiting for Alice until ')) end.abort();
      },
      end.signal,
    );
    assert.equal(end.signal.aborted, true);
    assert.match(files.get('review-incomplete.md') ?? '', /^# Budget review: .*, incomplete$/m);
    assert.ok(files.has('usage-incomplete.csv'));
    assert.match(files.get('verification.md') ?? '', /query_key_name: team/);
  });

  it('verification.md is the log of the verification', async () => {
    const { 'verification.md': log } = await rig.review({ reviewer: 'Ada' });
    for (const line of [
      'query_key_name: team',
      'query_date_range: 2026-06-16 to 2026-06-22',
      'total_quota_returned: 7.15',
      'total_used_quota_returned: 2.85',
      'request_count_returned: 9',
      'date_range_filter_working: true',
      'reviewer: Ada',
    ]) {
      assert.ok(log.split('\n').includes(line), line);
    }
    assert.equal(rig.setup.gateway.callsOf({ path: '/v1/chat/completions' }).length, 0, 'nothing is spent');
  });

  it('created again it differs only in its creation time', async () => {
    const first = await rig.review({ idleKeys: ['bob'] });
    rig.setup.clock.jump(60_000);
    const second = await rig.review({ idleKeys: ['bob'] });
    const created = /\bCreated .*$/m;
    assert.match(first['review.md'], created);
    assert.notEqual(first['review.md'].match(created)?.[0], second['review.md'].match(created)?.[0]);
    for (const name of REVIEW_FILES) {
      assert.equal(second[name].replace(created, ''), first[name].replace(created, ''), name);
    }
  });

  it('returns the paths of its files, and writes no others', async () => {
    const folder = join(tempFolder(), 'a', 'new one');
    const order = { keys: [rig.account], from: '2026-06-16', to: '2026-06-22', folder };
    const result = await rig.setup.run('createBudgetReview', order);
    assert.deepEqual(result, { files: REVIEW_FILES.map(name => join(folder, name)) });
    assert.deepEqual((await readdir(folder)).sort(), [...REVIEW_FILES].sort());
  });

  it('refuses to replace existing files before any gateway is asked', async () => {
    for (const name of ['review.md', 'usage-incomplete.csv', 'verification.md']) {
      const folder = tempFolder();
      await writeFile(join(folder, name), 'mine');
      const before = rig.setup.calls.length;
      await assert.rejects(rig.review({ folder }), /There is a file .* already.*overwrite/);
      assert.equal(rig.setup.calls.length, before);
      assert.deepEqual(await readdir(folder), [name]);
      assert.equal(await readFile(join(folder, name), 'utf8'), 'mine');
    }
  });

  it('removes the files of an earlier review when it may replace them', async () => {
    const folder = tempFolder();
    for (const name of ['review-incomplete.md', 'usage-incomplete.json', 'review-uncertain.md', 'notes.txt'])
      await writeFile(join(folder, name), 'of before');
    await rig.review({ folder, overwrite: true });
    assert.deepEqual((await readdir(folder)).sort(), [...REVIEW_FILES, 'notes.txt'].sort());
  });

  it('leaves an existing review unchanged when it cannot be written', async () => {
    const folder = tempFolder();
    await rig.review({ folder });
    const before = await readFile(join(folder, 'usage.csv'), 'utf8');
    await rm(join(folder, 'review.md'));
    await mkdir(join(folder, 'review.md', 'in the way'), { recursive: true });
    await assert.rejects(rig.review({ folder, to: '2026-06-20', overwrite: true }));
    assert.equal(await readFile(join(folder, 'usage.csv'), 'utf8'), before);
    assert.deepEqual((await readdir(folder)).sort(), [...REVIEW_FILES].sort(), 'nothing half is left');
    const file = join(tempFolder(), 'file');
    await writeFile(file, 'mine');
    await assert.rejects(rig.review({ folder: join(file, 'below') }));
    assert.equal(await readFile(file, 'utf8'), 'mine');
  });

  for (const [name, wrong, says] of [
    ['half a range', { to: undefined }, /needs a start and an end/],
    ['a range that is reversed', { from: '2026-06-23' }, /ends before it begins/],
    ['no folder', { folder: undefined }, /full path of a folder/],
    ['a folder that depends on where one is', { folder: 'reviews' }, /full path of a folder/],
    ['a key that nobody has', { keys: ['nobody'] }, /no key with the ID nobody/],
    ['no keys', { keys: [] }, /no key to review/],
  ] as const) {
    it(`${name} is refused before anything is asked`, async () => {
      const before = rig.setup.calls.length;
      await assert.rejects(rig.review(wrong), says);
      assert.equal(rig.setup.calls.length, before);
    });
  }
});
