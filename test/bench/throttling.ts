import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SharedMachine } from '../unit/support/sharedMachine.ts';
import { churnWindows, type WindowChurnCounts } from '../unit/support/windowChurn.ts';
import type { Measure } from './measure.ts';

const KEYS = 30;
const WINDOWS = 5;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How often a window opens, closes, dies or takes the focus, on the average. */
const EVERY_MS = 20 * MINUTE;

/** A day of thirty keys on one New API origin with the limits it ships with, and windows that come and go. */
export const throttling: Measure = {
  name: 'throttling',
  title: `24 simulated hours, ${KEYS} keys on one New API origin, ${WINDOWS} windows opening, closing and dying`,
  async run({ quick }) {
    const lastsMs = (quick ? 4 : 24) * HOUR;
    const many = await day(lastsMs, WINDOWS);
    const one = await day(lastsMs, 1);
    return [
      { what: `answers 429, while ${wordsOf(many.counts)}`, value: many.refused, bound: 0, unit: '' },
      { what: 'pinned key: longest time unread', value: many.pinnedGap / MINUTE, bound: 10, unit: 'min' },
      { what: 'other keys: longest time unread', value: many.otherGap / MINUTE, bound: 90, unit: 'min' },
      {
        what: `calls against those of one window (${many.calls} : ${one.calls})`,
        value: Math.abs(many.calls / one.calls - 1) * 100,
        bound: 2,
        unit: '%',
      },
    ];
  },
};

interface Day {
  readonly counts: WindowChurnCounts;
  readonly refused: number;
  readonly calls: number;
  readonly pinnedGap: number;
  readonly otherGap: number;
}

async function day(lastsMs: number, mostWindows: number): Promise<Day> {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
  // Billing tells the account's figures, so that each check is one of twenty calls in twenty minutes.
  const gateway = { settings: { displayTokenStat: false } };
  const machine = await SharedMachine.open({ folder, keys: KEYS, gateway });
  try {
    const start = machine.clock.now();
    const everyMs = mostWindows === 1 ? Number.POSITIVE_INFINITY : EVERY_MS;
    const counts = await churnWindows(machine, {
      lastsMs,
      maxWindows: mostWindows,
      averageIntervalMs: everyMs,
    });
    const gaps = Array.from({ length: KEYS }, (_, index) => machine.longestGap(`key-${index}`, start));
    return {
      counts,
      refused: machine.gateway.calls.filter(({ status }) => status === 429).length,
      calls: machine.gateway.calls.length,
      pinnedGap: gaps[0] ?? Number.NaN,
      otherGap: Math.max(...gaps.slice(1)),
    };
  } finally {
    await machine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function wordsOf({
  opened,
  closed,
  crashed: died,
  crashedAfterRequest: diedAsking,
}: WindowChurnCounts): string {
  return `${opened} windows opened, ${closed} closed, ${died} died, ${diedAsking} of them asking`;
}
