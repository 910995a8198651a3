import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import { foldModel } from '../../core/quota/modelKeys.ts';
import { amountOf, type Scale } from '../../core/quota/unit.ts';
import { parseJsonBody, parseRows, unwrapPayload } from '../envelope.ts';
import type { ErrorMapper } from '../errorMapper.ts';
import { lenient, parseNumber, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { isPathMissing } from '../missingPath.ts';
import type { ModelPrice, ModelPrices } from '../modelPrices.ts';
import { isUnknownRoute, notePathMissing } from '../noteMissingPath.ts';
import { sanitizeText } from '../sanitizeText.ts';
import { unitsPerDollarOf } from '../siteScale.ts';
import { isObject } from '../wireJson.ts';

const PATH = '/api/pricing';
const MILLION = 1_000_000;
const MONEY: ReadonlySet<string> = new Set(['USD', 'CNY', 'CUSTOM']);
/** `quota_type`. */
const [BY_TOKENS, BY_REQUESTS] = [0, 1];

const number = lenient(wireNumber);
const rowSchema = v.object({
  model_name: v.string(),
  quota_type: wireNumber,
  model_ratio: number,
  completion_ratio: number,
  model_price: number,
  billing_mode: lenient(v.string()),
  enable_groups: v.array(v.string()),
});

/**
 * What models cost: `GET /api/pricing`, which needs no key where its owner shows it to visitors. By tokens a model costs
 * `model_ratio` raw units for each, `completion_ratio` times as much for its own, by requests `model_price` dollars, both
 * times the group's `group_ratio`. What has a formula (`billing_mode`), or a group without a ratio, is not told.
 * @throws GatewayError
 */
export async function readPublicPrices(context: GatewayContext, scale: Scale): Promise<ModelPrices> {
  if (isPathMissing(context, PATH)) throw failed('not-supported', 'no-such-endpoint');
  const mapError: ErrorMapper = ({ status, message }) => {
    if (isUnknownRoute(status, message)) notePathMissing(context, PATH);
    return undefined;
  };
  const answer = await context.sendRequest({ path: PATH, secretIn: 'none', limiter: 'general' });
  const json = parseJsonBody(answer, mapError);
  unwrapPayload(json, answer.status, mapError);
  const rows = parseRows(json.data);
  const byModel = new Map<string, readonly ModelPrice[]>();
  // At a site that counts in tokens, a model's price in tokens would say nothing.
  if (!MONEY.has(scale.unit.code)) return { unit: scale.unit, byModel };
  const groups = ratiosIn(json.group_ratio);
  for (const row of rows) {
    if (!v.is(rowSchema, row)) continue;
    const parsed = v.parse(rowSchema, row);
    const isIn = (group: string) =>
      parsed.enable_groups.includes('all') || parsed.enable_groups.includes(group);
    const prices = groups
      .filter(([group]) => isIn(group))
      .flatMap(entry => priceOf(parsed, entry, context, scale));
    if (prices.length > 0) byModel.set(foldModel(parsed.model_name), prices);
  }
  return { unit: scale.unit, byModel };
}

function ratiosIn(wire: unknown): readonly (readonly [group: string, ratio: number])[] {
  return Object.entries(isObject(wire) ? wire : {}).flatMap(([group, sent]) => {
    const ratio = parseNumber(sent);
    return ratio === undefined || ratio < 0 ? [] : [[group, ratio] as const];
  });
}

function priceOf(
  row: v.InferOutput<typeof rowSchema>,
  [name, ratio]: readonly [group: string, ratio: number],
  { site, unitOverride }: GatewayContext,
  scale: Scale,
): readonly ModelPrice[] {
  const { quota_type, model_ratio, completion_ratio, model_price, billing_mode } = row;
  const group = sanitizeText(name, 60);
  const told = (raw: number | undefined) => (raw === undefined || raw < 0 ? undefined : amountOf(raw, scale));
  if (billing_mode !== undefined && billing_mode !== '') return [];
  if (quota_type === BY_REQUESTS && model_price !== undefined) {
    const perRequest = told(model_price * unitsPerDollarOf(site, unitOverride) * ratio);
    return perRequest === undefined ? [] : [{ group, perRequest }];
  }
  if (quota_type !== BY_TOKENS || model_ratio === undefined) return [];
  const perMillion = model_ratio * MILLION * ratio;
  const input = told(perMillion);
  const output = told(completion_ratio === undefined ? undefined : perMillion * completion_ratio);
  return input === undefined ? [] : [{ group, input, output }];
}
