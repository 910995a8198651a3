import { failed } from '../quota/failure.ts';

/**
 * The body as text without a byte order mark; undefined when it is not UTF-8. Reading stops at `maxBytes`,
 * so that a body without end costs no more memory than that. Each part becomes text as it comes: no copy of
 * all bytes is made, of which a log of thousands of pages would leave behind as many.
 */
export async function readBody(response: Response, maxBytes: number): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text: string | undefined = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(text, () => decoder.decode());
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw failed('unexpected', 'too-large', { status: response.status });
    }
    text = joined(text, () => decoder.decode(value, { stream: true }));
  }
}

function joined(text: string | undefined, next: () => string): string | undefined {
  if (text === undefined) return undefined;
  try {
    return text + next();
  } catch {
    return undefined;
  }
}
