import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { forAll } from '../../support/forAll.ts';
import { DAY, HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { endingKey, keyWith, WarningMemory } from '../../support/warnings.ts';

// The laws are written down here a second time, from the figures alone: nothing is asked of the marks.

const THRESHOLDS = [0, 5, 20];
const margin = (threshold: number) => Math.max(1, threshold / 10);
const RUNS = 2000;

interface Step {
  readonly afterMs: number;
  readonly percent: number;
}

/** Figures around the thresholds, at all paces: seconds, polls, days. */
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    afterMs: fc.oneof(
      fc.integer({ min: 1000, max: 10 * MINUTE }),
      fc.integer({ min: MINUTE, max: 3 * HOUR }),
      fc.constant(DAY),
    ),
    percent: fc.oneof(
      fc.constantFrom(0, 0.5, 1.5, 4.9, 5, 5.5, 6.5, 19.9, 20, 21, 22.5, 60),
      fc.double({ min: 0, max: 100, noNaN: true }),
    ),
  }),
  { minLength: 1, maxLength: 60 },
);

interface Look {
  readonly now: number;
  readonly percent: number;
  /** The thresholds that were said. */
  readonly said: readonly number[];
}

function looksAt(sequence: readonly Step[]): Look[] {
  const memory = new WarningMemory();
  let now = NOW;
  return sequence.map(({ afterMs, percent }) => {
    now += afterMs;
    const said = memory.evaluate(now, [keyWith(percent, now)]).map(text => Number(text.replace('low ', '')));
    return { now, percent, said };
  });
}

/** Whether what is said at a look was not said before, or its threshold was left by the margin since. */
function isNewEpisode({ said }: Look, index: number, looks: readonly Look[]): boolean {
  return said.every(threshold => {
    const before = times(looks.slice(0, index), threshold).at(-1);
    const since = before === undefined ? undefined : looks.slice(before, index);
    return since === undefined || since.some(({ percent }) => percent > threshold + margin(threshold));
  });
}

/** Indices of the looks at which this threshold was said. */
function times(looks: readonly Look[], threshold: number): number[] {
  return looks.flatMap(({ said }, index) => (said.includes(threshold) ? [index] : []));
}

describe('whatever readings come', () => {
  it('no threshold warns twice in an episode, nor twice in an hour', () => {
    forAll(
      steps,
      sequence => {
        const looks = looksAt(sequence);
        return THRESHOLDS.every(threshold =>
          times(looks, threshold).every((index, nth, all) => {
            const before = all[nth - 1];
            if (before === undefined) return true;
            const between = looks.slice(before, index);
            const isLeft = between.some(({ percent }) => percent > threshold + margin(threshold));
            return isLeft && (looks[index]?.now ?? 0) - (looks[before]?.now ?? 0) >= HOUR;
          }),
        );
      },
      RUNS,
    );
  });

  it('none is missed: below a threshold it, or a worse one, was said in this episode or within the hour', () => {
    forAll(
      steps,
      sequence => {
        const looks = looksAt(sequence);
        return looks.every(({ now, percent }, index) => {
          const worst = THRESHOLDS.find(threshold => percent <= threshold);
          if (worst === undefined) return true;
          const past = looks.slice(0, index + 1);
          return THRESHOLDS.filter(threshold => threshold <= worst).some(threshold => {
            const last = times(past, threshold).at(-1);
            if (last === undefined) return false;
            const since = past.slice(last);
            const isSameEpisode = since.every(look => look.percent <= worst + margin(worst));
            return isSameEpisode || now - (past[last]?.now ?? 0) < HOUR;
          });
        });
      },
      RUNS,
    );
  });

  it('only the worst that is crossed is said, and only when it is crossed', () => {
    forAll(
      steps,
      sequence =>
        looksAt(sequence).every(
          ({ percent, said }) =>
            said.length <= 1 &&
            said.every(threshold => threshold === THRESHOLDS.find(each => percent <= each)),
        ),
      RUNS,
    );
  });

  it('stale and failed figures in between change nothing', () => {
    forAll(
      steps,
      sequence => {
        const memory = new WarningMemory();
        let now = NOW;
        const said = sequence.map(({ afterMs, percent }) => {
          now += afterMs;
          const failure = { class: 'transient', message: 'Away.' };
          const noise = [
            ...memory.evaluate(now, [keyWith(100 - percent, now, { failure })]),
            ...memory.evaluate(now, [keyWith(100 - percent, now - DAY)]),
          ];
          return noise.length === 0 ? memory.evaluate(now, [keyWith(percent, now)]).join() : 'noise';
        });
        return (
          said.join('|') ===
          looksAt(sequence)
            .map(look => look.said.map(x => `low ${x}`).join())
            .join('|')
        );
      },
      RUNS,
    );
  });
});

describe('whatever the clock does', () => {
  const DAYS = [0, 1, 3, 7];
  const walk = fc.record({
    endsIn: fc.integer({ min: 0, max: 12 * DAY }),
    moves: fc.array(
      fc.oneof(
        fc.integer({ min: MINUTE, max: 8 * HOUR }),
        fc.constantFrom(DAY, -HOUR, -DAY, 14 * HOUR, -14 * HOUR),
      ),
      { minLength: 1, maxLength: 60 },
    ),
  });

  const leaps = fc.array(
    fc.record({
      ms: fc.oneof(
        fc.integer({ min: MINUTE, max: 3 * HOUR }),
        fc.constantFrom(DAY, -HOUR, -DAY, 14 * HOUR, -14 * HOUR),
      ),
      percent: fc.constantFrom(0, 0.5, 1.5, 4.9, 5, 5.5, 6.5, 19.9, 20, 22.5, 60),
    }),
    { minLength: 1, maxLength: 60 },
  );

  it('what is left is said once in an episode', () => {
    forAll(
      leaps,
      sequence => looksAt(sequence.map(({ ms, percent }) => ({ afterMs: ms, percent }))).every(isNewEpisode),
      RUNS,
    );
  });

  it('each threshold before an end is said once at most, and none after a worse one', () => {
    forAll(
      walk,
      ({ endsIn, moves }) => {
        const memory = new WarningMemory();
        let now = NOW;
        const said = moves.flatMap(ms => {
          now += ms;
          return memory
            .evaluate(now, [endingKey(endsIn, now)])
            .map(text => Number(text.replace('expiry ', '')));
        });
        return said.every((days, index) => index === 0 || days < (said[index - 1] ?? 0));
      },
      RUNS,
    );
  });

  it('the nearest threshold that was ever reached has been said', () => {
    forAll(
      walk,
      ({ endsIn, moves }) => {
        const memory = new WarningMemory();
        let now = NOW;
        let nearest = Number.POSITIVE_INFINITY;
        for (const ms of moves) {
          now += ms;
          nearest = Math.min(nearest, NOW + endsIn - now);
          memory.evaluate(now, [endingKey(endsIn, now)]);
        }
        const reached = DAYS.find(days => nearest <= days * DAY);
        return memory.shown.at(-1)?.warning.threshold === reached;
      },
      RUNS,
    );
  });
});
