import { Worker } from 'node:worker_threads';
import { MAX_WORK_FACTOR } from '../../services/importing/sealedFile.ts';

export type PassphraseTask =
  | {
      readonly what: 'encrypt';
      readonly text: string;
      readonly passphrase: string;
      /** The exponent of scrypt's cost. */
      readonly workFactor: number;
    }
  | { readonly what: 'decrypt'; readonly bytes: Uint8Array; readonly passphrase: string };

/** Encrypts a text by a passphrase, as age does, in its form of text. @throws the signal's reason */
export async function encryptText(text: string, passphrase: string, signal: AbortSignal): Promise<string> {
  const task = { what: 'encrypt', text, passphrase, workFactor: MAX_WORK_FACTOR } as const;
  const encrypted = await run(task, signal);
  if (encrypted === undefined) throw new Error('The keys could not be encrypted.');
  return encrypted;
}

/** Decrypts a file; undefined where the passphrase is wrong or the file damaged. @throws the signal's reason */
export function decryptFile(
  bytes: Uint8Array,
  passphrase: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return run({ what: 'decrypt', bytes, passphrase }, signal);
}

/** The worker's file: beside this one in the bundle, and the source in tests. */
const WORKER = import.meta.url.endsWith('.ts') ? './passphraseWorker.ts' : './passphraseWorker.js';

async function run(task: PassphraseTask, signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted();
  const worker = new Worker(new URL(WORKER, import.meta.url), { workerData: task });
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      worker.once('message', ({ text }: { readonly text?: string }) => resolve(text));
      worker.once('error', reject);
      worker.once('exit', () => resolve(undefined));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  } finally {
    await worker.terminate();
  }
}
