import { createGunzip, type Inflate } from 'node:zlib';

/** Small, so that even a body that unpacks to a thousand times its size does not get far beyond a limit. */
const INPUT_SLICE_BYTES = 8192;
const MAX_IDLE_GUNZIPPERS = 4;

/** A gzip decompressor that is reused for one body after the other. */
class Gunzipper {
  // `Gunzip` extends zlib's base class; Node's types leave out its `reset`.
  readonly #gunzip = createGunzip() as Inflate;
  #parts: Uint8Array[] = [];

  constructor() {
    this.#gunzip.on('data', (part: Uint8Array) => this.#parts.push(part));
    // Errors are reported by `unpack`; without a listener they would end the process.
    this.#gunzip.on('error', () => undefined);
  }

  /** Unpacks the next bytes of a body. */
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

  /** Prepares it for another body; false when it cannot be used again, as after bytes behind the end of the gzip. */
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
 * Decompressors that no body uses now. A new one for each body would be simpler, but its native part keeps both it and
 * the body from every minor garbage collection: of a long log they would take up most of the memory.
 */
const idleGunzippers: Gunzipper[] = [];

/**
 * Unpacks a gzip body part by part. Throws zlib's error where it is not gzip; yields what there is of a body that
 * breaks off.
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
