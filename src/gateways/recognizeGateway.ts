import { type FailureClass, type FailureReason, failed, GatewayError } from '../core/quota/failure.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { GatewayResponse } from '../http/transport.ts';
import { rateLimitError, transientError } from './envelope.ts';
import type { Gateway } from './gateway.ts';
import { isProtectionPage, needsClientCertificate } from './protectionPage.ts';
import { gateways } from './registry.ts';

/** Unasked questions cost strangers' servers something too. */
const MAX_PROBES = 5;

/** The kind whose own host this is; costs no call. */
export function gatewayOfHost(origin: string): Gateway | undefined {
  const { hostname } = new URL(origin);
  return gateways.find(({ hosts }) => hosts.includes(hostname));
}

/**
 * Tells the kind of gateway from its origin alone: by its host, else by asking at most five paths that
 * need no key and count against no scarce limiter. Undefined when nothing is recognised. Throws when nobody could
 * be asked, and when a pause, a protection page or trouble stood in place of an answer: then it is not known whether
 * it would have been recognised.
 */
export async function recognizeGateway(
  origin: string,
  sendRequest: SendRequest,
  kinds: readonly Gateway[] = gateways,
): Promise<Gateway | undefined> {
  const ownHost = gatewayOfHost(origin);
  if (ownHost) return ownHost;
  const paths = [...new Set(kinds.flatMap(({ probe }) => probe?.path ?? []))];
  let firstBlocked: GatewayError | undefined;
  for (const path of paths.slice(0, MAX_PROBES)) {
    const answer = await probePath(path, sendRequest);
    const matches = answer ? await matchingKinds(path, answer, kinds) : [];
    const match = matches.find(({ probe }) => !probe?.isFamily) ?? matches[0];
    if (match) return match;
    // Whoever is asked for a pause has not learned that this is no gateway.
    const rateLimited = answer && rateLimitError(answer);
    if (rateLimited) throw rateLimited;
    // Nor has who met what stands in front of it, or its trouble; another path may be open all the same.
    firstBlocked ??= answer && blockedError(answer);
  }
  if (firstBlocked) throw firstBlocked;
  return undefined;
}

/** The failure for an answer behind which there may be any kind of gateway. */
function blockedError(answer: GatewayResponse): GatewayError | undefined {
  const { status } = answer;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  if (needsClientCertificate(answer)) return failed('unexpected', 'client-certificate', { status });
  return transientError(answer);
}

/** The kinds that take this answer for one of theirs. */
async function matchingKinds(
  path: string,
  answer: GatewayResponse,
  kinds: readonly Gateway[],
): Promise<readonly Gateway[]> {
  const matches: Gateway[] = [];
  for (const gateway of kinds) {
    const { probe } = gateway;
    if (probe?.path === path && (await probe.recognizes(answer))) matches.push(gateway);
  }
  return matches;
}

/** Undefined for an answer that no gateway of ours gives; throws when nobody could be asked. */
async function probePath(path: string, ask: SendRequest): Promise<GatewayResponse | undefined> {
  try {
    return await ask({ path, secretIn: 'nowhere', limiter: 'general' });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (NO_ANSWER_CLASSES.has(error.failure.class) || BLOCKED_REASONS.has(error.failure.reason)) throw error;
    return undefined;
  }
}

const NO_ANSWER_CLASSES: ReadonlySet<FailureClass> = new Set(['transient', 'rate-limited']);
/** What lasts, and still says nothing about who is there. */
const BLOCKED_REASONS: ReadonlySet<FailureReason> = new Set(['client-certificate', 'not-http']);
