import type { CheckState } from '../../core/ports/checkTables.ts';
import type { BoundSecret, SecretLookup } from '../../core/ports/secrets.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { HOUR_MS, isoTime } from '../../core/time.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { askGateway } from '../requests/askGateway.ts';
import type { RequestParts } from '../requests/requestParts.ts';

/** How often a key that is read from a list is tried out. */
const CONFIRM_EVERY_MS = 6 * HOUR_MS;

/** A key, its state and its secret. */
interface Candidate {
  readonly state: CheckState;
  readonly bound: BoundSecret;
  readonly lastAt: number;
}

/**
 * Tries out one of the keys that are read from an account's list, at most every six hours a key: a list does not tell that
 * a key is bound to another address or its group is closed to it. One that is refused is asked itself at once, which
 * finds out why. Returns the states that changed.
 */
export async function confirmListedKey(
  parts: RequestParts,
  account: KeyRecord,
  gateway: Gateway,
  ownKeys: readonly string[],
  lookup: (keyId: string) => SecretLookup | undefined,
  signal: AbortSignal,
): Promise<readonly CheckState[]> {
  const { confirmListed } = gateway;
  const { store, clock } = parts;
  const candidate = confirmListed && longestUntried(parts, account, ownKeys, lookup);
  if (!candidate) return [];
  const { state: before, bound } = candidate;
  let result: Awaited<ReturnType<typeof confirmListed>>;
  try {
    const options = { signal, sparing: true, lastReading: before.reading, memory: before.memory };
    result = await askGateway(parts, gateway, bound, confirmListed, options);
  } catch (error) {
    // Such a failure says nothing about the key, which is tried again with the next answer of its account.
    if (error instanceof GatewayError) return [];
    throw error;
  }
  const now = clock.now();
  const record = () => {
    const state = store.states.stateOf(before.keyId);
    if (!state?.reading || state.readFrom !== account.id) return [];
    const memory = { ...state.memory, confirmAt: now };
    const usableAt = result === 'usable' ? isoTime(now) : state.reading.usableAt;
    const changed: CheckState =
      result === 'refused'
        ? { ...state, memory, readFrom: undefined, dueAt: now }
        : { ...state, memory, reading: { ...state.reading, usableAt } };
    store.states.saveState(changed);
    return [changed];
  };
  return store.retryWhileLocked(() => store.transaction(record));
}

function longestUntried(
  { store, clock }: Pick<RequestParts, 'store' | 'clock'>,
  account: KeyRecord,
  ownKeys: readonly string[],
  lookup: (keyId: string) => SecretLookup | undefined,
): Candidate | undefined {
  const candidates = ownKeys.flatMap((keyId): readonly Candidate[] => {
    const state = store.states.stateOf(keyId);
    const bound = lookup(keyId);
    if (!state?.reading || state.failure || state.readFrom !== account.id || typeof bound !== 'object')
      return [];
    const usableAt = Date.parse(state.reading.usableAt ?? '') || 0;
    const lastAt = Math.max(usableAt, state.memory?.confirmAt ?? 0);
    const isDue = Math.abs(clock.now() - lastAt) >= CONFIRM_EVERY_MS;
    return isDue ? [{ state, bound, lastAt }] : [];
  });
  return candidates.toSorted((a, b) => a.lastAt - b.lastAt)[0];
}
