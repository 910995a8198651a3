import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Compresses contents by Zopfli, on all cores; in their order. */
export async function zopfli(contents: readonly Uint8Array[]): Promise<readonly Buffer[]> {
  const made: Buffer[] = [];
  // The largest first, so that no core is left with one at the end.
  const left = [...contents.keys()].toSorted((a, b) => sizeOf(contents[b]) - sizeOf(contents[a]));
  const work = async () => {
    const worker = new Worker(new URL('./zopfliWorker.ts', import.meta.url));
    try {
      for (let index = left.shift(); index !== undefined; index = left.shift()) {
        worker.postMessage(contents[index]);
        const [deflated] = (await once(worker, 'message')) as [Uint8Array];
        made[index] = Buffer.from(deflated);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), contents.length) }, work));
  return made;
}

function sizeOf(content: Uint8Array | undefined): number {
  return content?.length ?? 0;
}
