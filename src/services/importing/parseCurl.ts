import { parseSecret } from '../../core/input/parseSecret.ts';
import type { FoundKey } from './foundKey.ts';

const COMMAND = /(?:^|[\s;&|(])curl(?:\.exe)?\s/gi;
const ADDRESS = /https?:\/\/[^\s"'`\\]+/i;
const HEADERS =
  /(?:authorization["']?\s*:\s*(?:bearer\s+)?|x-api-key["']?\s*:\s*|x-goog-api-key["']?\s*:\s*)([^"'`\s\\]+)/gi;

/** Finds keys in cURL commands: the header's secret belongs to the command's address. Nothing is run. */
export function parseCurl(text: string): FoundKey[] {
  const starts = [...text.matchAll(COMMAND)].map(({ index }) => index);
  return starts.flatMap((start, at) => {
    const command = text.slice(start, starts[at + 1]);
    const address = ADDRESS.exec(command)?.[0];
    return [...command.matchAll(HEADERS)].flatMap(([, value = '']) =>
      parseSecret(value).secret === undefined ? [] : [{ secret: value, address }],
    );
  });
}
