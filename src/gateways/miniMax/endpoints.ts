import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { Reading } from '../../core/quota/reading.ts';
import { missingFiguresError } from '../envelope.ts';
import { lenient, wireNumber } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { errorMapperFor } from '../knownRefusals.ts';
import { planReading } from '../percentWindow.ts';
import { requestByKey } from '../requestByKey.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { Json } from '../wireJson.ts';
import { placeOf } from './place.ts';
import { planWindows } from './planWindows.ts';

const answerSchema = v.object({
  model_remains: v.array(v.unknown()),
  current_subscribe_title: lenient(v.string()),
});
const resultSchema = v.object({ status_code: wireNumber, status_msg: lenient(v.string()) });

const mapError = errorMapperFor([
  {
    status: 401,
    forms: ['typed'],
    pattern: /^invalid api key \(2049\)$/,
    code: 'authorized_error',
    failure: ['bad-key', 'refused-key'],
  },
]);

/** What is left of the plan in an interval and in a week, model by model. Each region has its own path. */
export async function readQuota(context: GatewayContext): Promise<Reading> {
  const place = placeOf(context);
  const json = await requestByKey(context, place.path, mapError);
  refuseFailure(json);
  const parsed = v.safeParse(answerSchema, json.model_remains === undefined ? json.data : json);
  if (!parsed.success) throw missingFiguresError(json, 200);
  const { model_remains: rows, current_subscribe_title: title } = parsed.output;
  const { windows, unreadable } = planWindows(rows, place.counts, context.now());
  const plan = title === undefined ? undefined : { name: sanitizeText(title, 60) };
  const reading = planReading(context, windows, unreadable, plan);
  if (!reading) throw missingFiguresError(json, 200);
  return reading;
}

/** @throws GatewayError for a failure, which has the status 200 and a code of its own. */
function refuseFailure({ base_resp }: Json): void {
  const parsed = v.safeParse(resultSchema, base_resp);
  if (!parsed.success || parsed.output.status_code === 0) return;
  const { status_code: code, status_msg: message = '' } = parsed.output;
  const words = sanitizeText(message, 160) || undefined;
  const isWrongKey = code === 2049 && message === 'invalid api key';
  throw isWrongKey
    ? failed('bad-key', 'refused-key', { status: 200, words })
    : failed('transient', 'unknown-refusal', { status: 200, words });
}
