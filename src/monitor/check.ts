import { type Gateway, readLimiterOf } from '../gateways/gateway.ts';
import type { SecretLookup } from '../host/secrets.ts';
import type { Settings } from '../host/settings.ts';
import { type BoundSecret, bindClient } from '../http/boundClient.ts';
import type { Redactor } from '../http/redact.ts';
import { looksLikeAnother } from '../http/secretText.ts';
import type { Transport } from '../http/transport.ts';
import { type Failure, failed, GatewayError } from '../quota/failure.ts';
import type { Reading } from '../quota/reading.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import { freeAt, resumeAt } from './requestBudget.ts';
import { siteOf } from './siteCache.ts';

/** What came of asking about one key. */
export type Outcome =
  | { readonly reading: Reading; readonly failure?: never }
  | { readonly failure: Failure; readonly reading?: never };

export interface CheckParts {
  readonly store: Store;
  readonly transport: Transport;
  readonly redactor: Redactor;
  readonly settings: () => Settings;
  readonly clock: Clock;
}

export interface CheckOptions {
  readonly signal?: AbortSignal;
  /** The limiter of a call that was booked already, when the key was claimed. */
  readonly booked?: string;
}

/** The failure that a lookup without a secret stands for. */
export function missingSecret(lookup: Exclude<SecretLookup, object>): Failure {
  return { class: 'bad-key', reason: lookup === 'missing' ? 'secret-missing' : 'secret-unreadable' };
}

/** Asks a gateway about a key. Failures come back as values; only the caller's own abort is thrown. */
export async function checkKey(
  parts: CheckParts,
  gateway: Gateway,
  bound: BoundSecret,
  options: CheckOptions = {},
): Promise<Outcome> {
  const { store, clock, settings, transport, redactor } = parts;
  const { origin } = bound;
  let lastLimiter = readLimiterOf(gateway, bound.credential);
  let booked = options.booked;
  const book = (name: string) => {
    lastLimiter = name;
    if (booked === name) {
      booked = undefined;
      return;
    }
    bookCall(store, gateway, origin, name, clock.now());
  };
  const ask = bindClient(transport, bound, book, options.signal);
  try {
    const site = await siteOf(gateway, origin, ask, store.sites, clock.now());
    const override = settings().gateways.get(origin);
    const now = () => clock.now();
    const { credential, userId } = bound;
    return { reading: await gateway.read({ ask, credential, userId, site, override, now }) };
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const failure = explained(failureOf(error, redactor), bound);
    if (failure.status === 429) holdAfterRefusal(parts, gateway, origin, lastLimiter, failure);
    return { failure };
  }
}

function bookCall(store: Store, gateway: Gateway, origin: string, name: string, now: number): void {
  const limiter = gateway.limiters[name];
  if (!limiter) throw new Error(`No limiter ${name}`);
  store.transaction(() => {
    const free = freeAt(store.requests, origin, name, limiter, now);
    if (free > now) throw failed('rate-limited', 'own-budget', { retryAfterMs: free - now });
    store.requests.add(origin, name, now);
  });
}

function holdAfterRefusal(
  parts: CheckParts,
  gateway: Gateway,
  origin: string,
  name: string,
  failure: Failure,
): void {
  const limiter = gateway.limiters[name];
  if (!limiter) return;
  const { requests } = parts.store;
  const now = parts.clock.now();
  requests.hold(origin, name, resumeAt(requests, origin, name, limiter, now, failure.retryAfterMs));
}

/** A refused secret that looks like another type of credential most likely is one. */
function explained(failure: Failure, { secret, credential }: BoundSecret): Failure {
  const isWrongType = failure.reason === 'refused-key' && looksLikeAnother(secret, credential);
  return isWrongType ? { ...failure, reason: 'wrong-credential' } : failure;
}

/** An error that is no `GatewayError` is a fault of ours; it must not stop the other keys. */
function failureOf(error: unknown, redactor: Redactor): Failure {
  if (!(error instanceof GatewayError)) return { class: 'unexpected', reason: 'internal' };
  const { words, ...failure } = error.failure;
  return words === undefined ? failure : { ...failure, words: redactor.redact(words) };
}
