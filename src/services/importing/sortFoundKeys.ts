import { addressOf } from '../../core/input/baseUrl.ts';
import type { Rejection } from '../../core/input/importReasons.ts';
import type { IsPlainHttpAllowed } from '../../core/input/origin.ts';
import { parseSecret } from '../../core/input/parseSecret.ts';
import { fingerprintOf } from '../../core/input/secretText.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import { gatewayOfHost, parseGatewayAddress } from '../../gateways/gatewayAddress.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import { tellsNothing } from '../../gateways/vendorAddresses.ts';
import { sanitizeNote } from '../keys/sanitizeNote.ts';
import type { Candidate, FoundSource, RejectedEntry } from './candidate.ts';
import type { FoundKey } from './foundKey.ts';
import { isKeyVariable } from './pairEnvironment.ts';
import { isReference, referencedVariable } from './resolveReference.ts';

export interface SortingParts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isPlainHttpAllowed: IsPlainHttpAllowed;
  /** The label of the key that has this fingerprint already. */
  readonly presentAs: (fingerprint: string) => string | undefined;
}

/** The found keys, divided into those that can be added and those that cannot. */
export interface SortedKeys {
  readonly candidates: readonly Candidate[];
  readonly rejected: readonly RejectedEntry[];
}

/** Logins of a browser or a program: they end within hours, and are no keys. */
const LOGIN = /^(?:sk-ant-oat|sk-ant-ort|eyJ[\w-]+\.|ya29\.|gho_|ghu_|ghp_|github_pat_)/;
/** A key of an administrator of OpenAI or Anthropic. */
const ADMIN_KEY = /^sk-(?:admin-|ant-admin)/;
/** What CC Switch writes into programs while its own proxy is on. */
const MANAGED = /^PROXY_MANAGED$/i;
const CC_SWITCH_PROXY_PORT = '15721';
/** The path of an address at which a gateway has one vendor's API; its own endpoints are not below it. */
const PROTOCOL_PATH = /\/(?:anthropic|claude|openai|gemini|codex)(?:\/.*)?$/i;

/** Divides what was found. The same secret at the same address is offered once, as the first source has it. */
export function sortFoundKeys(sources: readonly FoundSource[], parts: SortingParts): SortedKeys {
  const candidates = new Map<string, Candidate>();
  const rejected: RejectedEntry[] = [];
  for (const source of sources) {
    for (const key of source.keys) {
      const sorted = sortKey(key, source, parts);
      if ('reason' in sorted) rejected.push(sorted);
      else {
        const id = `${sorted.baseUrl ?? ''}\n${sorted.secret ?? sorted.label}`;
        if (!candidates.has(id)) candidates.set(id, sorted);
      }
    }
  }
  return { candidates: withoutRepeated([...candidates.values()]), rejected };
}

/** A key without an address is left out where the same secret has one. */
function withoutRepeated(candidates: readonly Candidate[]): readonly Candidate[] {
  const withAddress = new Set(candidates.filter(({ baseUrl }) => baseUrl).map(({ secret }) => secret));
  return candidates.filter(({ baseUrl, secret }) => baseUrl !== undefined || !withAddress.has(secret));
}

function sortKey(key: FoundKey, source: FoundSource, parts: SortingParts): Candidate | RejectedEntry {
  const label = key.name ?? source.title;
  const reject = (reason: Rejection, variable?: string): RejectedEntry => ({
    label,
    sourceTitle: source.title,
    reason,
    variable,
  });
  const gateway = key.kind === undefined ? undefined : gatewayOf(key.kind);
  const taken: SecretOrReason = key.secret === undefined ? {} : secretIn(key.secret, gateway, source, parts);
  const { secret, reason, variable } = taken;
  if (reason) return reject(reason, variable);
  const destination = destinationOf(key.address, secret, gateway, parts);
  if (destination.reason) return reject(destination.reason);
  const { baseUrl } = destination;
  return {
    label: key.name ?? (baseUrl === undefined ? label : addressOf(baseUrl)),
    ...(key.name !== undefined && !isKeyVariable(key.name) && { isNamed: true }),
    sourceTitle: source.title,
    secret,
    ...(variable !== undefined && { variable }),
    baseUrl,
    suggestedAddress: key.suggestedAddress,
    kind: key.kind ?? (baseUrl === undefined ? undefined : gatewayOfHost(baseUrl)?.kind),
    credential: key.credential,
    userId: key.userId,
    ...(key.note !== undefined && { note: sanitizeNote(key.note) }),
    presentAs: baseUrl && secret ? parts.presentAs(fingerprintOf(baseUrl, secret)) : undefined,
  };
}

interface SecretOrReason {
  readonly secret?: string;
  readonly reason?: Rejection;
  readonly variable?: string;
}

function secretIn(
  written: string,
  gateway: Gateway | undefined,
  source: FoundSource,
  parts: SortingParts,
): SecretOrReason {
  const variable = referencedVariable(written);
  const isLookedUp = variable !== undefined && source.isOwnFile;
  if (!isLookedUp && isReference(written)) return { reason: 'reference', variable };
  const text = isLookedUp ? parts.environment[variable] : written;
  if (!text) return { reason: 'unset-variable', variable };
  if (MANAGED.test(text)) return { reason: 'local-proxy' };
  const { secret, problem } = parseSecret(text, gateway?.takesLogin);
  if (problem) return { reason: problem === 'masked' || problem === 'empty' ? 'placeholder' : 'not-a-key' };
  return LOGIN.test(secret) ? { reason: 'login' } : { secret, variable };
}

interface Destination {
  readonly baseUrl?: string;
  readonly reason?: Rejection;
}

function destinationOf(
  address: string | undefined,
  secret: string | undefined,
  gateway: Gateway | undefined,
  parts: SortingParts,
): Destination {
  if (address === undefined) return {};
  const { baseUrl, problem } = parseGatewayAddress(
    gateway?.isServer ? address : address.replace(PROTOCOL_PATH, ''),
    parts.isPlainHttpAllowed,
    gateway,
  );
  if (problem) return { reason: problem.startsWith('plain-http') ? 'plain-http' : 'bad-address' };
  const { hostname, port } = new URL(baseUrl);
  if (port === CC_SWITCH_PROXY_PORT) return { reason: 'local-proxy' };
  return tellsNothing(hostname, ADMIN_KEY.test(secret ?? '')) ? { reason: 'not-supported' } : { baseUrl };
}
