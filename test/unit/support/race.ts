import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a racer gets: the folder all of them share, and where they wait for each other. */
export interface Race {
  readonly folder: string;
  readonly now: number;
  readonly gate: Int32Array;
  readonly racers: number;
}

/** Runs a script in so many threads at once; returns what each of them reported. */
export async function race<T>(script: URL, racers: number, folder: string, now: number): Promise<T[]> {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const workerData: Race = { folder, now, gate, racers };
  const workers = Array.from({ length: racers }, () => new Worker(script, { workerData }));
  try {
    return await Promise.all(workers.map(async worker => (await once(worker, 'message'))[0] as T));
  } finally {
    // One that waits for others that failed would wait for ever.
    for (const worker of workers) await worker.terminate();
  }
}

/** Returns when all racers are ready: otherwise the first would be done before the second has opened the database. */
export function awaitAllRacers({ gate, racers }: Race): void {
  Atomics.add(gate, 0, 1);
  Atomics.notify(gate, 0);
  for (let here = Atomics.load(gate, 0); here < racers; here = Atomics.load(gate, 0)) {
    Atomics.wait(gate, 0, here);
  }
}
