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
const collect = runInNewContext('gc') as () => void;

/** What is needed when everything that nobody refers to any more is gone. */
export async function memoryInUse(): Promise<Memory> {
  // What a finalizer or a pending promise still holds is let go by one round and collected by the next.
  for (let round = 0; round < 5; round++) {
    collect();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, buffers: external };
}
