/** A thread that examines one target after the other, as it is told. */
import { parentPort } from 'node:worker_threads';
import { examine } from './examine.ts';
import { targets } from './targets.ts';

export interface Order {
  /** The target's place among all. */
  readonly index: number;
  readonly cases: number;
  readonly seed: number;
}

parentPort?.on('message', async ({ index, cases, seed }: Order) => {
  const target = targets[index];
  if (!target) throw new Error(`there is no target ${index}`);
  parentPort?.postMessage(await examine(target, cases, seed));
});
