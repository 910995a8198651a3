import { constants, open, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SECOND_MS } from '../core/time.ts';

/** A file that takes longer is on a disk that does not answer. */
const LONGEST_READ_MS = 2 * SECOND_MS;
/** A whole chain of certificates is a few kilobytes. */
const MAX_BYTES = 256 * 1024;

/** Running reads. A read that hangs keeps one of Node's few threads, so no file is read twice at the same time. */
const runningReads = new Map<string, Promise<string>>();

/**
 * Reads the certificate file that a setting names. Only an absolute path counts: a relative one would depend on the
 * working directory, which in VS Code a workspace may decide. `timeoutMs` is shorter where a longer wait would look
 * like the gateway's fault.
 */
export async function readCertificateFile(path: string, timeoutMs = LONGEST_READ_MS): Promise<string> {
  if (!isAbsolute(path)) throw new Error('The path of a certificate file must be absolute.');
  const reading = runningReads.get(path) ?? read(path).finally(() => runningReads.delete(path));
  runningReads.set(path, reading);
  const timeout = new AbortController();
  try {
    return await Promise.race([reading, rejectAfter(Math.min(timeoutMs, LONGEST_READ_MS), timeout.signal)]);
  } finally {
    timeout.abort();
  }
}

async function rejectAfter(afterMs: number, signal: AbortSignal): Promise<never> {
  await pause(afterMs, undefined, { signal });
  throw new Error('The certificate file could not be read in time.');
}

async function read(path: string): Promise<string> {
  // Opening a pipe waits for a writer, and reading a device may never end.
  const { size } = await requireRegularFile(stat(path));
  if (size > MAX_BYTES) throw new Error('A certificate file is not that large.');
  // If the path has become a pipe meanwhile, it is opened without waiting, and the handle shows it.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    await requireRegularFile(file.stat());
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_BYTES + 1), 0, MAX_BYTES + 1, 0);
    if (bytesRead > MAX_BYTES) throw new Error('A certificate file is not that large.');
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function requireRegularFile<Stats extends { isFile(): boolean }>(
  looked: Promise<Stats>,
): Promise<Stats> {
  const stats = await looked;
  if (!stats.isFile()) throw new Error('A certificate file must be a file.');
  return stats;
}
