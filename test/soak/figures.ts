import type { Figure } from '../bench/measure.ts';
import { FAULT_SORTS } from './faults.ts';
import type { Soaked } from './soak.ts';

const MIB = 1024 * 1024;
/** In how many of its own intervals a key has to be back. */
const INTERVALS = 2;
/** What the windows write into their logs when something of ours went wrong. */
const OUR_FAULT = /A fault of ours|broke off|was kept from|could not be|failed/;

/** What must hold after a soak. */
export function figuresOf(soaked: Soaked): Figure[] {
  const { warm, after, windows, left, seen } = soaked;
  const took = [...soaked.cameBack.values()];
  return [
    {
      what: 'growth of the heap since the warm-up',
      value: (after.heap - warm.heap) / MIB,
      bound: 5,
      unit: 'MB',
    },
    {
      what: 'growth of buffers since the warm-up',
      value: (after.buffers - warm.buffers) / MIB,
      bound: 5,
      unit: 'MB',
    },
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
      value: windows.fullDisks.filter(({ wentOnInMemory, asked }) => wentOnInMemory && asked > 0).length,
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
    none('faults of the database', soaked.database === 'ok' ? 0 : 1),
    none('windows that did not end in good order', soaked.exitCode === 0 ? 0 : 1),
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
    ...(database === 'ok' ? [] : [database]),
  ];
}
