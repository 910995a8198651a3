import type { Log } from '../../core/ports/log.ts';
import type { Store } from '../../core/ports/store.ts';
import { limitByShare, type Share, shareAfterCleanTime, shareAfterRefusal } from '../../core/quota/share.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { rateLimitError } from '../../gateways/envelope.ts';
import type { Limiter } from '../../gateways/gateway.ts';
import { isMarkup } from '../../gateways/protectionPage.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import type { OwnLimiterParts } from './ownLimiter.ts';

export interface LearnParts extends OwnLimiterParts {
  readonly store: Store;
  readonly log: Pick<Log, 'info'>;
}

/**
 * Takes a smaller share after a 429 that our own calls cannot explain. Called inside a transaction, after the refused
 * call was reserved.
 */
export function learnFromRefusal(
  { store, settings, log }: LearnParts,
  origin: string,
  name: string,
  limiter: Limiter,
  answer: GatewayResponse,
  now: number,
): void {
  if (settings().gateways.get(origin)?.share !== undefined || !isOfGateway(answer)) return;
  const sent = store.requests.sentSince(origin, name, now - limiter.windowMs).length;
  // With more than our half, which only an explicit yes allows, we may have filled the limiter ourselves.
  if (sent - 1 > limiter.calls) return;
  const before = store.shares.shareOf(origin, name) ?? { share: limiter.startShare ?? 1, changedAt: now };
  const after = shareAfterRefusal(before, limiter, sent, now);
  store.shares.saveShare(origin, name, after);
  if (!before.refusal) log.info(sharedLine(origin, name, limiter, after));
}

/** Lets the share grow after a time without a refusal. Called inside a transaction, before a call is reserved. */
export function learnFromCleanTime(
  { store, settings, log }: LearnParts,
  origin: string,
  name: string,
  limiter: Limiter,
  now: number,
): void {
  if (settings().gateways.get(origin)?.share !== undefined) return;
  const known = store.shares.shareOf(origin, name);
  if (!known) {
    // From its first call on, a site is not seen for the first time.
    if (limiter.startShare !== undefined)
      store.shares.saveShare(origin, name, { share: limiter.startShare, changedAt: now });
    return;
  }
  if (known.share >= 1) return;
  // The call that was reserved as the share grew belongs to the time since then, one that was refused does not.
  const since = known.changedAt === known.refusal?.at ? known.changedAt : known.changedAt - 1;
  const sent = store.requests.sentSince(origin, name, since).length;
  const after = shareAfterCleanTime(known, limiter, sent, now);
  if (after === known) return;
  store.shares.saveShare(origin, name, after);
  if (known.refusal && !after.refusal)
    log.info(`${origin} lets us ask as often as before others were noticed (${name}).`);
}

/** A proxy or a protection service in between answers in HTML, and has limits of its own. */
function isOfGateway(answer: GatewayResponse): boolean {
  return rateLimitError(answer)?.failure.class === 'rate-limited' && !isMarkup(answer);
}

function sharedLine(origin: string, name: string, limiter: Limiter, { share }: Share): string {
  const { calls, windowMs } = limitByShare(limiter, share);
  const minutes = Math.round(windowMs / MINUTE_MS);
  return `Others ask ${origin} from this address: ${calls} calls in ${minutes} min are ours from now on (${name}).`;
}
