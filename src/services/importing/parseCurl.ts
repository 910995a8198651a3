import { parseSecret } from '../../core/input/parseSecret.ts';
import type { FoundKey } from './foundKey.ts';
import { shellWords } from './shellWords.ts';

const COMMAND = /(?:^|[\s;&|(])curl(?:\.exe)?\s/gi;
const ADDRESS = /^(?:--url=)?(https?:\/\/\S+)$/i;
const HEADER_OPTION = /^(?:-[a-zA-Z]*H|--header)$/;
/** Options whose values may be addresses of other servers: of proxies, of pages, in headers and in what is sent. */
const OPTION_WITH_VALUE =
  /^(?:-[a-zA-Z]*[HxedFAbou]|--(?:header|proxy[\w-]*|preproxy|referer|data[\w-]*|json|form[\w-]*|user-agent|cookie|output|doh-url|socks\w*))$/;
const SECRET = /^(?:-\w*?H|--header=)?(?:authorization|x-api-key|x-goog-api-key)\s*:\s*(?:bearer\s+)?(\S+)/i;

/**
 * Finds keys in cURL commands: a header's secret belongs to the one address that its command asks, and where there are
 * several, the person has to say. Nothing is run.
 */
export function parseCurl(text: string): FoundKey[] {
  const matches = [...text.matchAll(COMMAND)];
  return matches.flatMap(({ index, 0: start }, at) =>
    keysOfCommand(shellWords(text.slice(index + start.length, matches[at + 1]?.index))),
  );
}

function keysOfCommand(words: readonly string[]): FoundKey[] {
  const addresses = new Set<string>();
  const secrets: string[] = [];
  for (const [at, word] of words.entries()) {
    const option = words[at - 1] ?? '';
    if (HEADER_OPTION.test(option) || /^(?:-\w*?H|--header=)./.test(word)) {
      const secret = SECRET.exec(word)?.[1];
      if (secret !== undefined && parseSecret(secret).secret !== undefined) secrets.push(secret);
    } else if (!OPTION_WITH_VALUE.test(option)) {
      const address = ADDRESS.exec(word)?.[1];
      if (address !== undefined) addresses.add(address);
    }
  }
  const [address] = addresses.size === 1 ? addresses : [];
  return secrets.map(secret => ({ secret, address }));
}
