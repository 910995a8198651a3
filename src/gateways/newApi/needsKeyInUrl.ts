import type { Site } from '../site.ts';

/** From this version on the key is read from the header. */
const FIRST_VERSION_BY_HEADER = [0, 10, 8] as const;

/**
 * Whether a site reads a key's log only with the key in the URL: New API < 0.10.8. False for a version that
 * is not known: a key in a URL would be exposed for nothing.
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
