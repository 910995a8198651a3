import type { Figure } from '../bench/measure.ts';
import { FAULT_SORTS } from './faults.ts';
import type { Memory } from './memory.ts';
import type { Soaked } from './soak.ts';
import { wentOn } from './windows.ts';

const MIB = 1024 * 1024;
/** In how many of its own intervals a key has to be back. */
const INTERVALS = 2;
/** What the windows write into their logs when something of ours went wrong. */
const OUR_FAULT = /A fault of ours|broke off|was kept from|could not be|failed/;

/** What must hold after a soak. */
export function figuresOf(soaked: Soaked): Figure[] {
  const { looks, windows, left, seen } = soaked;
  const took = [...soaked.cameBack.values()];
  return [
    ...(['heap', 'buffers'] as const).flatMap(part => growthOf(part, looks)),
    { what: 'slowest key back, in its own intervals', value: Math.max(...took), bound: INTERVALS, unit: '×' },
    none(
      'keys not back within two intervals',
      took.filter(each => each > INTERVALS),
    ),
    none('keys a window shows otherwise than ok in the end', soaked.notOk),
    none('timers left on the clock of the windows', left.alarms),
    none('timers, sockets and threads left in the process', left.resources),
    none('connections left at the gateways', seen.sockets),
    none(
      'sorts of fault that met no call',
      FAULT_SORTS.filter(sort => !seen.met[sort]),
    ),
    { what: 'windows killed', value: windows.killed, bound: 1, atLeast: true, unit: '' },
    {
      what: 'windows on a full disk that went on in memory',
      value: windows.fullDisks.filter(wentOn).length,
      bound: Math.max(1, windows.fullDisks.length),
      atLeast: true,
      unit: '',
    },
    none(
      'of them, said it not at all or again and again',
      windows.fullDisks.filter(({ told }) => told !== 1),
    ),
    none('calls beyond what a gateway allows', seen.refused),
    none('warnings, although no key has a need of one', windows.warnings),
    none(
      'faults of ours in the log',
      windows.lines.filter(line => OUR_FAULT.test(line)),
    ),
    none('faults of the database', soaked.database),
    none('windows that did not end in good order', soaked.exitCode === 0 ? 0 : 1),
  ];
}

/**
 * What memory has grown by since the warm-up; and what it would have, had it always grown as in the later half:
 * code that V8 makes or throws away in the first half can hide what is kept for good.
 */
function growthOf(part: keyof Memory, looks: Soaked['looks']): Figure[] {
  const middle = Math.floor((looks.length - 1) / 2);
  const sizes = looks.map(look => look[part] / MIB);
  const [first = 0, between = 0, last = 0] = [sizes[0], sizes[middle], sizes.at(-1)];
  const share = (looks.length - 1 - middle) / (looks.length - 1);
  return [
    { what: `growth of the ${part} since the warm-up`, value: last - first, bound: 5, unit: 'MB' },
    {
      what: `the same, reckoned from the growth in the last ${looks.length - 1 - middle} of ${looks.length - 1} parts`,
      value: (last - between) / share,
      bound: 5,
      unit: 'MB',
    },
  ];
}

function none(what: string, found: number | readonly unknown[]): Figure {
  return { what, value: typeof found === 'number' ? found : found.length, bound: 0, unit: '' };
}

/** What to look at when something does not hold. */
export function detailsOf({ cameBack, notOk, left, windows, database }: Soaked): string[] {
  return [
    ...[...cameBack]
      .filter(([, took]) => took > INTERVALS)
      .map(([id, took]) => `${id} took ${took.toFixed(1)} intervals`),
    ...notOk,
    ...left.resources,
    ...windows.lines.filter(line => OUR_FAULT.test(line)),
    ...database,
  ];
}
