import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { daysKnown } from '../../../../src/core/ledger/daysKnown.ts';
import { dayText } from '../../../../src/core/ledger/dayText.ts';
import { isUndivided } from '../../../../src/core/ledger/isUndivided.ts';
import { keySpendOf } from '../../../../src/core/ledger/keySpend.ts';
import { dayOf, startOfDay } from '../../../../src/core/ledger/localDays.ts';
import type { SpendRecords } from '../../../../src/core/ledger/spendRecord.ts';
import type { KeySpend } from '../../../../src/core/quota/keyState.ts';
import type { Range } from '../../../../src/core/usage/range.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import { wholeDays } from '../../../../src/core/usage/wholeDays.ts';
import { knownSpendOf } from '../../../../src/services/ledger/knownSpendOf.ts';
import { ledgerAnswer } from '../../../../src/services/ledger/ledgerAnswer.ts';
import { recordedUsage } from '../../../../src/services/usage/recordedUsage.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { isWholeOf } from '../../../../src/text/spend.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { takeIn } from '../../support/ledgerSetup.ts';
import { type MadeUpReadings, madeUpReadings, record, spentWithin } from '../../support/madeUpReadings.ts';
import { DAY, HOUR, quota, reading } from '../../support/samples.ts';
import { seededChance } from '../../support/seededChance.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const USD = { code: 'USD', source: 'gateway' } as const;
const CASES = 20;
const ROUNDING = 1e-5;

/** What is known of a made-up key, and what is true. */
interface Case {
  readonly name: string;
  readonly store: SqliteStore;
  readonly made: MadeUpReadings;
  readonly now: number;
  /** Until when anything was heard of it. */
  readonly heardAt: number;
  /** Whether its older readings are merged: of what the first of them noticed nobody knows how much that was. */
  readonly isMerged: boolean;
}

