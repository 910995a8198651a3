import { isMaskedSecret } from '../../core/input/listedSecret.ts';
import { GatewayError } from '../../core/quota/failure.ts';
import type { Scale } from '../../core/quota/unit.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { mayBeMissingPath } from '../noteMissingPath.ts';
import type { ListedSecret, SecretList } from '../secretList.ts';
import { requestAccount } from './accountRequest.ts';
import { readKeyList } from './keyList.ts';

/** The most keys that one call tells. */
const BATCH_SIZE = 100;
/** A whole secret as New API and its relatives make them; other texts may stand for one. */
const WHOLE = /^(?:sk-)?[\w-]{16,200}$/;

/** See `Gateway.readListedSecrets`. Before 0.11.4 the list has secrets whole, from then on masked. */
export async function readListedSecrets(context: GatewayContext, scale: Scale): Promise<SecretList> {
  const rows: ListedSecret[] = [];
  const { accountKeysMissing } = await readKeyList(context, scale, (key, { id, key: text = '' }) => {
    const isMasked = isMaskedSecret(text);
    rows.push({
      key,
      secret: WHOLE.test(text) ? withPrefix(text) : undefined,
      maskedAs: isMasked ? text : undefined,
      secretId: isMasked && Number.isSafeInteger(id) && id > 0 ? String(id) : undefined,
    });
  });
  return { unit: scale.unit, rows, isWhole: accountKeysMissing === undefined };
}

/**
 * See `Gateway.readSecrets`. Both calls count against the limiter that is shared with the web login, so many keys are asked
 * for at once where the site's version has that call (1.0). Elsewhere it is not even tried: one segment of the path less,
 * the same body would delete the keys.
 */
export async function readSecrets(
  context: GatewayContext,
  ids: readonly string[],
  take: (id: string, secret: string) => void,
): Promise<void> {
  let told = 0;
  const takeAll = (asked: readonly string[], secrets: ReadonlyMap<string, string>) => {
    for (const [id, secret] of secrets) {
      if (!asked.includes(id)) continue;
      take(id, secret);
      told += 1;
    }
  };
  try {
    if (ids.length > 1 && /^v?[1-9]\d*\./.test(context.site?.version ?? '')) {
      const isThere = await askInBatches(context, ids, takeAll);
      if (isThere) return;
    }
    for (const id of ids) takeAll([id], await askOne(context, id));
  } catch (error) {
    if (!(error instanceof GatewayError) || told === 0) throw error;
  }
}

/** Returns false where the site does not have the call after all. */
async function askInBatches(
  context: GatewayContext,
  ids: readonly string[],
  takeAll: (asked: readonly string[], secrets: ReadonlyMap<string, string>) => void,
): Promise<boolean> {
  for (const [at, batch] of batchesOf(ids).entries()) {
    try {
      takeAll(batch, await askMany(context, batch));
    } catch (error) {
      if (at === 0 && error instanceof GatewayError && mayBeMissingPath(error.failure)) return false;
      throw error;
    }
  }
  return true;
}

function batchesOf(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / BATCH_SIZE);
  return Array.from({ length: count }, (_, at) => ids.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE));
}

/** `POST /api/token/batch/keys` → `data.keys`, secrets by id. */
async function askMany(
  context: GatewayContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const body = { ids: ids.map(Number) };
  const { payload } = await requestAccount(context, '/api/token/batch/keys', {}, { body, limiter: 'scarce' });
  return secretsIn(payload.keys);
}

/** `POST /api/token/:id/key` → `data.key`. */
async function askOne(context: GatewayContext, id: string): Promise<ReadonlyMap<string, string>> {
  const { payload } = await requestAccount(
    context,
    `/api/token/${id}/key`,
    {},
    { body: {}, limiter: 'scarce' },
  );
  return secretsIn({ [id]: payload.key });
}

function secretsIn(wire: unknown): ReadonlyMap<string, string> {
  const entries = typeof wire === 'object' && wire !== null ? Object.entries(wire) : [];
  return new Map(
    entries.flatMap(([id, text]) =>
      typeof text === 'string' && WHOLE.test(text) ? [[id, withPrefix(text)] as const] : [],
    ),
  );
}

/** As people enter them: New API stores them without. */
function withPrefix(text: string): string {
  return text.startsWith('sk-') ? text : `sk-${text}`;
}
