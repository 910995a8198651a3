import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { before, describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { Settings } from '../../../../src/core/ports/settings.ts';
import { budgetOfWindows } from '../../../../src/core/quota/budgetOfWindows.ts';
import { FAILURE_CLASSES, type Failure } from '../../../../src/core/quota/failure.ts';
import { type QuotaWindow, WINDOW_UNITS } from '../../../../src/core/quota/quotaWindow.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import { UNIT_CODES } from '../../../../src/core/quota/unit.ts';
import { loadFailureMessages } from '../../../../src/services/polling/failureMessage.ts';
import { type KeyOutputs, keyOutputs } from '../../support/keyOutputs.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

// Reads what each view concludes from what it shows: icons, words, statuses. The rules themselves are not called.

const iso = (ms: number) => new Date(ms).toISOString();
const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

/** Spans around those at which something changes: at once, seconds, a quarter of an hour, hours, days. */
const spans = fc.oneof(
  fc.constantFrom(0, 1, 4999, 5001, 15 * MINUTE, 15 * MINUTE + 1, HOUR, DAY, 7 * DAY, 7 * DAY + 1),
  fc.integer({ min: 0, max: 30 * MINUTE }),
  fc.integer({ min: 0, max: 8 * HOUR }),
  fc.integer({ min: 0, max: 10 * DAY }),
);
const moments = fc.tuple(spans, fc.boolean()).map(([ms, isPast]) => iso(NOW + (isPast ? -ms : ms)));
/** Moments of the last hours, between a reading and now. */
const past = fc.integer({ min: 0, max: 6 * HOUR }).map(ms => iso(NOW - ms));
const amounts = fc.oneof(
  fc.constantFrom(-1, 0, 1e-9, 0.5, 1, 4, 5, 19.99, 20),
  fc.integer({ min: 0, max: 25 }),
);

const windows: fc.Arbitrary<QuotaWindow> = fc.record({
  name: fc.constantFrom('5h', 'month', 'total'),
  scope: some(fc.constantFrom('team' as const, 'model' as const)),
  scopeName: some(fc.constant('Core')),
  unit: fc.constantFrom(...WINDOW_UNITS),
  used: some(amounts),
  limit: fc.oneof({ weight: 5, arbitrary: fc.constant(20) }, fc.constantFrom(0, null, undefined)),
  remaining: some(amounts),
  resetsAt: some(fc.oneof(moments, past)),
});

const figures: fc.Arbitrary<Partial<Reading>> = fc.oneof(
  fc
    .record({
      quota: some(
        fc.record({
          unlimited: fc.boolean(),
          remaining: amounts,
          used: some(amounts),
          granted: fc.constant(20),
        }),
      ),
      account: some(fc.record({ balance: amounts })),
      windows: fc.array(windows, { minLength: 1, maxLength: 4 }),
    })
    .map(given => ({ ...given, budget: budgetOfWindows(given.windows) })),
  fc.record({
    quota: fc.record({ unlimited: fc.constant(false), remaining: amounts, granted: fc.constant(20) }),
  }),
  fc.record({ quota: fc.record({ unlimited: fc.constant(false), remaining: amounts }) }),
  fc.record({ quota: fc.record({ unlimited: fc.constant(true), used: fc.constant(9) }) }),
  fc.record({ account: fc.record({ balance: amounts }) }),
  fc.record({
    budget: fc.record({
      spent: amounts,
      limit: fc.constantFrom(20, null),
      resetsAt: fc.oneof(moments, past),
    }),
    account: some(fc.record({ balance: amounts })),
  }),
  fc.constant({}),
);

const readings: fc.Arbitrary<Reading> = fc
  .tuple(
    fc.record({
      takenAt: spans.map(age => iso(NOW - age)),
      unit: fc.record({
        code: fc.constantFrom(...UNIT_CODES),
        symbol: fc.constant('¤'),
        source: fc.constantFrom('gateway' as const, 'default' as const),
      }),
      expiresAt: fc.option(some(moments), { nil: null }),
      plan: some(fc.record({ name: fc.constant('Pro'), expiresAt: fc.oneof(some(moments), past) })),
      // Money beside a plan may pay on when the plan has ended.
      account: some(fc.record({ balance: amounts })),
      clockAheadMs: some(fc.constantFrom(-HOUR, HOUR)),
    }),
    figures,
  )
  .map(([rest, more]) => ({ ...rest, ...more }));

interface Case {
  readonly state: CheckState;
  readonly settings: Settings;
  readonly heldUntil: number | undefined;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    reading: some(readings),
    failureClass: fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: fc.constantFrom('exhausted', 'expired') },
      // No check ends as `paused`: that is said of a key, and shown by `pausedKey.test.ts` beside this.
      { weight: 2, arbitrary: fc.constantFrom(...FAILURE_CLASSES.filter(each => each !== 'paused')) },
    ),
    /** How far between the reading and now the last check was. */
    checked: fc.constantFrom(0, 0.5, 1),
    nextIn: fc.constantFrom(-HOUR, 0, MINUTE, 5 * MINUTE, DAY),
    heldFor: some(fc.constantFrom(HOUR, DAY)),
    pollMs: fc.constantFrom(5 * MINUTE, HOUR),
    percent: fc.constantFrom(0, 20, 25, 100),
    amount: some(fc.constantFrom(0, 1, 5)),
    lastsIn: some(fc.constantFrom(MINUTE, HOUR, 3 * DAY)),
  })
  .map(({ reading, failureClass, checked, nextIn, heldFor, pollMs, percent, amount, lastsIn }) => {
    const takenAt = reading ? Date.parse(reading.takenAt) : NOW - HOUR;
    const failure: Failure | undefined = failureClass && { class: failureClass, reason: 'timeout' };
    return {
      state: {
        keyId: 'k',
        reading,
        failure,
        // A good check is the one that brought the reading.
        checkedAt: Math.round(failure ? takenAt + (NOW - takenAt) * checked : takenAt),
        failures: failure ? 1 : 0,
        dueAt: NOW + nextIn,
        forecast:
          lastsIn === undefined
            ? undefined
            : { lastsUntil: iso(NOW + lastsIn), perDay: 2, confidence: 'good' as const },
      },
      settings: {
        pollMs,
        timeoutMs: 15_000,
        low: { percent, amounts: Object.fromEntries(UNIT_CODES.map(code => [code, amount])) },
        retention: { rawDays: 30, hourlyDays: 365 },
        monthBegins: 1,
        gateways: new Map(),
      },
      heldUntil: heldFor === undefined ? undefined : NOW + heldFor,
    };
  });

