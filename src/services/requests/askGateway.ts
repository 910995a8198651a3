import { isDatabaseBusy } from '../../core/ports/databaseBusy.ts';
import { NotSavedError } from '../../core/ports/notSavedError.ts';
import type { BoundSecret } from '../../core/ports/secrets.ts';
import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyMemory } from '../../core/quota/keyMemory.ts';
import { isLow } from '../../core/quota/low.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { GatewayContext } from '../../gateways/gatewayContext.ts';
import type { SiteNotes } from '../../gateways/siteNotes.ts';
import { bindClient, type ReserveCall, type SendRequest } from '../../http/boundClient.ts';
import { nextAnswerTurn } from './answerTurns.ts';
import { ClaimEndedError } from './claim.ts';
import { failureOf, orOffline, withCredentialHint } from './failureOf.ts';
import { holdAfter429, holdWhileExhausted, learnShareFrom429, roomAfterHold } from './holdAfter429.ts';
import { withdrawMistakenReadings } from './mistakenReadings.ts';
import { redactSpend } from './redactSpend.ts';
import type { Waits } from './requestBudget.ts';
import type { RequestParts } from './requestParts.ts';
import { reserveNow } from './reserveNow.ts';
import { saveNote } from './saveNote.ts';
import { refreshedSite, siteOf } from './siteCache.ts';
import { SiteNotesReader } from './siteNotesReader.ts';

/** How long polls leave room for a question, once there may be room: whoever asked has to ask again. */
const MAX_QUESTION_WAIT_MS = 2 * MINUTE_MS;

/** How a gateway is asked. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** The limiter of the call that was reserved with the claim. */
  readonly reservedLimiter?: string;
  /** See `GatewayContext.keyHash`. */
  readonly keyHash?: string;
  /** See `GatewayContext.lastReading`. */
  readonly lastReading?: Reading;
  /** What was remembered of the key in earlier checks. */
  readonly memory?: KeyMemory;
  /** See `GatewayContext.remember`. */
  readonly remember?: (change: KeyMemory) => void;
  /** Receives the keys whose readings were withdrawn because of what was learnt about their site. */
  readonly onWithdrawn?: (keyIds: readonly string[]) => void;
  /** See `GatewayContext.isManual`. */
  readonly isManual?: boolean;
  /** See `GatewayContext.ownKeysLike`. */
  readonly ownKeysLike?: GatewayContext['ownKeysLike'];
  /** See `GatewayContext.recordSpend`. */
  readonly recordSpend?: GatewayContext['recordSpend'];
  /** See `ClaimOptions.beyondBudget`. */
  readonly beyondBudget?: boolean;
  /** See `ReserveOptions.sparing`: for the first call to each limiter only, so that a request of several calls is finished. */
  readonly sparing?: boolean;
  /** The key that a person asks about: where there is no room, polls leave some for the question. */
  readonly keyId?: string;
  /** Called before each call: false ends the request, because the claim has ended. */
  readonly mayAsk?: () => boolean;
}

/**
 * Runs one request to a gateway: binds the secret to its base URL, reserves every call before it is sent, and passes the
 * site's units. The result holds no secret.
 * @throws GatewayError for every failure of the gateway or the network, redacted; the abort of the caller,
 * `ClaimEndedError`, and the error of a database that stays locked as they are.
 */
