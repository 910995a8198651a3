import { parseSecret } from '../../core/input/parseSecret.ts';
import type { FoundKey } from './foundKey.ts';
import { shellWords } from './shellWords.ts';

const COMMAND = /(?:^|[\s;&|(])curl(?:\.exe)?\s/gi;
const ADDRESS = /^(?:--url=)?(https?:\/\/\S+)$/i;
const HEADER_OPTION = /^(?:-[a-zA-Z]*H|--header)$/;
/**
 * Options without a value. The value of any other option may be an address that the command does not ask, such as a
 * proxy's.
 */
const FLAGS = new Set(
  (
    'anyauth basic compressed compressed-ssh fail fail-early fail-with-body get globoff head http0.9 http1.0 http1.1 ' +
    'http2 http3 include insecure ipv4 ipv6 junk-session-cookies location location-trusted no-alpn no-buffer ' +
    'no-keepalive no-progress-meter parallel path-as-is progress-bar raw remote-header-name remote-name show-error ' +
    'silent ssl tcp-nodelay tlsv1.2 tlsv1.3 verbose'
  ).split(' '),
);
const FLAG_LETTERS = '#0123456GIJLNORSafgijkqsv';
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
    } else if (!takesNextWord(option)) {
      const address = ADDRESS.exec(word)?.[1];
      if (address !== undefined) addresses.add(address);
    }
  }
  const [address] = addresses.size === 1 ? addresses : [];
  return secrets.map(secret => ({ secret, address }));
}

/** Whether the word after this one is its value. A letter among others has the rest of the word for its value: `-XPOST`. */
function takesNextWord(word: string): boolean {
  if (!word.startsWith('-') || word === '--url') return false;
  if (word.startsWith('--')) return !word.includes('=') && !FLAGS.has(word.slice(2));
  const at = [...word.slice(1)].findIndex(letter => !FLAG_LETTERS.includes(letter));
  return at !== -1 && at === word.length - 2;
}
