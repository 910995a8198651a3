import { constants, open, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PROMPT_MS } from '../../services/deadline.ts';

/** A whole chain of certificates is a few kilobytes. */
const MOST_BYTES = 256 * 1024;

/** Those being read. One that hangs keeps a thread of Node's few, so nobody begins to read the same once more. */
const underWay = new Map<string, Promise<string>>();

/**
 * Reads the certificate file that a setting names. Only a whole path counts: any other would be looked for
 * wherever the extension host happens to stand, which a workspace may decide. `mostMs` is for whoever would blame the
 * gateway for a longer wait.
 */
export async function readCertificateFile(path: string, mostMs = PROMPT_MS): Promise<string> {
  if (!isAbsolute(path)) throw new Error('The path of a certificate file has to be whole.');
  const reading = underWay.get(path) ?? read(path).finally(() => underWay.delete(path));
  underWay.set(path, reading);
  const patience = new AbortController();
  try {
    return await Promise.race([reading, gaveUp(Math.min(mostMs, PROMPT_MS), patience.signal)]);
  } finally {
    patience.abort();
  }
}

async function gaveUp(afterMs: number, signal: AbortSignal): Promise<never> {
  await pause(afterMs, undefined, { signal });
  throw new Error('The certificate file could not be read in time.');
}

async function read(path: string): Promise<string> {
  // To open a pipe would wait for whoever writes into it, and to read a device may never end.
  const { size } = await regular(stat(path));
  if (size > MOST_BYTES) throw new Error('A certificate file is not that large.');
  // What has become a pipe meanwhile is opened without waiting, and is told by its handle.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    await regular(file.stat());
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_BYTES + 1), 0, MOST_BYTES + 1, 0);
    if (bytesRead > MOST_BYTES) throw new Error('A certificate file is not that large.');
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function regular<Stats extends { isFile(): boolean }>(looked: Promise<Stats>): Promise<Stats> {
  const stats = await looked;
  if (!stats.isFile()) throw new Error('A certificate file has to be a file.');
  return stats;
}
