import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { redactor } from '../http/redact.ts';

/**
 * Writes a file whole or not at all: beside its place first, then moved there. The one way to write any, so
 * what is handed over is redacted here.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(part, redactor.redact(text), { flag: 'wx' });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