export async function askGateway<T>(
  parts: RequestParts,
  gateway: Gateway,
  bound: BoundSecret,
  question: (context: GatewayContext) => Promise<T>,
  options: RequestOptions = {},
): Promise<T> {
  const { store, clock, settings, transport, redactor } = parts;
  const { baseUrl, credential, userId } = bound;
  let reservedLimiter = options.reservedLimiter;
  /** Limiters for which a call was sent. */
  const usedLimiters = new Set<string>();
  /** The limiter that the last 429 has put on hold, and until when. */
  let held: { readonly limiter: string; readonly until: number } | undefined;
  const reserve: ReserveCall = async (name, { atMost, sparing } = {}) => {
    const mayAsk = await store.retryWhileLocked(() => options.mayAsk?.());
    if (mayAsk === false) throw new ClaimEndedError();
    if (reservedLimiter === name) reservedLimiter = undefined;
    else
      await reserveNow(parts, gateway.limiters[name], baseUrl, name, {
        ...options,
        atMost,
        sparing: sparing || (options.sparing && !usedLimiters.has(name)),
        attended: options.isManual === true || options.reservedLimiter === undefined,
        // A call that can wait is never the rest of a request that has begun.
        begun: atMost === undefined && (usedLimiters.size > 0 || options.reservedLimiter !== undefined),
        waits: atMost === undefined ? waitsOf(options) : undefined,
      });
    usedLimiters.add(name);
    parts.countCall?.({ baseUrl, limiter: name, was: 'reserved' });
  };
  const send = bindClient(transport, bound, reserve, options.signal);
  const siteNotes = new SiteNotesReader(store, baseUrl);
  const sendRequest: SendRequest = async toAsk => {
    const answer = await send(toAsk).finally(nextAnswerTurn);
    siteNotes.expire();
    // Held here, since a pagination that gets a 429 returns the rows it has and throws no error.
    if (answer.status === 429 && toAsk.asksForPause?.(answer) !== false) {
      parts.countCall?.({ baseUrl, limiter: toAsk.limiter, was: 'refused' });
      await learnShareFrom429(parts, gateway.limiters[toAsk.limiter], baseUrl, toAsk.limiter, answer);
      const until = await holdAfter429(
        parts,
        gateway.limiters[toAsk.limiter],
        baseUrl,
        toAsk.limiter,
        answer,
      );
      held = until === undefined ? undefined : { limiter: toAsk.limiter, until };
    } else await holdWhileExhausted(parts, baseUrl, toAsk.limiter, answer);
    return answer;
  };
  try {
    const site = await siteOf(gateway, baseUrl, sendRequest, store, clock.now());
    const unitOverride = settings().gateways.get(baseUrl);
    let memory = options.memory ?? {};
    const { lastReading, recordSpend } = options;
    const answer = await question({
      sendRequest,
      credential,
      baseUrl,
      userId,
      site,
      notes: () => siteNotes.notes,
      note: change => {
        const withdrawn = saveNoteIfPossible(parts, gateway, baseUrl, change);
        if (withdrawn.length > 0) options.onWithdrawn?.(withdrawn);
      },
      keyHash: options.keyHash,
      lastReading,
      memory: () => memory,
      remember: change => {
        memory = { ...memory, ...change };
        options.remember?.(memory);
      },
      recordSpend: recordSpend && (records => recordSpend(redactSpend(records, redactor))),
      isManual: options.isManual,
      isLow: lastReading !== undefined && isLow(lastReading, settings().low),
      refreshSite: maxAgeMs => refreshedSite(gateway, baseUrl, sendRequest, store, clock.now(), maxAgeMs),
      ownKeysLike: options.ownKeysLike,
      // Over plain http everyone on the way could read it, and VS Code's own log may hold the URL.
      mayStandInUrl: bound.mayStandInUrl === true && baseUrl.startsWith('https:'),
      unitOverride,
      now: () => clock.now(),
    });
    // A pagination that was aborted returns what it has, which must not count as an answer.
    options.signal?.throwIfAborted();
    // What a gateway sends goes from here into the store and onto the screen.
    return redactor.redactValue(answer);
  } catch (error) {
    if (options.signal?.aborted || error instanceof ClaimEndedError || isLocked(error)) throw error;
    if (!(error instanceof GatewayError))
      parts.log.warn(`A fault of ours while asking ${baseUrl}: ${describeError(error)}`);
    // Worked out now, since calls after the refusal may have changed our share.
    const until =
      held && roomAfterHold(parts, gateway.limiters[held.limiter], baseUrl, held.limiter, held.until);
    const failure = orOffline(failureOf(error, redactor, until, clock.now()), parts.isReachable?.(baseUrl));
    if (held) await waitAfterRefusal(parts, baseUrl, held.limiter, options, failure);
    throw new GatewayError(withCredentialHint(failure, bound));
  }
}

/** Lets polls leave room for a person's question that was refused until a time, as for one that had no room. */
async function waitAfterRefusal(
  { store, clock }: RequestParts,
  baseUrl: string,
  limiter: string,
  options: RequestOptions,
  { reason, retryAfterMs }: Failure,
): Promise<void> {
  const waits = waitsOf(options);
  if (!waits || reason !== 'too-many-requests' || retryAfterMs === undefined) return;
  const { keyId, purpose } = waits;
  const now = clock.now();
  const until = now + retryAfterMs + MAX_QUESTION_WAIT_MS;
  await store.retryWhileLocked(() =>
    store.transaction(() => store.waiting.saveWaiting({ baseUrl, limiter, keyId, purpose }, now, until)),
  );
}

function waitsOf({ keyId, sparing }: RequestOptions): Waits | undefined {
  return keyId === undefined || sparing
    ? undefined
    : { keyId, purpose: 'question', maxWaitMs: MAX_QUESTION_WAIT_MS };
}

/**
 * Saves a note, and withdraws what it shows to be mistaken; returns the keys of that. A note that cannot be saved is
 * learnt again later: no reason to lose the answer.
 */
function saveNoteIfPossible(
  { store, redactor, clock, log }: RequestParts,
  gateway: Gateway,
  baseUrl: string,
  change: SiteNotes,
): readonly string[] {
  try {
    return store.transaction(() => {
      saveNote(store, baseUrl, redactor.redactValue(change));
      return withdrawMistakenReadings(store, gateway, baseUrl, clock.now());
    });
  } catch (error) {
    if (!isLocked(error)) throw error;
    log.warn(`What was learnt about ${baseUrl} could not be noted: ${String(error)}`);
    return [];
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof NotSavedError || isDatabaseBusy(error);
}

/** Text of an error with its stack, for the log, which redacts it. */
function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