/** Icons of the status bar, the tree and the tooltip, and what an agent is told in their place. */
const STATUS_BY_ICON: Readonly<Record<string, string>> = {
  key: 'ok',
  watch: 'ok',
  warning: 'low',
  error: 'exhausted',
  calendar: 'expired',
  'circle-slash': 'disabled',
  lock: 'invalid',
  history: 'stale',
  question: 'unknown',
};

const REFUSED = new Set(['disabled', 'invalid', 'exhausted']);
const said = ({ warnings }: KeyOutputs, ...names: string[]) => warnings.some(each => names.includes(each));
const isAbout = ({ warnings }: KeyOutputs, kind: string) => warnings.some(each => each.startsWith(kind));

type Law = readonly [what: string, holds: (all: KeyOutputs, given: Case) => boolean];

/** What a status is: as the bar shows it. */
const statusOf = ({ bar }: KeyOutputs) => STATUS_BY_ICON[bar.icon];
const staleAfter = ({ plan }: KeyOutputs) => Math.max(15 * MINUTE, 2.5 * plan.intervalMs);
const ageOf = ({ state }: Case) => NOW - Date.parse(state.reading?.takenAt ?? '');
const isGood = ({ state }: Case) => state.reading !== undefined && state.failure === undefined;
const isWatched = (all: KeyOutputs, { state }: Case) => NOW - (state.checkedAt ?? 0) <= staleAfter(all);

