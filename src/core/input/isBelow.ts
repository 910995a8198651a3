import type { BaseUrl } from './baseUrl.ts';
import { decodeSegment } from './pathSegments.ts';

/**
 * Whether a URL lies below a base URL: at the same origin and, where the gateway is mounted below a path, below that path
 * by whole segments. False where a server may read the path in another way than we do.
 */
export function isBelow({ origin, pathname }: URL, baseUrl: BaseUrl): boolean {
  const base = new URL(baseUrl);
  if (origin !== base.origin) return false;
  if (base.pathname === '/') return true;
  const mount = decodedSegments(base.pathname);
  const segments = decodedSegments(pathname);
  // `/newapi` itself may be answered by another server than what is below it.
  if (!mount || !segments || segments.length <= mount.length) return false;
  return mount.every((segment, index) => segment === segments[index]);
}

/** Undefined where a segment is unsafe, or empty before the last. */
function decodedSegments(pathname: string): readonly string[] | undefined {
  const decoded = pathname.slice(1).split('/').map(decodeSegment);
  const isSafe = decoded.every(
    (segment, index) => segment !== undefined && (segment !== '' || index === decoded.length - 1),
  );
  return isSafe ? (decoded as string[]) : undefined;
}
