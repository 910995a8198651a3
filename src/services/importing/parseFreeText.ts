import { parseSecret } from '../../core/input/parseSecret.ts';
import type { FoundKey } from './foundKey.ts';

const ADDRESS = /https?:\/\/[^\s"'`<>，。、；]+/gi;
/** A host without a scheme, alone between spaces. */
const BARE_HOST =
  /(?<=^|[\s"'`(（:：=])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?::\d{1,5})?(?:\/[^\s"'`]*)?(?=$|[\s"'`)）,，;；])/gim;
/** A secret by its prefix, wherever it stands: `sk-…`, `cr_…`, `mk_…`, `AIza…`. */
const PREFIXED = /(?<![\w-])(?:[a-z]{2,5}[-_](?=[\w-]*\d)[\w-]{12,}|AIza[\w-]{30,})/g;
/** Any other possible secret, alone on its line. */
const ALONE = /^[A-Za-z0-9+/=_.-]{24,}$/;
/** The first part of a two-part key such as Zhipu's, which no host name begins with. */
const FIRST_PART = /^[\da-f]{32}\./i;

/**
 * Finds keys in text of no known form. A key belongs to the address on its own line, else to the only address of its
 * paragraph, else to the only address of the whole text; where there are several, the person has to say.
 */
export function parseFreeText(text: string): FoundKey[] {
  const whole = onlyOne(addressesIn(text));
  return text.split(/\n\s*\n/).flatMap(paragraph => {
    const ofParagraph = onlyOne(addressesIn(paragraph));
    const hasNone = addressesIn(paragraph).length === 0;
    return paragraph.split('\n').flatMap(line => {
      const address = onlyOne(addressesIn(line)) ?? ofParagraph ?? (hasNone ? whole : undefined);
      return secretsIn(line).map(secret => ({ secret, address }));
    });
  });
}

function addressesIn(text: string): readonly string[] {
  const withScheme = [...text.matchAll(ADDRESS)].map(([address]) => address);
  return [...new Set([...withScheme, ...bareHostsIn(text.replace(ADDRESS, ' '))])];
}

function bareHostsIn(text: string): readonly string[] {
  return [...text.matchAll(BARE_HOST)].map(([host]) => host).filter(host => !FIRST_PART.test(host));
}

function secretsIn(line: string): readonly string[] {
  const rest = line.replace(ADDRESS, ' ');
  const prefixed = [...rest.matchAll(PREFIXED)].map(([secret]) => secret);
  if (prefixed.length > 0) return [...new Set(prefixed)];
  const alone = rest.trim();
  const mayBeOne = ALONE.test(alone) && /\d/.test(alone) && bareHostsIn(alone).length === 0;
  const parsed = mayBeOne ? parseSecret(alone) : undefined;
  return parsed?.secret === undefined ? [] : [parsed.secret];
}

function onlyOne(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
