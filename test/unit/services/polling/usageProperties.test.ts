import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { Range } from '../../../../src/core/usage/range.ts';
import type { Usage } from '../../../../src/core/usage/usage.ts';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import { CNY_SITE } from '../../../sampleGateways/siteStatus.ts';
import { accountHours, keyUsage } from '../../gateways/asking.ts';
import { june, QUERY, TEAM } from '../../gateways/fixture.ts';
import { TestSetup } from '../../support/testSetup.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const [FIRST, LAST] = [june(1, 0) * SECOND, june(9, 0) * SECOND];
const RUNS = 25;

/** Requests of eight days, the same in every run of the tests; ranges and splits are made up again. */
const rows = fc.sample(
  fc.record({
    key: fc.constantFrom('alice', 'bob'),
    at: fc.integer({ min: FIRST / SECOND, max: LAST / SECOND - 1 }),
    quota: fc.integer({ min: 1, max: 3_000_000 }),
    model: fc.constantFrom('gpt-4.1', 'claude', 'midjourney'),
  }),
  { numRuns: 240, seed: 5 },
);

interface Source {
  readonly options: GatewayOptions;
  readonly ask: (setup: TestSetup, range: Range) => Promise<Usage>;
  /** The step of range ends in milliseconds; it is no finer than the source. */
  readonly stepMs: number;
  readonly parts: readonly ('byDay' | 'byKey' | 'byModel')[];
  /** Units that one on screen is worth. */
  readonly perUnit: number;
  readonly keys: readonly string[];
}

const BOTH = ['alice', 'bob'];
const usd = { perUnit: 500_000 } as const;
const accountUsage: Source['ask'] = (setup, range) =>
  setup.ask(setup.account('team'), 'rangeByAccount', (gateway, context) =>
    gateway.readUsage?.(context, range),
  );
const ofAlice: Source['ask'] = (setup, range) => keyUsage(setup, 'alice', range);

const SOURCES: Readonly<Record<string, Source>> = {
  'an account’s log': {
    ...usd,
    options: { accounts: [TEAM] },
    ask: accountUsage,
    stepMs: 1,
    parts: ['byDay', 'byKey', 'byModel'],
    keys: BOTH,
  },
  'an account’s log in yuan': {
    options: { accounts: [TEAM], status: CNY_SITE },
    ask: accountUsage,
    stepMs: 1,
    parts: ['byDay', 'byKey', 'byModel'],
    perUnit: 500_000 / 7.3,
    keys: BOTH,
  },
  'an account’s hourly sums': {
    ...usd,
    options: { accounts: [TEAM] },
    ask: accountHours,
    stepMs: HOUR,
    parts: ['byDay', 'byModel'],
    keys: BOTH,
  },
  'a key’s own log': {
    ...usd,
    options: { accounts: [TEAM] },
    ask: ofAlice,
    stepMs: 1,
    parts: ['byDay', 'byModel'],
    keys: ['alice'],
  },
  'AIOHub’s exact sum': {
    ...usd,
    options: { kind: 'aioHub', accounts: [TEAM] },
    ask: ofAlice,
    // It refuses a range that has no whole second in it.
    stepMs: SECOND,
    parts: [],
    keys: ['alice'],
  },
  'CometAPI’s query service': {
    ...usd,
    options: { kind: 'cometQuery', settings: { query: QUERY }, accounts: [TEAM] },
    ask: ofAlice,
    stepMs: 24 * HOUR,
    parts: ['byDay', 'byKey'],
    keys: BOTH,
  },
};

/** Three moments in order: the ends of a range, and where it is split. */
const moments = (stepMs: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: (LAST - FIRST) / stepMs }), { minLength: 3, maxLength: 3 })
    .map(steps => steps.sort((a, b) => a - b).map(step => FIRST + step * stepMs) as [number, number, number]);

function same(a: number, b: number): void {
  assert.ok(Math.abs(a - b) < 5e-7, `${a} is not ${b}`);
}

describe('whatever the range, by', () => {
  for (const [name, { options, ask, stepMs, parts, perUnit, keys }] of Object.entries(SOURCES)) {
    describe(name, () => {
      let setup: TestSetup;
      before(async () => {
        setup = await TestSetup.open(options);
        for (const { key, ...row } of rows) setup.gateway.spend(key, row);
      });
      after(() => setup.close());

      const used = async (from: number, to: number) => {
        // A long log takes dozens of calls, and three of them would be more than are allowed together.
        setup.clock.jump(HOUR);
        return (await ask(setup, { from, to })).total?.used ?? assert.fail('no total');
      };
      /** What was really spent from one moment up to another, which is no more in it. */
      const truth = (from: number, to: number) =>
        rows
          .filter(({ key, at }) => keys.includes(key) && at * SECOND >= from && at * SECOND < to)
          .reduce((sum, { quota }) => sum + quota, 0) / perUnit;
      /** An hour passes between the questions, so that the request budget never runs out. */
      const forRanges = (holds: (range: [number, number, number]) => Promise<void>) =>
        fc.assert(
          fc.asyncProperty(moments(stepMs), async range => {
            setup.clock.jump(HOUR);
            await holds(range);
          }),
          { numRuns: RUNS },
        );

      it('the total is what was spent, and so are the sums of all parts', async () => {
        await forRanges(async ([from, , to]) => {
          const usage = await ask(setup, { from, to: to - 1 });
          same(usage.total?.used ?? Number.NaN, truth(from, to));
          for (const part of parts) {
            const list = usage[part] ?? assert.fail(`no ${part}`);
            same(
              list.reduce((sum, row) => sum + row.used, 0),
              truth(from, to),
            );
          }
        });
      }).timeout(120_000);

      it('a range split anywhere sums to the whole', async () => {
        await forRanges(async ([from, split, to]) => {
          const halves = (await used(from, split - 1)) + (await used(split, to - 1));
          same(halves, await used(from, to - 1));
        });
      }).timeout(120_000);
    });
  }
});