const SAME: readonly Law[] = [
  ['the tree shows the bar’s status', all => STATUS_BY_ICON[all.tree.icon] === statusOf(all)],
  ['the tooltip shows the bar’s icon', all => all.tooltip.icon === all.bar.icon],
  ['an agent is told the bar’s status', all => all.tool.status === statusOf(all)],
];

const ENDED: readonly Law[] = [
  [
    'an end is warned about as come only where the bar says so, or that the key is refused',
    all =>
      !said(all, 'expiry 0', 'plan 0') || statusOf(all) === 'expired' || REFUSED.has(statusOf(all) ?? ''),
  ],
  [
    'an end that the bar shows as come is warned about, where the key is being asked',
    (all, given) => statusOf(all) !== 'expired' || !isWatched(all, given) || said(all, 'expiry 0', 'plan 0'),
  ],
  [
    'a key is listed as ended where the bar says so, and else only where it is refused',
    all =>
      all.listedAsEnded === undefined ||
      all.listedAsEnded === (statusOf(all) === 'expired') ||
      REFUSED.has(statusOf(all) ?? ''),
  ],
  [
    'of a key that is out of date, no end is told as come',
    (all, given) =>
      statusOf(all) !== 'stale' ||
      !hasEndCome(given) ||
      (!/expire|ago/.test(all.tooltip.line.replace(/(?:as of|since the reset) .*? ago/g, '')) &&
        !all.listedAsEnded),
  ],
  [
    'the tree tells how far away an end is that the tooltip tells',
    all => !/expires/.test(all.tooltip.line) || all.tree.facts.get('expiry')?.includes('(') === true,
  ],
  [
    'nothing lasts on that has ended',
    all =>
      statusOf(all) !== 'expired' ||
      (!/runs out|resets|expires/.test(all.tooltip.line) &&
        !all.tree.facts.has('forecast') &&
        all.tool.lastsUntil === undefined &&
        !/\bleft\b/.test(all.barTime)),
  ],
  [
    'a key that the bar says will end is urgent',
    all => !/expires in/.test(all.bar.notice) || all.plan.isUrgent,
  ],
  [
    'a key with an end that only the gateway can confirm is urgent',
    (all, given) => statusOf(all) !== 'stale' || !hasEndCome(given) || all.plan.isUrgent,
  ],
  [
    'an end to come has a check just after it at the latest',
    all => !/expires in|left/.test(all.bar.notice) || all.plan.changeAt !== undefined,
  ],
];

const LOW: readonly Law[] = [
  [
    'what is left is warned about as low only where the bar says so',
    all => !lowWarned(all) || statusOf(all) === 'low',
  ],
  [
    'a key is warned about as used up only where the bar says so',
    all => !said(all, 'low 0') || statusOf(all) === 'exhausted',
  ],
  [
    'what the bar shows as low is warned about, where the last check brought it',
    (all, given) => statusOf(all) !== 'low' || !isGood(given) || lowWarned(all),
  ],
  [
    'what the bar shows as used up is warned about, where a check that is not old says so',
    (all, given) =>
      statusOf(all) !== 'exhausted' || !isGood(given) || ageOf(given) > staleAfter(all) || said(all, 'low 0'),
  ],
  ['a key that the bar shows as low is urgent', all => statusOf(all) !== 'low' || all.plan.isUrgent],
];

const STALE: readonly Law[] = [
  [
    'nothing is warned about from figures that the bar shows as old',
    all => statusOf(all) !== 'stale' || !['low', 'forecast', 'spend'].some(kind => isAbout(all, kind)),
  ],
  [
    'the bar shows no figure as present that is older than two missed checks',
    (all, given) => !['ok', 'low'].includes(statusOf(all) ?? '') || ageOf(given) <= staleAfter(all),
  ],
  [
    'a forecast is warned about only from a figure that is not older than that',
    (all, given) => !isAbout(all, 'forecast') || ageOf(given) <= staleAfter(all),
  ],
  [
    'a key that answers is asked again before its figure is old',
    (all, { state }) =>
      !state.reading || all.plan.dueAfterGood <= Date.parse(state.reading.takenAt) + staleAfter(all),
  ],
];

