import { failed } from '../quota/failure.ts';

/**
 * The body as text without a byte order mark; undefined when it is not UTF-8. Reading stops at `maxBytes`,
 * so that a body without end costs no more memory than that.
 */
export async function readBody(response: Response, maxBytes: number): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw failed('unexpected', 'too-large', { status: response.status });
    }
    chunks.push(value);
  }
  return decode(Buffer.concat(chunks, size));
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
