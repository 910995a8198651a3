import type { BaseUrl } from '../core/input/baseUrl.ts';
import { type FailureClass, type FailureReason, failed, GatewayError } from '../core/quota/failure.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { GatewayResponse } from '../http/transport.ts';
import type { Gateway } from './gateway.ts';
import { gatewayOfHost } from './gatewayAddress.ts';
import { isProtectionPage, needsClientCertificate } from './protectionPage.ts';
import { gateways } from './registry.ts';
import { rateLimitError, transientError } from './transientError.ts';

/** The most paths that an unknown server is asked for. */
const MAX_PROBES = 5;

/**
 * Recognizes the kind of gateway at a base URL: by its host, else by at most five requests that need no key
 * and count against no scarce limiter. Undefined when no kind matches.
 * @throws GatewayError when no request got through, and for a rate limit, a protection page or a server
 * error: then the kind is not known.
 */
export async function recognizeGateway(
  baseUrl: BaseUrl,
  sendRequest: SendRequest,
  kinds: readonly Gateway[] = gateways,
): Promise<Gateway | undefined> {
  const ownHost = gatewayOfHost(baseUrl);
  if (ownHost) return ownHost;
  const paths = [...new Set(kinds.flatMap(({ probe }) => probe?.path ?? []))];
  let firstBlocked: GatewayError | undefined;
  for (const path of paths.slice(0, MAX_PROBES)) {
    const answer = await probePath(path, sendRequest);
    const matches = answer ? await matchingKinds(path, answer, kinds) : [];
    const match = matches.find(({ probe }) => !probe?.isFamily) ?? matches[0];
    if (match) return match;
    // A rate limit says nothing about the kind.
    const rateLimited = answer && rateLimitError(answer);
    if (rateLimited) throw rateLimited;
    // Nor does a block; but another path may be open.
    firstBlocked ??= answer && blockedError(answer);
  }
  if (firstBlocked) throw firstBlocked;
  return undefined;
}

/** The error for an answer behind which any kind of gateway may be; undefined for other answers. */
function blockedError(answer: GatewayResponse): GatewayError | undefined {
  const { status } = answer;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  if (needsClientCertificate(answer)) return failed('unexpected', 'client-certificate', { status });
  return transientError(answer);
}

/** The kinds whose probe matches the answer. */
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

/**
 * Sends a probe. Undefined for an answer that no kind gives.
 * @throws GatewayError when the server could not be asked.
 */
async function probePath(path: string, ask: SendRequest): Promise<GatewayResponse | undefined> {
  try {
    return await ask({ path, secretIn: 'none', limiter: 'general' });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (NO_ANSWER_CLASSES.has(error.failure.class) || BLOCKED_REASONS.has(error.failure.reason)) throw error;
    return undefined;
  }
}

const NO_ANSWER_CLASSES: ReadonlySet<FailureClass> = new Set(['transient', 'rate-limited']);
/** Lasting failures that say nothing about the kind. */
const BLOCKED_REASONS: ReadonlySet<FailureReason> = new Set(['client-certificate', 'not-http']);
