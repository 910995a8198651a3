import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { Counted, CountedReading, Quota, Reading } from '../../core/quota/reading.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { isoTime } from '../../core/time.ts';
import type { CallRoom, GatewayRequest } from '../../http/boundClient.ts';
import { conversionName } from '../conversionName.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import { lenient, parseNumber, wireFlag, wireNumber, wireSpent } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { normalizeModelNames } from '../modelNames.ts';
import { isUnknownRoute, notePathFound, notePathMissing } from '../noteMissingPath.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { serverTimeOf } from '../serverTime.ts';
import type { Site } from '../site.ts';
import type { Json } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';
import type { OwnFigures } from './billedFigures.ts';
import { TOKEN_USAGE_PATH } from './family.ts';
import { KEY_REFUSALS } from './refusals.ts';

const number = lenient(wireNumber);

const usageSchema = v.object({
  name: lenient(v.string()),
  total_granted: number,
  total_used: lenient(wireSpent),
  total_available: number,
  unlimited_quota: lenient(wireFlag),
  model_limits: v.optional(v.unknown()),
  model_limits_enabled: lenient(wireFlag),
  expires_at: v.optional(v.unknown()),
});

/**
 * `GET /api/usage/token/` (New API ≥ 0.9.0): `data`, and the gateway's clock in epoch milliseconds.
 * @throws GatewayError
 */
export async function requestTokenUsage(
  context: GatewayContext,
  query: GatewayRequest['query'] = {},
): Promise<{ readonly payload: Json; readonly serverNow: number | undefined }> {
  const { payload, serverNow } = await requestEnvelope(context, { query });
  return { payload, serverNow };
}

async function requestEnvelope(
  context: GatewayContext,
  more: Pick<GatewayRequest, 'query' | keyof CallRoom> = {},
) {
  const answer = await context.sendRequest({
    path: TOKEN_USAGE_PATH,
    ...more,
    secretIn: 'bearer',
    limiter: 'scarce',
    short: true,
  });
  const mapError: ErrorMapper = refusal => {
    if (isUnknownRoute(refusal.status, refusal.message)) notePathMissing(context, TOKEN_USAGE_PATH);
    return mapKeyLookupError(refusal);
  };
  const json = parseJsonBody(answer, mapError);
  const payload = unwrapPayload(json, answer.status, mapError);
  notePathFound(context, TOKEN_USAGE_PATH);
  return { json, payload, serverNow: serverTimeOf(answer.headers) };
}

/**
 * A key's quota by `GET /api/usage/token/` (New API ≥ 0.9.0): `data.total_available`, `total_used`,
 * `total_granted` in raw units, `unlimited_quota`, `model_limits`, `expires_at` (epoch seconds, 0 never).
 * `ifConverted` is the scale for an answer whose amounts seem converted already; absent where that is not to
 * be guessed.
 * @throws GatewayError
 */
export async function readTokenUsage(
  context: GatewayContext,
  scale: Scale,
  ifConverted?: Scale,
): Promise<CountedReading> {
  return (await readOwnUsage(context, scale, ifConverted)).reading;
}

/** What a key tells of itself, and the raw figures of it where the answer has such. */
export interface OwnReading {
  readonly reading: CountedReading;
  readonly own?: OwnFigures;
}

/** The same together with the raw figures. @throws GatewayError */
export async function readOwnUsage(
  context: GatewayContext,
  scale: Scale,
  ifConverted?: Scale,
  room: CallRoom = {},
): Promise<OwnReading> {
  const { json, payload } = await requestEnvelope(context, room);
  const shown = ifConverted && looksConverted(json, payload) ? ifConverted : scale;
  const reading = parseReading(payload, shown, context);
  return { reading, own: shown === scale ? ownFigures(payload, reading) : undefined };
}

function ownFigures(payload: Json, { quota }: Reading): OwnFigures | undefined {
  const [limit, used, left] = [payload.total_granted, payload.total_used, payload.total_available].map(
    parseNumber,
  );
  if (used === undefined || used < 0) return undefined;
  if (quota?.unlimited) return { limit: undefined, used, left: undefined };
  return limit === undefined ? undefined : { limit, used, left: left ?? limit - used };
}

/** New API has `data.object` and integers; a fork with neither has converted the amounts. */
function looksConverted(json: Json, payload: Json): boolean {
  const totals = [payload.total_granted, payload.total_used, payload.total_available];
  if (totals.some(total => !Number.isInteger(parseNumber(total) ?? 0))) return true;
  return json.success === true && json.code === undefined && payload.object === undefined;
}

