import { createGunzip, type Inflate } from 'node:zlib';

/** So little at once that not even what unpacks to a thousand times its size gets far beyond a cap. */
const INPUT_SLICE_BYTES = 8192;
const MAX_IDLE_GUNZIPPERS = 4;

/** A gzip decompressor for one body after the other. */
class Gunzipper {
  // Gunzip is one that knows gzip's frame; Node's types leave out that it can be reset as well.
  readonly #gunzip = createGunzip() as Inflate;
  #parts: Uint8Array[] = [];

  constructor() {
    this.#gunzip.on('data', (part: Uint8Array) => this.#parts.push(part));
    // Whoever writes is told; nobody else has to be.
    this.#gunzip.on('error', () => undefined);
  }

  /** What the next bytes of a body hold. */
  async unpack(bytes: Uint8Array): Promise<readonly Uint8Array[]> {
    await new Promise<void>((resolve, reject) => {
      this.#gunzip.once('error', reject);
      this.#gunzip.write(bytes, error => {
        this.#gunzip.off('error', reject);
        if (error) reject(error);
        else resolve();
      });
    });
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  /** Makes it ready for another body; false when it is of no use any more, as after bytes behind the end of gzip. */
  reset(): boolean {
    if (this.#gunzip.readableEnded) return false;
    this.#gunzip.reset();
    return true;
  }

  close(): void {
    this.#gunzip.destroy();
  }
}

/**
 * Those without a body. One for each body would be simpler, but its native half keeps it, and the body with it, from
 * every minor garbage collection: in a long log they would be most of what there is in memory.
 */
const idleGunzippers: Gunzipper[] = [];

/**
 * What a gzip body holds, part by part. Fails with zlib's code where it is no gzip; of one that breaks off comes
 * what there is.
 */
export async function* gunzip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const unpacker = idleGunzippers.pop() ?? new Gunzipper();
  let isWhole = false;
  try {
    for await (const chunk of body) {
      for (let at = 0; at < chunk.length; at += INPUT_SLICE_BYTES) {
        yield* await unpacker.unpack(chunk.subarray(at, at + INPUT_SLICE_BYTES));
      }
    }
    isWhole = true;
  } finally {
    if (isWhole && idleGunzippers.length < MAX_IDLE_GUNZIPPERS && unpacker.reset())
      idleGunzippers.push(unpacker);
    else unpacker.close();
  }
}