const SIGNS: Readonly<Record<string, RegExp>> = {
  USD: /\$/,
  CNY: /¥/,
  TOKENS: /tokens?/,
  UNITS: /units?/,
  '¤': /¤/,
  REQUESTS: /requests?/,
  PERCENT: /%/,
};

const UNIT: readonly Law[] = [
  ['bar and tree show one figure', all => !isFigure(all) || all.bar.figure === all.tree.figure],
  [
    'the tooltip shows the bar’s figure',
    all => !isFigure(all) || all.tooltip.left.includes(bareFigure(all).replace(/\u00a0/g, ' ')),
  ],
  [
    'an agent is told the unit that the bar shows',
    all => !isFigure(all) || (SIGNS[all.tool.figures?.unit ?? '']?.test(all.bar.figure) ?? false),
  ],
  [
    'a warning about what is left shows the bar’s figure',
    all => !lowWarned(all) || all.sentences.some(sentence => sentence.includes(bareFigure(all))),
  ],
  [
    'bar, screen reader, tooltip, agent and the sentence about it name the same limit',
    all => {
      const name = limitOf(all);
      if (!isFigure(all) || all.tool.figures?.unlimited) return true;
      const isWindow = all.tool.figures?.of === 'quota window';
      if (isWindow !== (name !== undefined)) return false;
      return (
        name === undefined ||
        (all.bar.spoken.includes(name) &&
          all.tooltip.left.includes(name) &&
          (!lowWarned(all) || all.sentences.some(sentence => sentence.includes(PHRASES[name] ?? name))))
      );
    },
  ],
];

/** How a sentence says it, where it says it in other words. */
const PHRASES: Readonly<Record<string, string>> = {
  month: 'the monthly limit',
  'in all': 'the limit',
  'team, month': 'the limit of team, month',
};

/** The figure without the name of the limit that it is about. */
function bareFigure({ bar }: KeyOutputs): string {
  return bar.figure.replace(/ \([^()]*\)$/, '');
}

/** The name of that limit, as the bar has it; undefined for the key's own. */
function limitOf({ bar }: KeyOutputs): string | undefined {
  return / \(([^()]*)\)$/.exec(bar.figure)?.[1];
}

function lowWarned({ warnings }: KeyOutputs): boolean {
  return warnings.some(each => each.startsWith('low ') && each !== 'low 0');
}

function isFigure({ tool, bar }: KeyOutputs): boolean {
  const { figures: known } = tool;
  return known !== undefined && (known.remaining !== undefined || (known.unlimited && /\d/.test(bar.figure)));
}

/** Whether the first end that the gateway named has come, by the clock of this computer. */
function hasEndCome({ state }: Case): boolean {
  const { expiresAt, plan, clockAheadMs = 0 } = state.reading ?? {};
  return [expiresAt, plan?.expiresAt].some(
    time => typeof time === 'string' && Date.parse(time) + clockAheadMs <= NOW,
  );
}

describe('status bar, tree, tooltip, warnings, agent tool and poll plan agree on', () => {
  useTimeZone('UTC');
  before(loadFailureMessages);

  const LAWS = {
    'the status': SAME,
    'what has ended': ENDED,
    'what is low': LOW,
    'what is old': STALE,
    units: UNIT,
  };
  for (const [what, laws] of Object.entries(LAWS)) {
    it(`${what}, whatever a gateway said, and whenever`, () => {
      const agree = (given: Case) => {
        const all = keyOutputs(given.state, given.settings, NOW, given.heldUntil);
        const broken = laws.filter(([, holds]) => !holds(all, given)).map(([law]) => law);
        assert.deepEqual(
          broken,
          [],
          JSON.stringify({ ...all, tree: { ...all.tree, facts: [...all.tree.facts] } }),
        );
      };
      // Synchronous, but its type also covers properties that are not.
      void fc.assert(fc.property(cases, agree), { numRuns: 1000 });
    });
  }
});
