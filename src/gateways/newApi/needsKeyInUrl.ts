import type { Site } from '../site.ts';

/** From this version on a key is looked for in the header. */
const FIRST_VERSION_BY_HEADER = [0, 10, 8] as const;

/**
 * Whether a site reads a key's log for a key in the URL alone, as New API does before 0.10.8. A version that does not
 * name itself is not asked for it: a key that stands in a URL for nothing is a high price.
 */
export function needsKeyInUrl(site: Site | undefined): boolean {
  const [, ...parts] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(site?.version ?? '') ?? [];
  if (parts.length === 0 || site?.lineage === 'oneApi' || site?.lineage === 'oneHub') return false;
  const version = parts.map(Number);
  if (version.every(part => part === 0)) return false;
  const firstDifference = version.findIndex((part, index) => part !== FIRST_VERSION_BY_HEADER[index]);
  return (
    firstDifference >= 0 && (version[firstDifference] ?? 0) < (FIRST_VERSION_BY_HEADER[firstDifference] ?? 0)
  );
}
