import { seededChance } from '../unit/support/seededChance.ts';
import { FAULT_SORTS, type FaultSort } from './faults.ts';

/**
 * The windows: one that stays open all the time; one whose disk is full now and then, and which is reloaded
 * after that; and one in a process of its own, which is killed and replaced.
 */
export type WindowRole = 'lasting' | 'reloaded' | 'killed';

type Trouble = 'fullDisk' | 'reload' | 'kill';

/** What happens, and after how many simulated milliseconds. */
export type Happening = { readonly at: number } & (
  | { readonly what: 'fault'; readonly place: number; readonly sort: FaultSort }
  | { readonly what: 'heal'; readonly place: number }
  | { readonly what: 'look'; readonly role: WindowRole }
  | { readonly what: Trouble }
);

const MINUTE = 60_000;
const ROUND_MS = 12 * MINUTE;

/** What happens to the windows in each round, in minutes from its beginning. */
const ROUND: readonly (readonly [minute: number, what: WindowRole | Trouble])[] = [
  [0, 'lasting'],
  [2, 'reloaded'],
  [2.5, 'fullDisk'],
  [5.5, 'reload'],
  [6, 'lasting'],
  [8, 'killed'],
  [10, 'kill'],
];

const isWindowRole = (what: string): what is WindowRole =>
  what === 'lasting' || what === 'reloaded' || what === 'killed';

/** Faults at all places for so long; all of them end together. The same seed gives the same. */
export function faultsFor(lastsMs: number, places: number, seed: number): Happening[] {
  const chance = seededChance(seed);
  const faults = Array.from({ length: places }, (_, place) => faultsAt(place, lastsMs, chance));
  return inOrder(faults.flat());
}

/** Some minutes of good answers, then some of bad ones, and so on; bad ones at the end. */
function faultsAt(place: number, lastsMs: number, chance: () => number): Happening[] {
  const happenings: Happening[] = [];
  let at = chance() * 3 * MINUTE;
  for (let count = place; ; count++) {
    const sort = FAULT_SORTS[count % FAULT_SORTS.length] ?? 'reset';
    happenings.push({ at, what: 'fault', place, sort });
    const end = at + (2 + 13 * chance()) * MINUTE;
    // Good answers just before the end would leave little to come back from.
    if (end > lastsMs - 8 * MINUTE) break;
    happenings.push({ at: end, what: 'heal', place });
    at = end + (1 + 4 * chance()) * MINUTE;
  }
  return [...happenings, { at: lastsMs, what: 'heal', place }];
}

/**
 * What a person and the machine do to windows for `lastsMs`, in rounds. Only whole rounds bring trouble, since a window
 * whose disk is full has to be reloaded.
 */
export function roundsFor(lastsMs: number, isTrouble: boolean): Happening[] {
  const happenings: Happening[] = [];
  for (let start = 0; start < lastsMs; start += ROUND_MS) {
    const isWhole = start + ROUND_MS <= lastsMs;
    for (const [minute, what] of ROUND) {
      const at = start + minute * MINUTE;
      if (isWindowRole(what)) happenings.push({ at, what: 'look', role: what });
      else if (isTrouble && isWhole) happenings.push({ at, what });
    }
  }
  return happenings;
}

/** In the order in which they happen. */
export function inOrder(happenings: readonly Happening[]): Happening[] {
  return [...happenings].sort((a, b) => a.at - b.at);
}
