import { open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

/** A whole chain of certificates is a few kilobytes. */
const MOST_BYTES = 256 * 1024;

/**
 * Reads the certificate file that a setting names. Only a whole path counts: any other would be looked for
 * wherever the extension host happens to stand, which a workspace may decide.
 */
export async function readCertificateFile(path: string): Promise<string> {
  if (!isAbsolute(path)) throw new Error('The path of a certificate file has to be whole.');
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
