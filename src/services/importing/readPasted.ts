import type { Rejection } from '../../core/input/importReasons.ts';
import type { BaseUrlProblem, ParsedBaseUrl } from '../../core/input/parseBaseUrl.ts';
import { parseGatewayAddress } from '../../gateways/gatewayAddress.ts';
import { tellsNothing } from '../../gateways/vendorAddresses.ts';
import type { Candidate } from './candidate.ts';
import { type FoundKey, UnreadableFileError } from './foundKey.ts';
import { type OfferingParts, offerKeys } from './offerKeys.ts';
import { parsePastedText } from './parsePastedText.ts';

export type PastedKey = Candidate & { readonly secret: string };

/** What one pasted text holds: one key, an address alone, more keys than one, or nothing that can be used. */
export type Pasted =
  | { readonly key: PastedKey }
  | { readonly baseUrl: string }
  | { readonly count: number }
  | { readonly rejection: Rejection; readonly variable?: string }
  | { readonly problem: BaseUrlProblem };

/** Entries whose secret is left out; their address is useful all the same. */
const WITHOUT_SECRET: ReadonlySet<Rejection> = new Set(['placeholder', 'reference', 'unset-variable']);

/**
 * What an address has and a name need not have. A single word may be a key, which must not be looked up as a host name.
 */
export const LOOKS_LIKE_ADDRESS = /[.:/]|^localhost\b/i;

/** Reads one pasted text. An address and a key belong together only where the text itself says so. */
export function readPasted(text: string, parts: OfferingParts): Pasted {
  const source = {
    title: '',
    keys: keysIn(text).map(key => withoutImpliedVendor(key, text)),
    isOwnFile: false,
  };
  const { candidates, rejected } = offerKeys([source], parts);
  const [first] = candidates;
  if (candidates.length > 1) return { count: candidates.length };
  if (first?.secret !== undefined) return { key: { ...first, secret: first.secret } };
  const address = source.keys.find(key => key.address !== undefined)?.address ?? text;
  const { baseUrl, problem }: ParsedBaseUrl =
    address.trim() === '' || LOOKS_LIKE_ADDRESS.test(address.trim())
      ? parseGatewayAddress(address, parts.isPlainHttpAllowed)
      : { problem: 'not-a-url' };
  const [rejection] = rejected;
  if (rejection && (baseUrl === undefined || !WITHOUT_SECRET.has(rejection.reason)))
    return { rejection: rejection.reason, variable: rejection.variable };
  return baseUrl === undefined ? { problem } : { baseUrl };
}

/** The forms of keys that only model vendors use. */
const VENDOR_KEY = /^(?:sk-(?:proj|svcacct|ant)-|AIza|xai-)/;

/**
 * Programs use `OPENAI_API_KEY=…` for the key of any gateway with OpenAI's API. Where the vendor that the name means
 * tells nothing about keys, only an address in the text itself counts, unless the key has that vendor's form.
 */
function withoutImpliedVendor(key: FoundKey, text: string): FoundKey {
  const { address, ...rest } = key;
  const { hostname = '' } = (address && URL.parse(address)) || {};
  const isOfVendor = VENDOR_KEY.test(key.secret ?? '');
  return tellsNothing(hostname, isOfVendor) && !text.includes(hostname) ? rest : key;
}

/** Whether a text evidently holds a key, whether or not it can be used. */
export function holdsKey(text: string): boolean {
  return keysIn(text).some(({ secret }) => secret !== undefined);
}

function keysIn(text: string): readonly FoundKey[] {
  try {
    return parsePastedText(text);
  } catch (error) {
    if (error instanceof UnreadableFileError) return [];
    throw error;
  }
}