describe('what was spent over midnight', () => {
  // Its midnight is none of UTC, and its clocks change within some of the cases.
  useTimeZone('Europe/Berlin');
  let store: SqliteStore;

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), Date.UTC(2026, 2, 1));
  });
  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  function makeUp(seed: number, isTold: boolean): Case | undefined {
    const chance = seededChance(seed * 7919);
    const name = `${isTold ? 'told' : 'read'}-${seed}`;
    // The first half of a day as often as all of it, since that is when the day before matters.
    const end = startOfDay(dayOf(Date.UTC(2026, 2, 22) + Math.floor(chance() * 30) * DAY));
    const now = end + Math.floor(chance() * (chance() < 0.5 ? 24 : 9) * 3600) * 1000;
    const made = madeUpReadings(seed, now - 12 * DAY, now);
    const readAt = made.readAt.at(-1);
    if (readAt === undefined || made.readAt.length < 2) return undefined;
    record(store, name, made);
    const isMerged = chance() < 0.3;
    if (isMerged) mergeOld(now, chance() < 0.5 ? 365 : 1);
    const used = 5 + spentWithin(made, 0, readAt);
    store.transaction(() =>
      store.states.saveState({
        keyId: name,
        failures: 0,
        checkedAt: readAt,
        dueAt: readAt,
        reading: reading({ unit: USD, takenAt: new Date(readAt).toISOString(), quota: quota(used) }),
      }),
    );
    const toldUntil = now - Math.floor(chance() * 60) * HOUR;
    if (isTold) takeIn(store, logOf(made, now - 9 * DAY, toldUntil), { id: name, now });
    return { name, store, made, now, isMerged, heardAt: Math.max(readAt, isTold ? toldUntil : 0) };
  }

  /** Merges what is older than two days by the hour, and what is older than other ones by the day. */
  function mergeOld(now: number, hourlyDays: number): void {
    const { compaction } = store;
    const spans = compaction.spansToCompact({ rawDays: 2, hourlyDays }, now);
    for (const keyNo of compaction.keysToCompact().slice(-1))
      store.transaction(() => compaction.compactKey(keyNo, spans));
  }

  function logOf({ spent }: MadeUpReadings, from: number, to: number): SpendRecords {
    const second = (ms: number) => Math.floor(ms / 1000);
    const records = spent
      .filter(({ at }) => second(at) >= second(from) && second(at) < second(to))
      .map(({ at, amount }) => ({
        ...{ at: second(at), keyName: '', model: 'm', raw: amount * 500_000 },
        ...{ requests: 1, promptTokens: 1, completionTokens: 1 },
      }));
    return {
      source: 'keyLog',
      scale: { unit: USD, perUnit: 500_000 },
      records,
      complete: { from: second(from), to: second(to) },
      unreadable: 0,
    };
  }

  const cases = (isTold: boolean) =>
    Array.from({ length: CASES }, (_, seed) => makeUp(seed + 1, isTold)).filter(each => each !== undefined);

  function spendOf({ name, now }: Case): KeySpend | undefined {
    const { reading: taken } = store.states.stateOf(name) ?? {};
    const days = store.history
      .spendByDay(dayText(dayOf(now) - 40), dayText(dayOf(now)))
      .filter(({ keyId }) => keyId === name);
    return taken && keySpendOf(knownSpendOf(store, name, taken, days, now), now);
  }

  /** What readings as far apart as polls ordinarily are can hide of what was spent before a midnight, or after it. */
  const hidden = ({ made }: Case, midnight: number) => spentWithin(made, midnight - HOUR, midnight + HOUR);

  /** A figure that says at least is not above the truth; one that says no more is it, but for what may be hidden. */
  function check(
    of: Case,
    what: string,
    amount: number,
    { from, to }: Range,
    isWhole: boolean,
    hiddenAtEnd = 0,
  ): void {
    const truth = spentWithin(of.made, from, Math.min(to, of.heardAt));
    const borne = (isWhole || of.isMerged ? hidden(of, from) : 0) + hiddenAtEnd + ROUNDING;
    assert.ok(amount <= truth + borne, `${of.name}: ${what} ${amount} of ${truth} at most`);
    if (isWhole) assert.ok(amount >= truth - borne, `${of.name}: ${what} ${amount} of ${truth}`);
  }

  function checkSpend(of: Case): void {
    const { now } = of;
    const spend = spendOf(of);
    if (!spend) return;
    const today = dayOf(now);
    const isWhole = isWholeOf(spend);
    const date = new Date(now);
    const sums: readonly [string, number, number][] = [
      ['today', spend.today, startOfDay(today)],
      ['week', spend.week, startOfDay(today - 6)],
      ['calendar week', spend.calendarWeek, startOfDay(today - ((date.getDay() + 6) % 7))],
      ['month', spend.month, new Date(date.getFullYear(), date.getMonth()).getTime()],
    ];
    for (const [what, amount, from] of sums) check(of, what, amount, { from, to: now }, isWhole(from));
    assert.equal(
      spend.complete,
      [sums[0], sums[1], sums[3]].every(sum => sum && isWhole(sum[2])),
      of.name,
    );
    assert.equal(spend.days.at(-1), spend.today, of.name);
    const known = daysKnown(spend, now);
    spend.days.forEach((amount, index) => {
      const [from, to] = [startOfDay(today - 13 + index), startOfDay(today - 12 + index)];
      const isDayWhole =
        index === 13
          ? isWhole(from)
          : known[index] !== undefined && isWholeFrom(spend, from) && !isUndivided(spend, to);
      const atEnd = isDayWhole && index < 13 ? hidden(of, to) : 0;
      check(of, `day ${index}`, amount, { from, to: Math.min(to, now) }, isDayWhole, atEnd);
    });
  }

  /** Whether nothing was missing of what was spent since, up to when it was read last. */
  const isWholeFrom = (spend: KeySpend, from: number) =>
    Date.parse(spend.since) <= from && !isUndivided(spend, from);

  function checkUsage(of: Case, usage: Usage | undefined, range: Range): void {
    const { total, byDay = [], coverage } = usage ?? {};
    if (!usage || !total || !coverage) return;
    // What is estimated is said to be no whole.
    if (of.isMerged && !coverage.complete) return;
    const ends = { from: range.from, to: Math.min(range.to, of.now) };
    const atEnd = range.to < of.now ? hidden(of, range.to + 1) : 0;
    const what = `${usage.source} ${new Date(range.from).toISOString()}`;
    // Where spend at the end of a range was not read, only what was read counts.
    const bounds = hidden(of, range.from) + atEnd;
    check(of, what, total.used, ends, coverage.complete, coverage.complete ? atEnd : bounds);
    const days = Array.from(
      { length: dayOf(range.to) - dayOf(range.from) + 1 },
      (_, index) => dayOf(range.from) + index,
    );
    const isWhole = wholeDays(usage as Parameters<typeof wholeDays>[0], days, of.now);
    days.forEach((day, index) => {
      const used = byDay.find(({ name }) => name === dayText(day))?.used ?? 0;
      const [from, to] = [startOfDay(day), Math.min(startOfDay(day + 1), of.now)];
      const slack = hidden(of, startOfDay(day + 1)) + (isWhole[index] ? 0 : hidden(of, from));
      check(of, `${what} ${dayText(day)}`, used, { from, to }, isWhole[index] ?? false, slack);
    });
  }

  const rangesOf = ({ now }: Case): readonly Range[] =>
    [
      [0, 0],
      [1, 1],
      [3, 3],
      [6, 0],
      [5, 2],
    ].map(([first = 0, last = 0]) => ({
      from: startOfDay(dayOf(now) - first),
      to: startOfDay(dayOf(now) - last + 1) - 1,
    }));

  it('is in the figures of a day as far as that is certain, by readings alone', function () {
    this.timeout(120_000);
    for (const each of cases(false)) checkSpend(each);
  });

  it('is in the figures of a day as far as that is certain, by a log and readings since', function () {
    this.timeout(120_000);
    for (const each of cases(true)) checkSpend(each);
  });

  it('is in reports as far as that is certain', function () {
    this.timeout(120_000);
    for (const each of cases(false))
      for (const range of rangesOf(each))
        checkUsage(each, recordedUsage(store, each.name, USD, range), range);
    for (const each of cases(true))
      for (const range of rangesOf(each)) {
        const key = { id: each.name, credential: 'apiKey' } as const;
        checkUsage(each, ledgerAnswer(store, key, range, each.now)?.usage, range);
      }
  });
});
