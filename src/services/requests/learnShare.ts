import type { Log } from '../../core/ports/log.ts';
import type { Store } from '../../core/ports/store.ts';
import { limitByShare, type Share } from '../../core/quota/share.ts';
import { shareAfterRefusal } from '../../core/quota/shareAfterRefusal.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Limiter } from '../../gateways/limiter.ts';
import { rateLimitError } from '../../gateways/transientError.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { currentShare, type OwnLimiterParts } from './ownLimiter.ts';

/** What learning a share needs. */
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
  baseUrl: string,
  name: string,
  limiter: Limiter,
  answer: GatewayResponse,
  now: number,
): void {
  if (settings().gateways.get(baseUrl)?.share !== undefined || !isOfGateway(answer)) return;
  const sent = store.requests.sentSince(baseUrl, name, now - limiter.windowMs).length;
  // After more calls than our half, which only a person can allow, we may have used up the limiter ourselves.
  if (sent - 1 > limiter.calls) return;
  const before = currentShare(store, baseUrl, name, limiter, now);
  const after = shareAfterRefusal(before, limiter, sent, now);
  store.shares.saveShare(baseUrl, name, after);
  if (!before.refusal) log.info(sharedLine(baseUrl, name, limiter, after));
}

/** Writes down how much the share has grown. Called inside a transaction, before a call is reserved. */
export function learnFromCleanTime(
  { store, settings, log }: LearnParts,
  baseUrl: string,
  name: string,
  limiter: Limiter,
  now: number,
): void {
  if (settings().gateways.get(baseUrl)?.share !== undefined) return;
  const known = store.shares.shareOf(baseUrl, name);
  // A limiter with a `startShare` gets a saved share with its first call, from which on its site is no longer new.
  if (!known && limiter.startShare === undefined) return;
  const current = currentShare(store, baseUrl, name, limiter, now);
  if (current.changedAt === known?.changedAt) return;
  store.shares.saveShare(baseUrl, name, current);
  if (known?.refusal && !current.refusal)
    log.info(`${baseUrl} lets us ask as often as before others were noticed (${name}).`);
}

/** A proxy or a protection service in between answers with a page, and has limits of its own. */
function isOfGateway(answer: GatewayResponse): boolean {
  return rateLimitError(answer)?.failure.class === 'rate-limited';
}

function sharedLine(baseUrl: string, name: string, limiter: Limiter, { share }: Share): string {
  const { calls, windowMs } = limitByShare(limiter, share);
  const minutes = Math.round(windowMs / MINUTE_MS);
  const ours = calls === 1 ? `1 call in ${minutes} min is` : `${calls} calls in ${minutes} min are`;
  return `Others ask ${baseUrl} from this address: ${ours} ours from now on (${name}).`;
}
