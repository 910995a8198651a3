import * as v from 'valibot';
import { GatewayError } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import { missingFiguresError } from '../envelope.ts';
import { parseFlag } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { periodName } from '../periodName.ts';
import { requestJson } from '../requestJson.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import { ToldLimits } from '../toldLimits.ts';
import { isObject, type Json } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';
import { withoutInWords } from '../withoutInWords.ts';
import { CLAUDE_RELAY_REFUSALS } from './refusals.ts';

const mapError = errorMapperFor(CLAUDE_RELAY_REFUSALS);

/**
 * A key by its id, which reads all of it and is never kept: asked by the key, the gateway takes each week to begin on
 * Monday. The id alone may be the secret, too. All other calls may start the clock of a key that begins with its first use.
 */
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const id = await readId(context);
  const who: Pick<GatewayRequest, 'secretIn' | 'body'> =
    id === undefined ? { secretIn: { bodyField: 'apiId' } } : { secretIn: 'none', body: { apiId: id } };
  const json = await ask(context, { path: '/apiStats/api/user-stats', ...who });
  const { data } = json;
  if (!isObject(data) || !isObject(data.limits)) throw missingFiguresError(json, 200);
  const { name } = data;
  const told = new ToldLimits(data.limits);
  const quota = told.quota(['totalCostLimit', 'currentTotalCost']);
  told.add({ name: 'day' }, ['dailyCostLimit', 'currentDailyCost']);
  told.add({ name: 'week', ...claudeScope(data) }, ['weeklyOpusCostLimit', 'weeklyOpusCost']);
  addRateWindow(told, data.limits, context.now());
  return told.reading(context, quota, {
    ...(typeof name === 'string' && { name: sanitizeText(name, 60) || undefined }),
    expiresAt: endOf(data),
  });
}

const idSchema = v.object({ data: v.object({ id: v.pipe(v.string(), v.uuid()) }) });

/** Undefined where the secret is no key, but may be the id itself. */
async function readId(context: GatewayContext): Promise<string | undefined> {
  const question = { path: '/apiStats/api/get-key-id', secretIn: { bodyField: 'apiKey' } } as const;
  const json = await ask(context, question).catch((error: unknown) => {
    if (error instanceof GatewayError && error.failure.reason === 'wrong-credential') return undefined;
    throw error;
  });
  if (json === undefined) return undefined;
  const parsed = v.safeParse(idSchema, json);
  if (!parsed.success) throw missingFiguresError(json, 200);
  return parsed.output.data.id;
}

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** @throws GatewayError without the id in its words. */
async function ask(
  context: GatewayContext,
  question: Pick<GatewayRequest, 'path' | 'secretIn' | 'body'>,
): Promise<Json> {
  try {
    return await requestJson(context, { ...question, limiter: SINGLE_LIMITER, short: true }, mapError);
  } catch (error) {
    throw error instanceof GatewayError ? withoutInWords(error, UUID) : error;
  }
}

/** The week counts calls of Claude alone, which is all of a key that may use nothing else. */
function claudeScope({ permissions }: Json) {
  const services = typeof permissions === 'string' ? permissions : JSON.stringify(permissions);
  return /^(?:\["claude"\]|claude)$/.test(services ?? '')
    ? {}
    : ({ scope: 'model', scopeName: 'Claude' } as const);
}

/**
 * The key's window of some minutes, which begins with a call; refused requests count too. The limit of concurrent
 * requests is told as well, but is no quota that is used up.
 */
function addRateWindow(told: ToldLimits, limits: Json, now: number): void {
  const minutes = told.limit('rateLimitWindow');
  if (typeof minutes !== 'number') return;
  const end = normalizeTime(limits.windowEndTime);
  const isOver = typeof end === 'string' && Date.parse(end) <= now && !told.used('windowRemainingSeconds');
  const name = periodName(minutes);
  const window = {
    name,
    every: name,
    // What was counted in a window that is over does not count in the next one.
    ...(isOver ? { used: undefined } : { resetsAt: end ?? undefined }),
  };
  const requests = told.used('currentWindowRequests');
  const most = told.limit('rateLimitRequests');
  const isMore = typeof most === 'number' && requests !== undefined && requests > most;
  told.add({ ...window, unit: 'requests', ...(isMore && !isOver && { remaining: 0 }) }, [
    'rateLimitRequests',
    'currentWindowRequests',
  ]);
  told.add({ ...window, unit: 'tokens' }, ['tokenLimit', 'currentWindowTokens']);
  // Where the key has a limit of tokens, that counts in place of the cost.
  if (typeof told.limit('tokenLimit') !== 'number') told.add(window, ['rateLimitCost', 'currentWindowCost']);
}

/** Its end; undefined while it has not begun. */
function endOf({ expiresAt, expirationMode, isActivated }: Json): Reading['expiresAt'] {
  if (expirationMode === 'activation' && parseFlag(isActivated) === false) return undefined;
  return expiresAt === '' || expiresAt === null ? null : normalizeTime(expiresAt);
}