function parseReading(payload: Json, scale: Scale, context: GatewayContext): CountedReading {
  const parsed = v.safeParse(usageSchema, payload);
  if (!parsed.success) throw failed('unexpected', 'missing-figures');
  const usage = parsed.output;
  return {
    takenAt: isoTime(context.now()),
    unit: scale.unit,
    name: usage.name === undefined ? undefined : sanitizeText(usage.name, 100),
    quota: quotaOf(usage, scale, payload.unlimited_quota),
    expiresAt: normalizeTime(usage.expires_at),
    ...modelsOf(usage.model_limits, usage.model_limits_enabled),
    counted: countedAmounts(usage, scale, context),
  };
}

/**
 * The totals of an unlimited key are no limit, and consumption makes them negative, so only `total_used` is
 * kept. A limited key without a remaining figure is no reading, never 0.
 */
function quotaOf(usage: v.InferOutput<typeof usageSchema>, scale: Scale, switched: unknown): Quota {
  // A switch that cannot be read may mean that nothing limits the key, whose totals then say nothing.
  if (switched != null && usage.unlimited_quota === undefined) throw failed('unexpected', 'missing-figures');
  const amount = (raw: number | undefined) => (raw === undefined ? undefined : amountOf(raw, scale));
  if (usage.unlimited_quota === true || isNoTotal(usage)) {
    return { unlimited: true, used: amount(usage.total_used) };
  }
  const remaining = usage.total_available ?? difference(usage.total_granted, usage.total_used);
  if (remaining === undefined) throw failed('unexpected', 'missing-figures');
  return {
    unlimited: false,
    granted: amount(usage.total_granted),
    used: amount(usage.total_used),
    remaining: amountOf(remaining, scale),
  };
}

/**
 * Whether the total stands for “no limit”, as one below 0 does. New API's is what is left and what was used, of which the
 * latter may be a minute late: of a limited key that is overdrawn, it may come to less than 0.
 */
function isNoTotal({
  total_granted: granted = 0,
  unlimited_quota: switched,
}: v.InferOutput<typeof usageSchema>): boolean {
  return granted < 0 && (switched === undefined || granted === -1 || granted <= MIN_INT32);
}

/** The value of a 32-bit counter that has overflowed. */
const MIN_INT32 = -(2 ** 31);

function countedAmounts(
  usage: v.InferOutput<typeof usageSchema>,
  scale: Scale,
  { site }: GatewayContext,
): Counted {
  const remaining = usage.total_available ?? difference(usage.total_granted, usage.total_used);
  return countedQuota({ used: usage.total_used, remaining }, scale, site);
}

/**
 * Figures of a key's own quota as they are recorded, whichever way they came. Amounts that the site converted change
 * with its rates; raw units and tokens do not.
 */
export function countedQuota(
  { used, remaining }: Pick<Counted, 'used' | 'remaining'>,
  { unit, perUnit }: Scale,
  site: Site | undefined,
): Counted {
  const isConverted = perUnit === 1 && unit.code !== 'TOKENS';
  return {
    perUnit,
    source: isConverted ? `usage ${conversionName(site)}` : 'usage',
    of: 'quota',
    used,
    remaining,
    isConverted,
  };
}

function difference(whole: number | undefined, part: number | undefined): number | undefined {
  return whole === undefined || part === undefined ? undefined : whole - part;
}

/** `model_limits` keeps its content while it is switched off, so `model_limits_enabled` decides. */
function modelsOf(limits: unknown, enabled: boolean | undefined): Pick<Reading, 'models' | 'modelsMore'> {
  if (limits === undefined && enabled === undefined) return {};
  const names = normalizeModelNames(limits);
  return (enabled ?? (names?.models.length ?? 0) > 0) ? (names ?? {}) : { models: null };
}

/** Maps New API's refusals of a key. */
export const mapKeyError: ErrorMapper = errorMapperFor(KEY_REFUSALS);

/** The same for endpoints that look the key up once more, and report a failure with HTTP 200. */
export const mapKeyLookupError: ErrorMapper = refusal => {
  const { status, form, words } = refusal;
  const isAmbiguous = status === 200 && form === 'plain';
  return (
    mapKeyError(refusal) ??
    (isAmbiguous ? failed('transient', 'unknown-refusal', { status, words }) : undefined)
  );
};
