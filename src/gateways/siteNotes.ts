import type { GatewayContext } from './gateway.ts';

/** What was learnt about a site by asking it, beside what it says of itself. It is kept for all keys there. */
export interface SiteNotes {
  /** Paths that its own router does not know, and until when that is believed, in epoch milliseconds. */
  readonly lacks?: Readonly<Record<string, number>>;
  /** Paths that have answered there: one that is not found today is there again tomorrow. */
  readonly has?: Readonly<Record<string, true>>;
  /** The headers in which it takes an account's user id. */
  readonly userIdHeaders?: readonly string[];
  /** What billing told of keys lately, by key. */
  readonly billed?: Readonly<Record<string, BilledPair>>;
  /** Until when billing is taken to tell the account's figures for every key, in epoch milliseconds. */
  readonly billsAccountUntil?: number;
}

/** Limit and use as they came, and when, in epoch milliseconds. */
export type BilledPair = readonly [limit: number, used: number, at: number];

const DAY_MS = 86_400_000;

/** An update of the site may bring what it lacks, so it is looked at again. */
const LACKS_FOR_MS = 3 * DAY_MS;

/** Whether a path need not be asked, because the site does not have it. */
export function isKnownToLack({ notes, now }: Pick<GatewayContext, 'notes' | 'now'>, path: string): boolean {
  const until = notes?.().lacks?.[path];
  // What was noted by a clock that ran ahead is not believed for longer than any note is.
  return typeof until === 'number' && until > now() && until <= now() + LACKS_FOR_MS;
}

/** New API and all its relatives name the path that their router does not know; what is on the way does not. */
export function isUnrouted(status: number, message: string): boolean {
  return status === 404 && /^Invalid URL \([A-Z]+ \//.test(message);
}

/** Notes that a path is there. */
export function noteThere({ notes, note }: GatewayContext, path: string): void {
  if (notes?.().has?.[path] !== true) note?.({ has: { [path]: true } });
}

/** Notes that a path need not be asked for a while. */
export function noteLack(context: GatewayContext, path: string, forMs = LACKS_FOR_MS): void {
  if (context.notes?.().has?.[path] !== true) context.note?.({ lacks: { [path]: context.now() + forMs } });
}
