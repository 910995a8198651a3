import * as l10n from '@vscode/l10n';
import { canBeListedAs, secretsListedAs } from '../../core/input/listedSecret.ts';
import type { Secrets } from '../../core/ports/secrets.ts';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { listedReading } from '../../core/quota/listedReading.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { isoTime } from '../../core/time.ts';
import { credentialSpecOf } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { GatewayContext } from '../../gateways/gatewayContext.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import type { ListedSecret, SecretList } from '../../gateways/secretList.ts';
import { sanitizeLabel } from '../keys/sanitizeLabel.ts';
import { missingSecret } from '../polling/missingSecret.ts';
import { askGateway } from '../requests/askGateway.ts';
import type { RequestParts } from '../requests/requestParts.ts';
import type { Candidate } from './candidate.ts';

export type AccountParts = RequestParts & { readonly secrets: Secrets };

/** The keys of an account as they can be added. */
export interface AccountCandidates {
  readonly candidates: readonly Candidate[];
  /** Whether the list could be read to its end. */
  readonly isWhole: boolean;
}

/**
 * The keys that an account lists, each with its secret where the list has it. Where no list has secrets they are those of
 * the last reading, by name.
 * @throws GatewayError
 */
export async function accountCandidates(
  parts: AccountParts,
  account: KeyRecord,
  signal: AbortSignal,
): Promise<AccountCandidates> {
  const gateway = gatewayOf(account.kind);
  if (!gateway) throw failed('not-supported', 'unknown-kind');
  const list = (await listWithSecrets(parts, gateway, account, signal)) ?? lastList(parts, account);
  const baseUrl = baseUrlOfKeys(gateway, account);
  const presentAs = await labelsByListedText(parts, account.kind, baseUrl);
  for (const { secret } of list.rows) if (secret) parts.redactor.protect(secret, baseUrl);
  const last = parts.store.states.stateOf(account.id)?.reading;
  const candidates = list.rows.map((row): Candidate => {
    const { key, secret, maskedAs, secretId } = row;
    return {
      label: sanitizeLabel(parts.redactor.redact(key.name)) || l10n.t('Imported key'),
      sourceTitle: account.label,
      secret,
      maskedAs,
      secretId,
      baseUrl,
      kind: account.kind,
      credential: 'apiKey',
      presentAs: presentAs(secret ?? maskedAs ?? ''),
      listed: { key, unit: list.unit },
      reading: firstReading(row, list, last, parts.clock.now()),
    };
  });
  return { candidates, isWhole: list.isWhole };
}

/**
 * The candidates with the secrets that their gateway tells when asked. A candidate stays without one where the request
 * budget had no room, or the told secret does not fit the masked text of the list.
 * @throws GatewayError where not one was told
 */
export async function withToldSecrets(
  parts: AccountParts,
  account: KeyRecord,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const ids = candidates.flatMap(({ secret, secretId }) =>
    secret === undefined && secretId ? [secretId] : [],
  );
  const gateway = gatewayOf(account.kind);
  if (ids.length === 0 || !gateway) return candidates;
  const masks = new Map(candidates.map(({ secretId, maskedAs }) => [secretId, maskedAs]));
  const told = new Map<string, string>();
  const take = (id: string, secret: string) => {
    parts.redactor.protect(secret, account.baseUrl);
    const maskedAs = masks.get(id);
    if (maskedAs === undefined || canBeListedAs(secret, maskedAs)) told.set(id, secret);
  };
  await askAccount(parts, gateway, account, signal, async context =>
    gateway.readSecrets?.(context, ids, take),
  );
  return candidates.map(candidate => ({
    ...candidate,
    secret: candidate.secret ?? told.get(candidate.secretId ?? ''),
  }));
}

async function listWithSecrets(
  parts: AccountParts,
  gateway: Gateway,
  account: KeyRecord,
  signal: AbortSignal,
): Promise<SecretList | undefined> {
  const { readListedSecrets } = gateway;
  if (!readListedSecrets) return undefined;
  let list: SecretList | undefined;
  await askAccount(parts, gateway, account, signal, async context => {
    list = await readListedSecrets(context);
  });
  return list;
}

/** Returns secrets through a variable: `askGateway` redacts them in what it returns. */
async function askAccount(
  parts: AccountParts,
  gateway: Gateway,
  account: KeyRecord,
  signal: AbortSignal,
  question: (context: GatewayContext) => Promise<void>,
): Promise<void> {
  const bound = await parts.secrets.read(account.id);
  if (typeof bound !== 'object') throw new GatewayError(missingSecret(bound));
  const lastReading = parts.store.states.stateOf(account.id)?.reading;
  await askGateway(parts, gateway, bound, question, { signal, keyId: account.id, lastReading });
}

function lastList({ store }: AccountParts, account: KeyRecord): SecretList {
  const reading = store.states.stateOf(account.id)?.reading;
  if (!reading?.accountKeys) throw failed('unexpected', 'missing-figures');
  const rows = reading.accountKeys.map(key => ({ key }));
  return { unit: reading.unit, rows, isWhole: reading.accountKeysMissing === undefined };
}

/** An account's vendor may have another host for its keys. */
function baseUrlOfKeys(gateway: Gateway, { credential, baseUrl }: KeyRecord): string {
  const hostOfKeys = credentialSpecOf(gateway, 'apiKey')?.defaultOrigin;
  const isVendors = credentialSpecOf(gateway, credential)?.defaultOrigin === baseUrl;
  return isVendors && hostOfKeys !== undefined ? hostOfKeys : baseUrl;
}

/** Finds the label of our own key that a text of the list is, or may be where it is masked. */
async function labelsByListedText(
  { store, secrets }: AccountParts,
  kind: string,
  baseUrl: string,
): Promise<(text: string) => string | undefined> {
  const own = new Map<string, string>();
  const labels = new Map<string, string>();
  for (const { id, label, credential } of store.keys.keysOfSite(kind, baseUrl)) {
    const bound = credential === 'apiKey' ? await secrets.read(id) : undefined;
    if (typeof bound !== 'object' || bound.baseUrl !== baseUrl) continue;
    own.set(id, bound.secret);
    labels.set(id, label);
  }
  const idsLike = secretsListedAs(own);
  return text => labels.get(idsLike(text)[0] ?? '');
}

/**
 * The first reading of a key, so that it need not be asked itself. None for a key that its list calls disabled, expired
 * or used up: that key is asked itself.
 */
function firstReading(
  { key, secret, secretId }: ListedSecret,
  { unit }: SecretList,
  last: Reading | undefined,
  now: number,
): Reading | undefined {
  if (key.status !== undefined || key.enabled === false || !(secret ?? secretId)) return undefined;
  const account = { ...last, takenAt: isoTime(now), unit };
  return listedReading({ listed: key }, account, { takenAt: account.takenAt, unit });
}
