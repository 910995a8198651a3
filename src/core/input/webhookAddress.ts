/** Why an address cannot be a webhook's. */
export type WebhookAddressProblem = 'not-address' | 'not-https' | 'with-login' | 'too-long';

const MAX_LENGTH = 2000;
/** A shorter part of an address is a word of the service, such as `services`. */
const MIN_SECRET_PART = 12;
const MIN_SHORT_PART = 6;

/** The address of a webhook as a person typed it, or why it cannot be one. */
export function parseWebhookAddress(
  text: string,
): { readonly url: URL } | { readonly problem: WebhookAddressProblem } {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return { problem: 'too-long' };
  const url = URL.parse(trimmed);
  if (!url || url.hostname === '') return { problem: 'not-address' };
  if (url.protocol !== 'https:') return { problem: 'not-https' };
  if (url.username !== '' || url.password !== '') return { problem: 'with-login' };
  url.hash = '';
  return { url };
}

/**
 * The secret parts of a webhook's address, with which anybody could post: long segments of its path, long values of its
 * query and labels of its host that hold digits; where none is long, all that are not very short. Not the whole
 * address, of which words such as `services` and `webhook` would be taken out of every text.
 */
export function secretPartsOf({ hostname, pathname, searchParams }: URL): readonly string[] {
  const labels = hostname.split('.').filter(label => label.length >= MIN_SECRET_PART && /\d/.test(label));
  const parts = [...pathname.split('/').map(decoded), ...searchParams.values()];
  const long = parts.filter(part => part.length >= MIN_SECRET_PART);
  const secret = long.length > 0 ? long : parts.filter(part => part.length >= MIN_SHORT_PART);
  return [...new Set([...labels, ...secret])];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
