import type { BaseUrl } from '../core/input/baseUrl.ts';
import { type FailureClass, type FailureReason, failed, GatewayError } from '../core/quota/failure.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { GatewayResponse } from '../http/transport.ts';
import type { Gateway } from './gateway.ts';
import { gatewayOfHost } from './gatewayAddress.ts';
import { isProtectionPage, needsClientCertificate } from './protectionPage.ts';
import { gateways } from './registry.ts';
import { rateLimitError, transientError } from './transientError.ts';

/** The most paths that an unknown server is asked for, however many kinds there are. */
export const MAX_PROBES = 5;

/** Which kind of gateway stands at an address. */
export interface Recognition {
  readonly gateway: Gateway;
  /** The path of the public page that showed it; absent where the host alone did. */
  readonly page?: string;
}

/**
 * Recognizes the kind of gateway at a base URL: by its host, else by at most five requests that need no key
 * and count against no scarce limiter. Every answer is shown to all kinds. Undefined when no kind matches.
 * @throws GatewayError when no request got through, and for a rate limit, a protection page or a server
 * error: then the kind is not known.
 */
export async function recognizeGateway(
  baseUrl: BaseUrl,
  sendRequest: SendRequest,
  kinds: readonly Gateway[] = gateways,
): Promise<Recognition | undefined> {
  const ofHost = gatewayOfHost(baseUrl);
  if (ofHost) return { gateway: ofHost };
  const answers: GatewayResponse[] = [];
  const asked = new Set<string>();
  let firstBlocked: GatewayError | undefined;
  for (let page = nextPage(kinds, asked, answers); page !== undefined && asked.size < MAX_PROBES; ) {
    asked.add(page);
    const probed = await probePath(page, sendRequest);
    const answer = probed instanceof GatewayError ? undefined : probed;
    if (probed instanceof GatewayError) firstBlocked ??= probed;
    const gateway = answer && (await matchingKind(answer, kinds));
    if (gateway) return { gateway, page };
    // A rate limit says nothing about the kind.
    const rateLimited = answer && rateLimitError(answer);
    if (rateLimited) throw rateLimited;
    // Nor does a block; but another path may be open.
    firstBlocked ??= answer && blockedError(answer);
    if (answer) answers.push(answer);
    page = nextPage(kinds, asked, answers);
  }
  if (firstBlocked) throw firstBlocked;
  return undefined;
}

/**
 * The page that most likely shows the kind: of a kind that the answers so far speak for, else of one that stands at any
 * address, and last of one that has a host of its own.
 */
function nextPage(
  kinds: readonly Gateway[],
  asked: ReadonlySet<string>,
  answers: readonly GatewayResponse[],
): string | undefined {
  const left = kinds.filter(({ probe }) => probe && !asked.has(probe.path));
  const likely = left.find(({ probe }) => answers.some(answer => probe?.isLikelyAfter?.(answer)));
  return (likely ?? left.find(({ hosts }) => hosts.length === 0) ?? left[0])?.probe?.path;
}

/** The error for an answer that hides the kind, such as a protection page; undefined for other answers. */
function blockedError(answer: GatewayResponse): GatewayError | undefined {
  const { status } = answer;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  if (needsClientCertificate(answer)) return failed('unexpected', 'client-certificate', { status });
  return transientError(answer);
}

/** The kind that gives this answer; one of its own before the family that it descends from. */
async function matchingKind(
  answer: GatewayResponse,
  kinds: readonly Gateway[],
): Promise<Gateway | undefined> {
  const matches: Gateway[] = [];
  for (const gateway of kinds) {
    if (await gateway.probe?.recognizes(answer)) matches.push(gateway);
  }
  return matches.find(({ probe }) => !probe?.isFamily) ?? matches[0];
}

/**
 * Sends a probe. Undefined for an answer that no kind gives; an error for a redirect to another page, such as a login,
 * since it may not be in front of all paths.
 * @throws GatewayError when the server could not be asked.
 */
async function probePath(
  path: string,
  ask: SendRequest,
): Promise<GatewayResponse | GatewayError | undefined> {
  try {
    return await ask({ path, secretIn: 'none', limiter: 'general' });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (error.failure.reason === 'other-page') return error;
    if (NO_ANSWER_CLASSES.has(error.failure.class) || BLOCKED_REASONS.has(error.failure.reason)) throw error;
    return undefined;
  }
}

const NO_ANSWER_CLASSES: ReadonlySet<FailureClass> = new Set(['transient', 'rate-limited']);
/** Lasting failures that say nothing about the kind. */
const BLOCKED_REASONS: ReadonlySet<FailureReason> = new Set(['client-certificate', 'not-http']);
