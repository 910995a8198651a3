import type { RequestLog, SiteTable } from '../../core/ports/requestTables.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import { leastShare, limitByShare, type Share, shareAfterCleanTime } from '../../core/quota/share.ts';
import { isDecisive } from '../../gateways/decisiveLimiter.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { Limiter } from '../../gateways/limiter.ts';
import { notesIn } from './siteNotes.ts';

export interface OwnLimiterParts {
  readonly store: Pick<Store, 'shares'> & {
    readonly requests: Pick<RequestLog, 'sentSince'>;
    readonly sites: Pick<SiteTable, 'siteOf'>;
  };
  readonly settings: () => Settings;
}

const NO_LIMITER: Limiter = { calls: 1, windowMs: 0, holdMs: 0 };

export interface OwnLimiterOptions {
  /** On a person's request: uses the whole limiter unless a refusal has shown that others ask as well. */
  readonly attended?: boolean;
}

/** A limiter, as far as it is ours. */
export interface OwnLimiter extends Limiter {
  /** Whether others ask from the same address: the user says so, or a refusal has shown it. */
  readonly othersAsk?: boolean;
}

/** The part of a base URL's limiter that is ours now: as the user says, else as refusals have shown. */
export function ownLimiter(
  parts: OwnLimiterParts,
  baseUrl: string,
  name: string,
  limiter: Limiter,
  now: number,
  { attended = false }: OwnLimiterOptions = {},
): OwnLimiter {
  const machines = parts.settings().gateways.get(baseUrl)?.share;
  if (machines !== undefined)
    return machines === 1 ? limiter : withShare(limiter, 1 / machines, machines > 1);
  const { share, refusal } = currentShare(parts.store, baseUrl, name, limiter, now);
  if (attended && !refusal) return limiter;
  const isStretched = share * limiter.calls < 1;
  const oneCall = isStretched && isDecisiveAt(parts.store, baseUrl, name, now) ? 1 / limiter.calls : share;
  return partOf(limiter, oneCall, refusal !== undefined);
}

function isDecisiveAt(
  { sites }: OwnLimiterParts['store'],
  baseUrl: string,
  name: string,
  now: number,
): boolean {
  return isDecisive(notesIn(sites.siteOf(baseUrl)?.site), name, now);
}

/** What has been learnt of a limiter so far; undefined where it was never asked. */
export function currentShare(
  { shares, requests }: OwnLimiterParts['store'],
  baseUrl: string,
  name: string,
  limiter: Limiter,
  now: number,
): Share {
  const stored = shares.shareOf(baseUrl, name);
  if (!stored) return { share: limiter.startShare ?? 1, changedAt: now };
  // A smaller share than refusals can lead to is damage, and would block the limiter.
  const learnt = { ...stored, share: Math.max(stored.share, leastShare(limiter)) };
  if (learnt.share >= 1) return learnt;
  // The call that was reserved when the share grew counts as sent since then; a refused one does not.
  const since = learnt.changedAt === learnt.refusal?.at ? learnt.changedAt : learnt.changedAt - 1;
  return shareAfterCleanTime(learnt, limiter, requests.sentSince(baseUrl, name, since).length, now);
}

function partOf(limiter: Limiter, share: number, othersAsk: boolean): OwnLimiter {
  return share < 1 ? withShare(limiter, share, othersAsk) : limiter;
}

function withShare(limiter: Limiter, share: number, othersAsk: boolean): OwnLimiter {
  return { ...limiter, ...limitByShare(limiter, share), othersAsk };
}

/** Finds the part of a limiter that is ours; see `ownLimiterOf`. */
export type OwnLimiterOf = (baseUrl: string, gateway: Gateway | undefined, name: string) => OwnLimiter;

/** The part of a gateway's limiter that is ours now; one without limits where the gateway is unknown. */
export function ownLimiterOf(
  parts: OwnLimiterParts,
  baseUrl: string,
  gateway: Gateway | undefined,
  name: string,
  now: number,
): OwnLimiter {
  const limiter = gateway?.limiters[name];
  return limiter ? ownLimiter(parts, baseUrl, name, limiter, now) : NO_LIMITER;
}

/** The same, reading the share of each limiter once, however many keys it has. */
export function limitersOnce(parts: OwnLimiterParts, now: number): OwnLimiterOf {
  const known = new Map<string, OwnLimiter>();
  return (baseUrl, gateway, name) => {
    const id = `${gateway?.kind} ${baseUrl} ${name}`;
    const found = known.get(id) ?? ownLimiterOf(parts, baseUrl, gateway, name, now);
    known.set(id, found);
    return found;
  };
}

/** Whether two limiters are the same as far as they are ours. */
export function isSameLimit(a: OwnLimiter, b: OwnLimiter): boolean {
  return a.calls === b.calls && a.windowMs === b.windowMs && a.othersAsk === b.othersAsk;
}
