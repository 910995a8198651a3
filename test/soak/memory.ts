import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes in use. */
export interface Memory {
  readonly heap: number;
  /** Buffers, which are outside of the heap. */
  readonly buffers: number;
}

setFlagsFromString('--expose-gc');
// Code that has not run for a while would be thrown away at any moment, megabytes of it, and hide as much of a leak.
setFlagsFromString('--no-flush-bytecode');
const collect = runInNewContext('gc') as () => void;

const MOST_ROUNDS = 30;
/** Falls by less than this are noise. */
const FALL_BYTES = 32 * 1024;
/** So often in a row nothing may fall: code that has not run for some rounds is thrown away as well. */
const STEADY_ROUNDS = 8;

/** What is needed when everything that nobody refers to any more is gone. */
export async function memoryInUse(): Promise<Memory> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0, steady = 0; round < MOST_ROUNDS && steady < STEADY_ROUNDS; round++) {
    // What a finalizer still holds is let go by one round and collected by the next.
    collect();
    await turn();
    const { heapUsed } = process.memoryUsage();
    steady = heapUsed < least - FALL_BYTES ? 0 : steady + 1;
    least = Math.min(least, heapUsed);
  }
  return { heap: least, buffers: process.memoryUsage().external };
}
