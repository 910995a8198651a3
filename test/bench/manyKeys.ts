import { setTimeout as pause } from 'node:timers/promises';
import { isReachable } from '../../src/http/network.ts';
import { MAX_CONCURRENT_CHECKS } from '../../src/services/polling/checks.ts';
import { Child } from '../unit/support/child.ts';
import { storeKeys } from '../unit/support/storedKeys.ts';
import { TestWindow } from '../unit/support/testWindow.ts';
import { LoopProbe } from './loopProbe.ts';
import { type Figure, type Measure, quantile } from './measure.ts';
import { TurnProbe } from './turnProbe.ts';

const ORIGINS = 100;
const KEYS_EACH = 10;
const LATENCY_MS = 50;
/** One for its use and one for its limit, which billing tells. */
const CALLS_A_KEY = 2;
/** For a site's units, and for what the first key tells of itself, which shows that billing tells the same. */
const CALLS_AN_ORIGIN = 2;
/** The names and models that are asked for at once while a site is new. */
const MOST_DETAILS_AN_ORIGIN = 4;
const ROUNDS = 3;

/** One round over many keys with real sockets: as fast as the network allows, and without blocking VS Code. */
export const manyKeys: Measure = {
  name: 'manyKeys',
  title: `${ORIGINS * KEYS_EACH} keys over ${ORIGINS} origins at ${LATENCY_MS} ms, one round, ${MAX_CONCURRENT_CHECKS} at once`,
  async run({ quick }) {
    const rounds: Round[] = [];
    for (let round = 0; round < (quick ? 1 : ROUNDS); round++) rounds.push(await oneRound());
    const last = rounds.at(-1);
    if (!last) throw new Error('No round was run.');
    return [
      {
        what: 'duration against the bound of latency, median of rounds',
        value: quantile(
          rounds.map(({ ms, boundMs }) => ms / boundMs),
          0.5,
        ),
        bound: 1.15,
        unit: '×',
      },
      {
        what: 'longest block of the event loop, median of rounds',
        value: quantile(
          rounds.map(({ blockedMs }) => blockedMs),
          0.5,
        ),
        bound: 16,
        unit: 'ms',
      },
      {
        // Says of a block whether it is ours: where this keeps its bound and the clock's does not, others had the processor.
        what: 'longest turn of the event loop by processor time, median of rounds',
        value: quantile(
          rounds.map(({ turnMs }) => turnMs),
          0.5,
        ),
        bound: 16,
        unit: 'ms',
      },
      {
        what: 'calls: two a key, two an origin, and some for names and models',
        value: last.calls,
        ...mostCalls(last),
      },
    ];
  },
};

interface Round {
  readonly ms: number;
  readonly boundMs: number;
  readonly blockedMs: number;
  readonly turnMs: number;
  readonly calls: number;
  readonly read: number;
}

async function oneRound(): Promise<Round> {
  const farm = new Child(new URL('farm.ts', import.meta.url), [
    String(ORIGINS),
    String(KEYS_EACH),
    String(LATENCY_MS),
  ]);
  try {
    const origins = JSON.parse((await farm.untilLine('origins ')).slice('origins '.length)) as string[];
    await measured(origins.slice(0, 1), 1);
    await callsOf(farm);
    const round = await measured(origins, KEYS_EACH);
    const calls = await callsOf(farm);
    return { ...round, calls, boundMs: (calls * LATENCY_MS) / MAX_CONCURRENT_CHECKS };
  } finally {
    await farm.kill();
  }
}

/** The first round in the life of a process loads modules; it is not the one that counts. */
async function measured(
  origins: readonly string[],
  keysEach: number,
): Promise<Omit<Round, 'calls' | 'boundMs'>> {
  // All gateways stand on this machine, about which the probe need not look. It is asked as it would be of others.
  const testWindow = new TestWindow({ isReachable: () => isReachable('https://gw.example') || true });
  try {
    const keys = origins.flatMap((origin, at) =>
      Array.from({ length: keysEach }, (_, index) => ({
        id: `${at}-${index}`,
        origin,
        handle: `key-${index}`,
      })),
    );
    await storeKeys(testWindow, keys, Date.now());
    // Lets the loop's own clock catch up with what was placed just now.
    await pause(20);
    const probe = await LoopProbe.start();
    const turnProbe = new TurnProbe();
    const start = performance.now();
    const done = everyKeyRead(testWindow);
    await testWindow.monitor.start();
    await done;
    const ms = performance.now() - start;
    const [blockedMs, turnMs] = [probe.stop(), turnProbe.stop()];
    const read = testWindow.monitor.snapshot.filter(({ reading }) => reading).length;
    return { ms, blockedMs, turnMs, read };
  } finally {
    await testWindow.close();
  }
}

async function callsOf(farm: Child): Promise<number> {
  const answer = farm.nextLine();
  farm.writeLine('calls');
  const byPath = JSON.parse((await answer).slice('calls '.length)) as Record<string, number>;
  return Object.values(byPath).reduce((sum, count) => sum + count, 0);
}

function mostCalls({ read }: Round): Pick<Figure, 'bound' | 'unit'> {
  const anOrigin = KEYS_EACH * CALLS_A_KEY + CALLS_AN_ORIGIN + MOST_DETAILS_AN_ORIGIN;
  // A key that was not read would make the round look fast.
  return { bound: read === ORIGINS * KEYS_EACH ? ORIGINS * anOrigin : 0, unit: '' };
}

function everyKeyRead({ monitor }: TestWindow): Promise<void> {
  return new Promise(resolve => {
    const listener = monitor.onDidChange(snapshot => {
      if (snapshot.some(({ checkedAt }) => checkedAt === undefined)) return;
      listener.dispose();
      resolve();
    });
  });
}
