import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import { type CallLimit, limitByShare } from '../../core/quota/share.ts';
import type { Gateway, Limiter } from '../../gateways/gateway.ts';

export interface OwnLimiterParts {
  readonly store: Pick<Store, 'shares'>;
  readonly settings: () => Settings;
}

const NO_LIMITER: Limiter = { calls: 1, windowMs: 0, holdMs: 0 };

export interface OwnLimiterOptions {
  /** On a person's request: what no refusal has taught does not hold them up. */
  readonly attended?: boolean;
}

/** The part of an origin's limiter that is ours: as the user says, else as refusals have shown. */
export function ownLimiter(
  parts: OwnLimiterParts,
  origin: string,
  name: string,
  limiter: Limiter,
  { attended = false }: OwnLimiterOptions = {},
): Limiter {
  const share = ownShare(parts, origin, name, limiter, attended);
  return share < 1 ? { ...limiter, ...limitByShare(limiter, share) } : limiter;
}

/** Whether others ask from the same address: the user says so, or a refusal has shown it. */
export function isAddressShared({ store, settings }: OwnLimiterParts, origin: string, name: string): boolean {
  const machines = settings().gateways.get(origin)?.share;
  if (machines !== undefined) return machines > 1;
  const share = store.shares.shareOf(origin, name);
  return share?.refusal !== undefined && share.share < 1;
}

function ownShare(
  { store, settings }: OwnLimiterParts,
  origin: string,
  name: string,
  { startShare = 1 }: Limiter,
  attended: boolean,
): number {
  const machines = settings().gateways.get(origin)?.share;
  if (machines !== undefined) return 1 / machines;
  const learnt = store.shares.shareOf(origin, name);
  return attended && !learnt?.refusal ? 1 : (learnt?.share ?? startShare);
}

export type OwnLimiterOf = (origin: string, gateway: Gateway | undefined, name: string) => Limiter;

/** The part of a gateway's limiter that is ours at present; one without limits where the gateway is unknown. */
export function ownLimiterOf(
  parts: OwnLimiterParts,
  origin: string,
  gateway: Gateway | undefined,
  name: string,
): Limiter {
  const limiter = gateway?.limiters[name];
  return limiter ? ownLimiter(parts, origin, name, limiter) : NO_LIMITER;
}

/** The same, reading the share of each limiter once, however many keys it has. */
export function limitersOnce(parts: OwnLimiterParts): OwnLimiterOf {
  const known = new Map<string, Limiter>();
  return (origin, gateway, name) => {
    const id = `${gateway?.kind} ${origin} ${name}`;
    const found = known.get(id) ?? ownLimiterOf(parts, origin, gateway, name);
    known.set(id, found);
    return found;
  };
}

/** Whether two limits allow the same. */
export function isSameLimit(a: CallLimit, b: CallLimit): boolean {
  return a.calls === b.calls && a.windowMs === b.windowMs;
}
