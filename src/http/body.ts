import { failed } from '../core/quota/failure.ts';
import type { RawResponse } from './send.ts';

/**
 * The body as text without a byte order mark; undefined when it is not UTF-8. Reading stops at `maxBytes`, so that an
 * endless body costs no more memory than that. Each part is decoded as it arrives, so that no copy of all bytes is
 * needed.
 *
 * @throws GatewayError `too-large` beyond `maxBytes`; whatever the connection or the decompressor throws.
 */
export async function readBody(
  { status, body }: Pick<RawResponse, 'status' | 'body'>,
  maxBytes: number,
): Promise<string | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text: string | undefined = '';
  let size = 0;
  // Leaving the loop early closes the connection.
  for await (const part of body) {
    size += part.byteLength;
    if (size > maxBytes) throw failed('unexpected', 'too-large', { status });
    text = appendDecoded(text, () => decoder.decode(part, { stream: true }));
  }
  return appendDecoded(text, () => decoder.decode());
}

function appendDecoded(text: string | undefined, next: () => string): string | undefined {
  if (text === undefined) return undefined;
  try {
    return text + next();
  } catch {
    return undefined;
  }
}
