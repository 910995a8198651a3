import * as v from 'valibot';
import { foldModel, type OfferedModels } from '../../core/quota/modelKeys.ts';
import { parseJsonBody, parseRows, unwrapPayload } from '../envelope.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { mapKeyLookupError } from './tokenUsage.ts';

const rowSchema = v.object({ id: v.pipe(v.string(), v.trim(), v.nonEmpty()) });

/**
 * See `Gateway.readModels`: `GET /v1/models`, `data[].id`, which no version limits. One-hub and done-hub list what the
 * key's own limit forbids as well; Veloera has a row without a name.
 */
export async function readModels(context: GatewayContext): Promise<OfferedModels | undefined> {
  const answer = await context.sendRequest({ path: '/v1/models', secretIn: 'bearer', limiter: 'general' });
  const json = parseJsonBody(answer, mapKeyLookupError);
  unwrapPayload(json, answer.status, mapKeyLookupError);
  const names = parseRows(json.data).flatMap(row => (v.is(rowSchema, row) ? [row.id] : []));
  if (names.length === 0) return undefined;
  const { lineage } = context.site ?? {};
  return { models: new Set(names.map(foldModel)), isOfKey: lineage !== undefined && lineage !== 'oneHub' };
}
