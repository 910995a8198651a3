import { looksLikeAnother } from '../../core/input/secretText.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { isBusy } from '../../core/ports/databaseBusy.ts';
import type { Log } from '../../core/ports/log.ts';
import { NotKept } from '../../core/ports/notKept.ts';
import type { BoundSecret } from '../../core/ports/secrets.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import { type Failure, failed, GatewayError } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { parseRetryAfter } from '../../gateways/envelope.ts';
import type { Gateway, Limiter } from '../../gateways/gateway.ts';
import type { GatewayContext } from '../../gateways/gatewayContext.ts';
import type { SiteNotes } from '../../gateways/siteNotesType.ts';
import { bindClient, type SendRequest } from '../../http/boundClient.ts';
import type { GatewayResponse, Transport } from '../../http/transport.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { ClaimEnded } from './claim.ts';
import { holdUntil, reserveCall } from './requestBudget.ts';
import { siteOf } from './siteCache.ts';
import { keepNote, notesIn } from './siteNotes.ts';

export interface RequestParts {
  readonly store: Store;
  readonly transport: Transport;
  readonly redactor: Redactor;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** The limiter of a call that was booked already, when the key was claimed. */
  readonly booked?: string;
  /** See `GatewayContext.keyMark`. */
  readonly keyMark?: string;
  /** See `GatewayContext.before`. */
  readonly before?: Reading;
  /** See `ClaimOptions.beyondBudget`. */
  readonly beyondBudget?: boolean;
  /** See `ReserveOptions.sparing`: of the first call to each limiter, so that what was begun is brought to an end. */
  readonly sparing?: boolean;
  /** Asked before each call: a window that was stopped in between must not act on a claim that has ended. */
  readonly mayAsk?: () => boolean;
}

/**
 * Puts a question to a gateway: binds the secret to its origin, books every call before it is sent, and
 * knows the gateway's units. What comes back holds no secret, nor does the `GatewayError` that is thrown in its
 * place; the caller's own abort is thrown as it is, and so is what a database that stays locked makes: neither is
 * an answer.
 */
export async function askGateway<T>(
  parts: RequestParts,
  gateway: Gateway,
  bound: BoundSecret,
  question: (context: GatewayContext) => Promise<T>,
  options: RequestOptions = {},
): Promise<T> {
  const { store, clock, settings, transport, redactor } = parts;
  const { origin, credential, userId } = bound;
  let booked = options.booked;
  /** Limiters that were asked of already. */
  const begun = new Set<string>();
  /** How long the last refusal of a limiter keeps us away. */
  let until: number | undefined;
  const book = async (name: string) => {
    const mayAsk = await store.retryWhileLocked(() => options.mayAsk?.());
    if (mayAsk === false) throw new ClaimEnded();
    if (booked === name) booked = undefined;
    else
      await reserveNow(parts, gateway.limiters[name], origin, name, {
        ...options,
        sparing: options.sparing && !begun.has(name),
      });
    begun.add(name);
  };
  const send = bindClient(transport, bound, book, options.signal);
  const ask: SendRequest = async toAsk => {
    const answer = await send(toAsk);
    // Here, and not where it ends the question: a paging goes on with the rows it has.
    if (answer.status === 429)
      until = await pauseAfter(parts, gateway.limiters[toAsk.limiter], origin, toAsk.limiter, answer);
    return answer;
  };
  try {
    const site = await siteOf(gateway, origin, ask, store, clock.now());
    const override = settings().gateways.get(origin);
    const answer = await question({
      ask,
      credential,
      userId,
      site,
      notes: () => notesIn(store.sites.siteOf(origin)?.site),
      note: change => noteIfPossible(parts, origin, change),
      keyMark: options.keyMark,
      before: options.before,
      override,
      now: () => clock.now(),
    });
    // What a paging gave up when it was called off is no answer.
    options.signal?.throwIfAborted();
    // Whatever a gateway echoes back goes into the store and onto the screen from here.
    return redactor.clean(answer);
  } catch (error) {
    if (options.signal?.aborted || error instanceof ClaimEnded || isLocked(error)) throw error;
    if (!(error instanceof GatewayError))
      parts.log.warn(`A fault of ours while asking ${origin}: ${faultOf(error)}`);
    throw new GatewayError(explained(failureOf(error, redactor, until), bound));
  }
}

/** What is not noted now is learnt again: no reason to lose an answer. */
function noteIfPossible({ store, redactor, log }: RequestParts, origin: string, change: SiteNotes): void {
  try {
    keepNote(store, origin, redactor.clean(change));
  } catch (error) {
    if (!isLocked(error)) throw error;
    log.warn(`What was learnt about ${origin} could not be noted: ${String(error)}`);
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof NotKept || isBusy(error);
}

/** Books a call, or throws where there is no room for it. A database that is locked for a moment is waited for. */
export async function reserveNow(
  { store, clock }: Pick<RequestParts, 'store' | 'clock'>,
  limiter: Limiter | undefined,
  origin: string,
  name: string,
  options: Pick<RequestOptions, 'beyondBudget' | 'sparing'> = {},
): Promise<void> {
  if (!limiter) throw new Error(`No limiter ${name}`);
  const book = () => reserveCall(store.requests, origin, name, limiter, clock.now(), options);
  const free = await store.retryWhileLocked(() => store.transaction(book));
  if (free === undefined) return;
  const now = clock.now();
  // Where the gateway itself asked for a pause, it is not ours.
  const isAsked = (store.requests.heldUntil(origin, name) ?? 0) > now;
  throw failed('rate-limited', isAsked ? 'too-many-requests' : 'own-budget', {
    retryAfterMs: free - now,
    until: free,
  });
}

/** Closes a limiter that has refused a call; returns until when. */
export async function pauseAfter(
  { store, clock }: Pick<RequestParts, 'store' | 'clock'>,
  limiter: Limiter | undefined,
  origin: string,
  name: string,
  { headers }: GatewayResponse,
): Promise<number | undefined> {
  if (!limiter) return undefined;
  const now = clock.now();
  return store.retryWhileLocked(() =>
    store.transaction(() => {
      const until = holdUntil(store.requests, origin, name, limiter, now, parseRetryAfter(headers));
      store.requests.hold(origin, name, until, now);
      return until;
    }),
  );
}

/** A refused secret that looks like another type of credential may be one: keys of 32 signs are real, too. */
function explained(failure: Failure, { secret, credential }: BoundSecret): Failure {
  const maybeAnother = failure.reason === 'refused-key' && looksLikeAnother(secret, credential);
  return maybeAnother ? { ...failure, maybeAnother } : failure;
}

/** Where a fault came from, for the log, which redacts it. */
function faultOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** An error that is no `GatewayError` is a fault of ours; it must not stop the other keys. */
function failureOf(error: unknown, redactor: Redactor, until: number | undefined): Failure {
  if (!(error instanceof GatewayError)) return { class: 'unexpected', reason: 'internal' };
  const { failure } = error;
  const isPause = failure.reason === 'too-many-requests' && until !== undefined;
  return redactor.clean(isPause ? { until, ...failure } : failure);
}
