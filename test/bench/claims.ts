import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { CLAIM_MARGIN_MS } from '../../src/services/polling/claimLifetime.ts';
import { jitterOf } from '../../src/services/polling/nextDueAt.ts';
import { databasePath } from '../../src/store/database.ts';
import { type SampleGateway, startSampleGateway } from '../sampleGateways/server.ts';
import type { Child } from '../unit/support/child.ts';
import { fillFolder } from '../unit/support/filledFolder.ts';
import { seededChance } from '../unit/support/seededChance.ts';
import type { StoredKey } from '../unit/support/storedKeys.ts';
import { ClaimWatch } from './claimWatch.ts';
import type { Measure } from './measure.ts';
import { startWindow } from './startedWindow.ts';

const KEYS = 50;
const WINDOWS = 5;
const HANDLE = 'key';
const LATENCY_MS = 300;
const TIMEOUT_MS = 1000;
const CLAIM_MS = TIMEOUT_MS + CLAIM_MARGIN_MS;
/** Shorter than a claim, so that a key that is asked again because its window died counts as well. */
const INTERVAL_MS = 5000;
/** After an answer no check is planned sooner, also where it is made together with one that is due before it. */
const EARLIEST_MS = INTERVAL_MS - jitterOf(INTERVAL_MS);
/** How often a focused window looks whether a claim has ended. */
const LOOK_MS = 1000;
/** From when a key is due to its claim and from that to its call: sixteen checks start together, on a busy core. */
const STARTS_MS = 500;
const KILL_EVERY_MS = 1000;

/**
 * Windows in real processes over one database, each with the focus, so that all of them try to claim every key at
 * once. Counted is what arrives at the gateways, by their clock.
 */
export const claims: Measure = {
  name: 'claims',
  title: `${WINDOWS} processes claiming ${KEYS} keys every ${INTERVAL_MS / 1000} s for a minute, one killed every second`,
  async run({ quick }) {
    const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
    // The kind with the widest limits, and an origin for each key: budgets must not be what keeps them apart.
    const gateways = await Promise.all(Array.from({ length: KEYS }, openGateway));
    try {
      const { asks, kills, orphaned } = await minuteOf(folder, gateways, quick ? 15 : 60);
      const late = Math.max(...asks.map(({ lateMs }) => lateMs));
      const count = asks.reduce((sum, { times }) => sum + times, 0);
      return [
        {
          what: `asked twice: sooner than ${EARLIEST_MS / 1000} s after the time before, of ${count} times`,
          value: asks.reduce((sum, { twice }) => sum + twice, 0),
          bound: 0,
          unit: '',
        },
        {
          what: `longest a due key was left unasked; a claim lasts ${CLAIM_MS / 1000} s, a look comes every ${LOOK_MS / 1000} s, starts take ${STARTS_MS / 1000} s`,
          value: late / 1000,
          bound: (CLAIM_MS + LOOK_MS + STARTS_MS) / 1000,
          unit: 's',
        },
        { what: 'faults found by the integrity check', value: faultsOf(folder), bound: 0, unit: '' },
        { what: `claims left behind by ${kills} killed`, value: orphaned, bound: 1, atLeast: true, unit: '' },
      ];
    } finally {
      for (const gateway of gateways) await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Minute {
  readonly asks: readonly Asks[];
  readonly kills: number;
  readonly orphaned: number;
}

/** How one key was asked about. */
interface Asks {
  readonly times: number;
  /** How often sooner after the previous time than any plan allows. */
  readonly twice: number;
  /** The longest time past due. */
  readonly lateMs: number;
}

function openGateway(): Promise<SampleGateway> {
  const scenarios = { [HANDLE]: {} };
  return startSampleGateway({ kind: 'cheapestInference', scenarios, latencyMs: LATENCY_MS });
}

async function minuteOf(
  folder: string,
  gateways: readonly SampleGateway[],
  seconds: number,
): Promise<Minute> {
  const chance = seededChance(5);
  const keys = gateways.map(({ origin }, index): StoredKey => {
    return { id: `key-${index}`, origin, handle: HANDLE, kind: 'cheapestInference', prefix: 'sk_live_' };
  });
  await fillFolder(folder, keys, Date.now());
  const settings = { pollMs: INTERVAL_MS, timeoutMs: TIMEOUT_MS };
  const open = () => startWindow({ folder, keys, focused: true, settings });
  const windows = Array.from({ length: WINDOWS }, open);
  const watch = new ClaimWatch(folder);
  try {
    await Promise.any(windows.map(window => window.untilLine('watches')));
    const from = Date.now();
    let kills = 0;
    for (; kills < seconds; kills++) {
      await pause(KILL_EVERY_MS);
      watch.look();
      const victim = Math.floor(chance() * WINDOWS);
      await windows[victim]?.kill();
      windows[victim] = open();
    }
    const to = Date.now();
    return { asks: gateways.map(gateway => asksOf(gateway, from, to)), kills, orphaned: watch.leftBehind };
  } finally {
    await Promise.all(windows.map((window: Child) => window.kill()));
    watch.close();
  }
}

/** A key is due one interval after its answer, and from the beginning. */
function asksOf(gateway: SampleGateway, from: number, to: number): Asks {
  const times = gateway.callsOf({ key: HANDLE }).map(({ at }) => at);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const waits = [(times[0] ?? to) - from, ...[...gaps, to - (times.at(-1) ?? from)].map(lateBy)];
  return {
    times: times.length,
    twice: gaps.filter(gap => gap < EARLIEST_MS).length,
    lateMs: Math.max(...waits),
  };
}

function lateBy(gapMs: number): number {
  return gapMs - INTERVAL_MS - LATENCY_MS;
}

function faultsOf(folder: string): number {
  const database = new DatabaseSync(databasePath(folder));
  const verdict = database.prepare('PRAGMA integrity_check').all();
  database.close();
  return verdict.filter(({ integrity_check }) => integrity_check !== 'ok').length;
}
