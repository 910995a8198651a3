import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { round6 } from '../../core/quota/unit.ts';
import { completeCoverage, withUnreadableRows } from '../../core/usage/coverage.ts';
import { localDay, type Range } from '../../core/usage/range.ts';
import type { Usage } from '../../core/usage/usage.ts';
import { UsageSum } from '../../core/usage/usageSum.ts';
import type { GatewayRequest } from '../../http/boundClient.ts';
import { missingFiguresError, parseJsonBody } from '../envelope.ts';
import { lenient, parseFlag, parseNumber, wireCount, wireUsed } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { normalizeModelNames } from '../modelNames.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import { ToldLimits } from '../toldLimits.ts';
import { type Json, parseJson } from '../wireJson.ts';
import { normalizeTime } from '../wireTime.ts';

const invalidSchema = v.object({ type: v.literal('urn:claude-code-hub:problem:auth.invalid') });

/** @throws GatewayError, which never calls a key wrong: the default mode of the software refuses good ones likewise. */
async function ask(context: GatewayContext, question: Pick<GatewayRequest, 'path' | 'query'>): Promise<Json> {
  const answer = await context.sendRequest({ ...question, secretIn: 'bearer', limiter: SINGLE_LIMITER });
  const { status, text = '' } = answer;
  if (status === 401 && v.is(invalidSchema, parseJson(text)))
    throw failed('transient', 'unclear-refusal', { status });
  return parseJsonBody(answer);
}

const PERIODS = { '5h': '5h', day: 'Daily', week: 'Weekly', month: 'Monthly' } as const;

/**
 * `GET /api/v1/me/quota`: limits of the key and of its user. When they reset is told without a zone, and not for all.
 * The number of concurrent sessions is told as well, but is no quota that is used up.
 */
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const json = await ask(context, { path: '/api/v1/me/quota' });
  const { keyName, userName, keyIsEnabled, userIsEnabled, dailyResetMode, userAllowedModels } = json;
  if (parseFlag(keyIsEnabled) === false) throw failed('disabled', 'key-disabled', { status: 200 });
  if (parseFlag(userIsEnabled) === false) throw failed('disabled', 'banned', { status: 200 });
  const told = new ToldLimits(json);
  const quota = told.quota(['keyLimitTotalUsd', 'keyCurrentTotalUsd']);
  const owner = { scope: 'owner', scopeName: textOf(userName) } as const;
  for (const [name, part] of Object.entries(PERIODS)) {
    const isRolling = part === 'Daily' && dailyResetMode === 'rolling';
    told.add({ name: isRolling ? '24h' : name }, [`keyLimit${part}Usd`, `keyCurrent${part}Usd`]);
    told.add({ name, ...owner }, [`userLimit${part}Usd`, `userCurrent${part}Usd`]);
  }
  told.add({ name: 'total', ...owner }, ['userLimitTotalUsd', 'userCurrentTotalUsd']);
  // Not one of the limits that may bind.
  const rpm = new ToldLimits(json).limit('userRpmLimit');
  return told.reading(context, quota, {
    name: textOf(keyName),
    expiresAt: endOf(json),
    ...(typeof rpm === 'number' && { rateLimits: { rpm } }),
    // An empty list allows all of them.
    ...(Array.isArray(userAllowedModels) &&
      (userAllowedModels.length === 0 ? { models: null } : normalizeModelNames(userAllowedModels))),
  });
}

function textOf(wire: unknown): string | undefined {
  return typeof wire === 'string' ? sanitizeText(wire, 60) || undefined : undefined;
}

/** When the key ends, or its user before it. */
function endOf({ expiresAt, userExpiresAt = null }: Json): Reading['expiresAt'] {
  const ends = [expiresAt, userExpiresAt].map(end => (end === null ? null : normalizeTime(end)));
  const [first] = ends.filter(end => typeof end === 'string').sort();
  return first ?? (ends.includes(undefined) ? undefined : null);
}

const rowSchema = v.object({
  model: lenient(v.string()),
  cost: wireUsed,
  requests: lenient(wireCount),
  inputTokens: lenient(wireCount),
  outputTokens: lenient(wireCount),
  cacheCreationTokens: lenient(wireCount),
  cacheReadTokens: lenient(wireCount),
});

/** What the key spent in a range, by model. Days are the server's, and stand for ours of the same name. */
export async function readUsage(context: GatewayContext, range: Range): Promise<Usage> {
  const json = await ask(context, {
    path: '/api/v1/me/usage-logs/stats-summary',
    query: { startDate: localDay(range.from), endDate: localDay(range.to) },
  });
  const { keyModelBreakdown: wire, totalCost } = json;
  const told = parseNumber(totalCost);
  // An empty list means that nothing was spent only where the sum says so.
  if (!Array.isArray(wire) || (wire.length === 0 && told === undefined)) throw missingFiguresError(json, 200);
  const rows = wire.flatMap(row => {
    const parsed = v.safeParse(rowSchema, row);
    return parsed.success ? [parsed.output] : [];
  });
  const sum = new UsageSum();
  for (const { model = '', cost, requests, ...tokens } of rows)
    sum.add({
      day: '',
      key: '',
      model: sanitizeText(model, 100),
      raw: cost,
      requests,
      tokens: Object.values(tokens).reduce((all = 0, part = Number.NaN) => all + part, 0),
    });
  const total = sum.total(1);
  const unreadable = wire.length - rows.length;
  const isContradicted = unreadable === 0 && told !== undefined && round6(told - total.used) !== 0;
  const coverage = completeCoverage(range, context.now());
  return {
    unit: { code: 'USD', source: 'gateway' },
    total,
    byModel: sum.rows('model', 1),
    coverage: withUnreadableRows(
      { ...coverage, complete: !isContradicted, reason: isContradicted ? 'contradicted' : 'gateway-days' },
      unreadable,
    ),
    source: 'gateway',
  };
}
