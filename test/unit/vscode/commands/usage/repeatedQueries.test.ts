import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import type { UsageReport } from '../../../../../src/core/usage/usageReport.ts';
import { coverageText } from '../../../../../src/text/coverage.ts';
import { rangeText } from '../../../../../src/text/range.ts';
import type { CommandId } from '../../../../../src/vscode/commands/commandIds.ts';
import type { UsageQuestion } from '../../../../../src/vscode/panels/usagePanelTypes.ts';
import { advanceWindows } from '../../../support/advanceWindows.ts';
import { removeTempFolders, tempFolder } from '../../../support/folders.ts';
import { tableUnder } from '../../../support/markdownTables.ts';
import { runCommand } from '../../../support/runCommand.ts';
import { TestSetup } from '../../../support/testSetup.ts';
import { UsagePanelSetup } from '../../../support/usagePanelSetup.ts';

const DOLLAR = 500_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Its log has all that it ever spent. */
const FRESH = { holds: { remain: 200 * DOLLAR, used: 0 } };
const WEEK = { from: '2026-06-08', to: '2026-06-14' };

describe('ranges that are queried one after another', () => {
  let setup: TestSetup;
  afterEach(async () => {
    await setup.close();
    removeTempFolders();
  });

  /** So many keys of one gateway with its real limits; each spent as many dollars as its number on 10 June. */
  async function open(keys: number): Promise<UsagePanelSetup> {
    const handles = Array.from({ length: keys }, (_, index) => `key-${index + 1}`);
    setup = await TestSetup.open({
      limits: 'real',
      scenarios: Object.fromEntries(handles.map(handle => [handle, FRESH])),
    });
    handles.forEach((handle, index) => {
      const at = Date.parse('2026-06-10T12:00:00Z') / 1000;
      setup.gateway.spend(handle, { quota: (index + 1) * DOLLAR, at });
    });
    const rig = await UsagePanelSetup.open(setup, [], WEEK);
    for (const handle of handles) await setup.add(setup.key(handle));
    return rig;
  }

  function run({ parts }: UsagePanelSetup, name: string, argument: unknown): Promise<unknown> {
    return runCommand(parts, `keyQuota.${name}` as CommandId, argument);
  }

  async function review(rig: UsagePanelSetup): Promise<{ names: string[]; text: string }> {
    const folder = tempFolder();
    await run(rig, 'createBudgetReview', { keys: 'all', ...WEEK, folder });
    const names = await readdir(folder);
    const name = names.find(each => /^review.*\.md$/.test(each)) ?? '';
    return { names, text: await readFile(join(folder, name), 'utf8') };
  }

  it('creates the same budget review three times, and asks each key once', async () => {
    const rig = await open(5);
    for (let time = 1; time <= 3; time++) {
      const { names, text } = await review(rig);
      assert.ok(names.includes('review.md'), names.join());
      assert.match(text, /^# Budget review: Jun 8 – 14, 2026$/m);
      const sum = tableUnder(text, 'Totals').at(-1) ?? [];
      assert.deepEqual(sum.slice(0, 2), ['Total in USD', '$15.00'], `time ${time}`);
      assert.doesNotMatch(text, /as of /, 'what was told once is as good the third time');
    }
    assert.equal(setup.gateway.callsOf({ path: '/api/log/token' }).length, 5);
  });

  it('marks a review without all keys as incomplete in title, total row and file names', async () => {
    const { names, text } = await review(await open(12));
    assert.deepEqual(
      names.toSorted(),
      [
        'review-incomplete.md',
        'review-incomplete.html',
        'spend-by-day.svg',
        'usage-incomplete.csv',
        'usage-incomplete.json',
        'verification.md',
      ].toSorted(),
    );
    assert.match(text, /^# Budget review: Jun 8 – 14, 2026, incomplete$/m);
    const rows = tableUnder(text, 'Totals');
    assert.equal(rows.length, 13, 'every key has a row');
    // 1 + 2 + … + 10: the last two had no turn.
    assert.deepEqual(rows.at(-1)?.slice(0, 5), [
      'Total in USD, incomplete',
      '$55.00',
      '',
      '10',
      '10 of 12 keys',
    ]);
    assert.deepEqual(rows.at(-2)?.slice(0, 5), ['key-12', 'unknown', '–', '–', 'none of the range']);
  });

  describe('a review of keys that can be asked soon', () => {
    /** Something else has used the log up, for so long. */
    async function held(ms: number): Promise<UsagePanelSetup> {
      const rig = await open(3);
      const { store } = setup.testWindow;
      const { origin } = setup.gateway;
      const now = setup.clock.now();
      store.transaction(() => store.requests.holdLimiter(origin, 'scarce', now + ms, now));
      return rig;
    }

    it('waits for them, and is complete then', async () => {
      const rig = await held(4 * MINUTE);
      const made = review(rig);
      let isMade = false;
      void made.then(() => {
        isMade = true;
      });
      await advanceWindows(4 * MINUTE - 1000, setup.clock, setup.testWindow);
      assert.equal(isMade, false);
      assert.equal(setup.gateway.callsOf({ path: '/api/log/token' }).length, 0);
      for (let second = 0; second < 60 && !isMade; second++)
        await advanceWindows(1000, setup.clock, setup.testWindow);
      const { names, text } = await made;
      assert.ok(names.includes('review.md'), names.join());
      assert.deepEqual(tableUnder(text, 'Totals').at(-1)?.slice(0, 2), ['Total in USD', '$6.00']);
    });

    it('does not wait long, and says what is missing', async () => {
      const { names, text } = await review(await held(6 * MINUTE));
      assert.ok(names.includes('review-incomplete.md'), names.join());
      assert.match(text, /incomplete$/m);
    });
  });

  it('the command returns a report for every key, without a total where there is none', async () => {
    const rig = await open(12);
    const reports = (await run(rig, 'queryUsage', { key: 'all', ...WEEK })) as readonly UsageReport[];
    assert.equal(reports.length, 12);
    const untold = reports.filter(({ total }) => total === undefined);
    assert.equal(untold.length, 2);
    for (const { coverage, note, retryAt } of untold) {
      assert.deepEqual([coverage.complete, coverage.reason], [false, 'not-told']);
      assert.match(note ?? '', /waiting for its turn/);
      assert.ok(retryAt !== undefined && Date.parse(retryAt) > setup.clock.now());
    }
  });

  it('a key that is named twice is counted once', async () => {
    const rig = await open(1);
    const key = setup.testWindow.store.keys.allKeys()[0]?.id;
    const reports = (await run(rig, 'queryUsage', { key: [key, key], ...WEEK })) as readonly UsageReport[];
    assert.deepEqual(
      reports.map(({ total }) => total?.used),
      [1],
    );
  });

  describe('a cached answer to a range that continued after it', () => {
    const NOON = Date.parse('2026-06-15T12:00:00Z');
    const ANSWERS: readonly [what: string, range: object, laterMs: number, covers: readonly unknown[]][] = [
      [
        'the same day, hours later',
        { from: '2026-06-15', to: '2026-06-15' },
        5 * HOUR,
        [false, '2026-06-15T00:00:00.000Z', '2026-06-15T12:00:00.000Z'],
      ],
      [
        'the day after, when it is over',
        { from: '2026-06-15', to: '2026-06-15' },
        20 * HOUR,
        [false, '2026-06-15T00:00:00.000Z', '2026-06-15T12:00:00.000Z'],
      ],
      [
        'some minutes later',
        { from: '2026-06-15', to: '2026-06-15' },
        10 * MINUTE,
        [true, '2026-06-15T00:00:00.000Z', '2026-06-15T12:00:00.000Z'],
      ],
    ];
    for (const [what, range, laterMs, covers] of ANSWERS) {
      it(`says what it covers: ${what}`, async () => {
        const rig = await open(1);
        setup.clock.jump(NOON - setup.clock.now());
        const key = setup.testWindow.store.keys.allKeys()[0]?.id;
        await run(rig, 'queryUsage', { key, ...range });
        setup.gateway.setReply('GET /api/log/token', { status: 503, body: 'down' });
        setup.clock.jump(laterMs);
        const report = (await run(rig, 'queryUsage', { key, ...range })) as UsageReport;
        assert.equal(report.answeredAt, '2026-06-15T12:00:00.000Z');
        const { complete, from, to } = report.coverage;
        assert.deepEqual([complete, from, to], covers);
        assert.equal(/not over yet/.test(coverageText(report)), complete && laterMs < HOUR);
      });
    }

    it('needs no age where the range was over before', async () => {
      const rig = await open(1);
      const key = setup.testWindow.store.keys.allKeys()[0]?.id;
      await run(rig, 'queryUsage', { key, ...WEEK });
      setup.gateway.setReply('GET /api/log/token', { status: 503, body: 'down' });
      setup.clock.jump(5 * HOUR);
      const { answeredAt, note, coverage } = (await run(rig, 'queryUsage', { key, ...WEEK })) as UsageReport;
      assert.deepEqual([answeredAt, note], [undefined, undefined]);
      const { complete, from, to } = coverage;
      assert.deepEqual([complete, from, to], [true, '2026-06-08T00:00:00.000Z', '2026-06-14T23:59:59.999Z']);
    });

    it('says which 24 hours it covers when “the last 24 hours” is asked again later', async () => {
      const rig = await open(1);
      const key = setup.testWindow.store.keys.allKeys()[0]?.id;
      const last = () => ({
        from: new Date(setup.clock.now() - 24 * HOUR).toISOString(),
        to: new Date(setup.clock.now()).toISOString(),
      });
      await run(rig, 'queryUsage', { key, ...last() });
      const at = setup.clock.now();
      setup.gateway.setReply('GET /api/log/token', { status: 503, body: 'down' });
      setup.clock.jump(5 * HOUR);
      const { coverage } = (await run(rig, 'queryUsage', { key, ...last() })) as UsageReport;
      const { complete, from, to } = coverage;
      assert.deepEqual([complete, Date.parse(from ?? ''), Date.parse(to ?? '')], [false, at - 24 * HOUR, at]);
    });
  });

  it('the panel opens for a key that cannot be asked yet, and waits', async () => {
    const rig = await open(1);
    const shown: unknown[] = [];
    Object.assign(rig.parts, { panels: { usage: { show: (...what: unknown[]) => shown.push(what) } } });
    const key = setup.testWindow.store.keys.allKeys()[0]?.id;
    const { store } = setup.testWindow;
    const now = setup.clock.now();
    // All calls that are ours were made for something else.
    store.transaction(() => {
      for (let call = 1; call <= 10; call++) store.requests.addCall(setup.gateway.origin, 'scarce', now);
    });
    const report = (await run(rig, 'queryUsage', { key, ...WEEK, show: true })) as UsageReport;
    assert.deepEqual([report.total, report.coverage.complete, shown.length], [undefined, false, 1]);
    await assert.rejects(run(rig, 'queryUsage', { key, ...WEEK }), /waiting for its turn/);
  });

  it('the panel shows epoch seconds as moments', async () => {
    const rig = await open(1);
    const shown: UsageQuestion[] = [];
    const panels = { usage: { show: (question: UsageQuestion) => shown.push(question) } };
    Object.assign(rig.parts, { panels });
    const [from, to] = [Date.parse('2026-06-09T00:00:00Z') / 1000, Date.parse('2026-06-11T00:00:00Z') / 1000];
    const id = setup.testWindow.store.keys.allKeys()[0]?.id;
    const report = (await run(rig, 'queryUsage', { key: id, from, to, show: true })) as UsageReport;
    assert.equal(report.total?.used, 1);
    const [question] = shown;
    assert.deepEqual(
      [question?.from, question?.to],
      ['2026-06-09T00:00:00.000Z', '2026-06-11T00:00:00.000Z'],
    );
    assert.doesNotThrow(() => rangeText(question ?? assert.fail()));
    await run(rig, 'queryUsage', { key: id, ...WEEK, show: true });
    assert.deepEqual([shown[1]?.from, shown[1]?.to], [WEEK.from, WEEK.to], 'days stay days');
  });
});
