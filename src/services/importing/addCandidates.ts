import { detectSecretType } from '../../core/input/secretText.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import type { CredentialType } from '../../core/quota/key.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { Recognition } from '../../gateways/recognizeGateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { newKeyFailureText } from '../../text/failure.ts';
import type { KeyService } from '../keys/keyService.ts';
import { uniqueLabel } from '../keys/uniqueLabel.ts';
import type { Outcome } from '../polling/check.ts';
import type { Candidate } from './candidate.ts';

/** A key that was ticked, with its address and secret. */
export type ChosenCandidate = Candidate & {
  readonly baseUrl: string;
  readonly secret: string;
  /** Whether a person typed the secret. */
  readonly isTyped?: true;
};

/** The outcome of adding the ticked keys. */
export interface ImportOutcome {
  /** The ids of the new keys. */
  readonly added: readonly string[];
  /** The names of keys that were here already. */
  readonly present: readonly string[];
  readonly failed: readonly FailedCandidate[];
}

interface FailedCandidate {
  readonly label: string;
  /** A sentence; undefined where the address answers as no kind that is known. */
  readonly why?: string;
}

/** The parts of `KeyService` that adding needs. */
export type KeysToAddTo = Pick<
  KeyService,
  'add' | 'duplicateOf' | 'restoreSecret' | 'recognize' | 'keysById' | 'findById' | 'remove'
>;

/**
 * Adds keys, one after the other; each is checked as soon as the request budget allows. An address of unknown kind is
 * asked for its public pages first, once, without a key. Where `signal` ends it, what was added is removed again.
 * @throws the signal's reason
 */
export async function addCandidates(
  keys: KeysToAddTo,
  chosen: readonly ChosenCandidate[],
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  const recognize = recognizeOnce(keys);
  const labels = new Set([...keys.keysById().values()].map(({ label }) => label));
  const added: string[] = [];
  const present: string[] = [];
  const failed: FailedCandidate[] = [];
  for (const [at, candidate] of chosen.entries()) {
    if (signal.aborted) break;
    report(at);
    try {
      const duplicate = keys.duplicateOf(candidate);
      if (duplicate) {
        await keys.restoreSecret(duplicate, candidate.secret);
        present.push(duplicate.label);
        continue;
      }
      const gateway =
        gatewayOf(candidate.kind ?? '') ??
        (await untilAborted(recognize(candidate.baseUrl), signal))?.gateway;
      if (!gateway) {
        failed.push({ label: candidate.label });
        continue;
      }
      const label = uniqueLabel(candidate.label, labels);
      labels.add(label);
      added.push(await keys.add({ ...draftOf(candidate, gateway), label }, firstOutcome(candidate)));
    } catch (error) {
      failed.push({ label: candidate.label, why: reasonOf(error, candidate) });
    }
  }
  if (signal.aborted) {
    await removeKeys(keys, added);
    throw signal.reason;
  }
  return { added, present, failed };
}

/** An address may take minutes to answer, or never answer; a late answer is ignored. */
async function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/**
 * Removes the keys that an import added; for *Undo*. One that cannot be removed does not keep the others.
 * @throws the first error
 */
export async function removeKeys(
  keys: Pick<KeysToAddTo, 'findById' | 'remove'>,
  ids: readonly string[],
): Promise<void> {
  const errors: unknown[] = [];
  for (const id of ids) {
    const key = keys.findById(id);
    if (key) await keys.remove(key).catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw errors[0];
}

/**
 * A listed reading counts only for a listed secret: a secret that a person typed may be of another key than the one in
 * the list.
 */
function firstOutcome({ reading, isTyped }: ChosenCandidate): Outcome | undefined {
  return reading && !isTyped ? { reading } : undefined;
}

function draftOf(candidate: ChosenCandidate, gateway: Gateway) {
  const { baseUrl, secret, userId, note } = candidate;
  return { kind: gateway.kind, baseUrl, secret, userId, note, credential: credentialOf(candidate, gateway) };
}

/** The type that the source tells, else the one that the secret's form shows, else the first of the kind. */
function credentialOf(
  { credential, secret, userId }: ChosenCandidate,
  { credentials }: Gateway,
): CredentialType {
  const types = credentials.map(({ type }) => type);
  if (credential && types.includes(credential)) return credential;
  const shape = detectSecretType(secret);
  if (shape === 'management' && types.includes('managementKey')) return 'managementKey';
  if ((shape === 'token' || userId !== undefined) && types.includes('accessToken')) return 'accessToken';
  return types[0] ?? 'apiKey';
}

/** Asks each address once; the failure of one is the same for all its keys. */
function recognizeOnce(keys: KeysToAddTo): (baseUrl: string) => Promise<Recognition | undefined> {
  const asked = new Map<string, Promise<Recognition | undefined>>();
  return baseUrl => {
    const answer = asked.get(baseUrl) ?? keys.recognize(baseUrl);
    asked.set(baseUrl, answer);
    return answer;
  };
}

function reasonOf(error: unknown, { baseUrl }: ChosenCandidate): string {
  if (error instanceof GatewayError) return newKeyFailureText(error.failure, baseUrl);
  return error instanceof Error ? error.message : String(error);
}
