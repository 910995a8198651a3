import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { AccountKey, Reading } from '../../core/quota/reading.ts';
import { isoTime } from '../../core/time.ts';
import { parseJsonBody, unwrapList, unwrapPayload } from '../envelope.ts';
import { lenient, wireCount, wireFlag } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperWithFallback } from '../knownRefusals.ts';
import { parseAccountKeys } from '../parseAccountKeys.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { normalizeTime } from '../wireTime.ts';
import { CHEAPEST_REFUSALS, OTHER_KEY_REFUSALS } from './refusals.ts';

const text = lenient(v.string());
const count = lenient(wireCount);
const time = v.optional(v.unknown());
const mapError = errorMapperWithFallback(CHEAPEST_REFUSALS);
const mapOneKeyError = errorMapperWithFallback(OTHER_KEY_REFUSALS);

/** Ids that may be put into a path. */
const KEY_ID = /^[\w-]{1,100}$/;

const periodSchema = lenient(v.object({ requests: count, tokens: count }));

const accountKeySchema = v.object({
  id: text,
  name: text,
  isActive: lenient(wireFlag),
  usage: lenient(
    v.object({ last1h: periodSchema, last24h: periodSchema, last7d: periodSchema, last30d: periodSchema }),
  ),
  subscription: lenient(v.object({ expiresAt: time })),
});

/** `GET /api/usage`: requests and tokens of all keys in four periods. 12 calls in 12 hours are allowed. */
export async function readAccountKeys(context: GatewayContext): Promise<Reading> {
  const answer = await context.sendRequest({ path: '/api/usage', secretIn: 'bearer', limiter: 'account' });
  const list = parseAccountKeys(unwrapList(answer, mapError), accountKeyOf);
  // The answer has only keys, so with none of them readable there is no reading.
  if (list.accountKeys === undefined) throw failed('unexpected', 'missing-figures');
  return {
    takenAt: isoTime(context.now()),
    unit: { code: 'USD', source: 'gateway' },
    ...list,
  };
}

/**
 * `GET /api/usage/:keyId`: one key. Its limit is not documented, so it counts against the list's.
 * @throws GatewayError `refused-request` for an id that cannot be in a path, `missing-figures` for another
 * key.
 */
export async function readAccountKey(context: GatewayContext, id: string): Promise<AccountKey> {
  if (!KEY_ID.test(id)) throw failed('unexpected', 'refused-request', { status: 404 });
  const answer = await context.sendRequest({
    path: `/api/usage/${id}`,
    secretIn: 'bearer',
    limiter: 'account',
  });
  const [key] = accountKeyOf(
    unwrapPayload(parseJsonBody(answer, mapOneKeyError), answer.status, mapOneKeyError),
  );
  if (key?.id !== id) throw failed('unexpected', 'missing-figures');
  return key;
}

function accountKeyOf(wire: unknown): AccountKey[] {
  const parsed = v.safeParse(accountKeySchema, wire);
  if (!parsed.success) return [];
  const { id, name, isActive, usage, subscription } = parsed.output;
  // Without any of these it is no key.
  if (id === undefined && name === undefined && usage === undefined) return [];
  const periods = Object.entries(usage ?? {}).flatMap(([period, sums]) =>
    sums ? [{ period: period.replace(/^last/, ''), requests: sums.requests, tokens: sums.tokens }] : [],
  );
  return [
    {
      id: id !== undefined && KEY_ID.test(id) ? id : undefined,
      name: sanitizeText(name ?? '', 100),
      enabled: isActive,
      periods,
      expiresAt: subscription ? (normalizeTime(subscription.expiresAt) ?? undefined) : undefined,
    },
  ];
}
