import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Examined } from './examine.ts';
import type { Target } from './target.ts';
import { targets } from './targets.ts';
import type { Order } from './worker.ts';

export interface PoolOptions {
  /** So many for each target. */
  readonly cases: number;
  /** Makes a run repeatable. */
  readonly seed: number;
  /** How many threads share the work. */
  readonly workers: number;
}

/** Examines targets in threads, one after the other as threads get free; tells of each as soon as it is done. */
export async function examineAll(
  chosen: readonly Target[],
  { cases, seed, workers }: PoolOptions,
  done: (examined: Examined) => void,
): Promise<void> {
  const waiting = [...chosen];
  const work = async () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    for (let target = waiting.shift(); target; target = waiting.shift()) {
      worker.postMessage({ index: targets.indexOf(target), cases, seed } satisfies Order);
      const [examined] = (await once(worker, 'message')) as [Examined];
      done(examined);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: workers }, work));
}
