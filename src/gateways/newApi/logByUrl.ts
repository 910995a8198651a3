import type { Site } from '../site.ts';

/** From this version on a key is looked for in the header. */
const BY_HEADER = [0, 10, 8] as const;

/**
 * Whether a site reads a key's log for a key in the URL alone, as New API does before 0.10.8. A version that does not
 * name itself is not asked for it: a key that stands in a URL for nothing is a high price.
 */
export function wantsKeyInUrl(site: Site | undefined): boolean {
  const [, ...parts] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(site?.version ?? '') ?? [];
  if (parts.length === 0 || site?.lineage === 'oneApi' || site?.lineage === 'oneHub') return false;
  const version = parts.map(Number);
  if (version.every(part => part === 0)) return false;
  const differs = version.findIndex((part, index) => part !== BY_HEADER[index]);
  return differs >= 0 && (version[differs] ?? 0) < (BY_HEADER[differs] ?? 0);
}
