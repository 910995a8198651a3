/** Examines one target in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { examine } from './examine.ts';
import { targets } from './targets.ts';

const { index, cases, seed } = workerData as { index: number; cases: number; seed: number };
const target = targets[index];
if (!target) throw new Error(`there is no target ${index}`);
parentPort?.postMessage(await examine(target, cases, seed));
