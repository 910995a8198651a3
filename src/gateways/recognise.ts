import { type FailureClass, type FailureReason, failed, GatewayError } from '../core/quota/failure.ts';
import type { SendRequest } from '../http/boundClient.ts';
import type { GatewayResponse } from '../http/transport.ts';
import { limitedBy, troubleOf } from './envelope.ts';
import type { Gateway } from './gateway.ts';
import { isProtectionPage, wantsClientCertificate } from './protectionPage.ts';
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
  ask: SendRequest,
  kinds: readonly Gateway[] = gateways,
): Promise<Gateway | undefined> {
  const known = gatewayOfHost(origin);
  if (known) return known;
  const paths = [...new Set(kinds.flatMap(({ probe }) => probe?.path ?? []))];
  let kept: GatewayError | undefined;
  for (const path of paths.slice(0, MAX_PROBES)) {
    const answer = await answerAt(path, ask);
    const alike = answer ? await recognisedBy(path, answer, kinds) : [];
    const found = alike.find(({ probe }) => !probe?.isFamily) ?? alike[0];
    if (found) return found;
    // Whoever is asked for a pause has not learned that this is no gateway.
    const limited = answer && limitedBy(answer);
    if (limited) throw limited;
    // Nor has who met what stands in front of it, or its trouble; another path may be open all the same.
    kept ??= answer && keptOutBy(answer);
  }
  if (kept) throw kept;
  return undefined;
}

/** The failure for an answer behind which there may be any kind of gateway. */
function keptOutBy(answer: GatewayResponse): GatewayError | undefined {
  const { status } = answer;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  if (wantsClientCertificate(answer)) return failed('unexpected', 'client-certificate', { status });
  return troubleOf(answer);
}

/** The kinds that take this answer for one of theirs. */
async function recognisedBy(
  path: string,
  answer: GatewayResponse,
  kinds: readonly Gateway[],
): Promise<readonly Gateway[]> {
  const alike: Gateway[] = [];
  for (const gateway of kinds) {
    const { probe } = gateway;
    if (probe?.path === path && (await probe.recognises(answer))) alike.push(gateway);
  }
  return alike;
}

/** Undefined for an answer that no gateway of ours gives; throws when nobody could be asked. */
async function answerAt(path: string, ask: SendRequest): Promise<GatewayResponse | undefined> {
  try {
    return await ask({ path, secretIn: 'nowhere', limiter: 'general' });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (COULD_NOT_ASK.has(error.failure.class) || NOT_LET_IN.has(error.failure.reason)) throw error;
    return undefined;
  }
}

const COULD_NOT_ASK: ReadonlySet<FailureClass> = new Set(['transient', 'rate-limited']);
/** What lasts, and still says nothing about who is there. */
const NOT_LET_IN: ReadonlySet<FailureReason> = new Set(['client-certificate', 'not-http']);
