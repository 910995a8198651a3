import * as v from 'valibot';
import { failed } from '../../core/quota/failure.ts';
import type { ServerReading } from '../../core/team/servedKey.ts';
import { MAX_ANSWER_BYTES, TEAM_SCHEMA } from '../../core/team/teamAnswer.ts';
import { isoTime, SECOND_MS } from '../../core/time.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { parseJsonBody } from '../envelope.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { SINGLE_LIMITER } from '../singleCall.ts';
import { normalizeTime } from '../wireTime.ts';
import { servedKeys } from './servedKeys.ts';
import { noteTag, tagOf } from './tags.ts';

const answerSchema = v.object({ at: v.string(), keys: v.array(v.unknown()) });

/** Only its own words decide about a token: any other refusal may come from a proxy. */
const UNKNOWN_TOKEN = /^This token is not known here\b/;
const OTHER_KIND = /^This token is of the other kind\b/;

/**
 * `GET /v1/keys`: the keys that the token may see, each as the server knows it. An answer that has not changed is not sent
 * again (304).
 */
export async function readQuota(context: GatewayContext): Promise<ServerReading> {
  const last = context.lastReading;
  const tag = context.isManual ? undefined : tagOf(context);
  const answer = await context.sendRequest({
    path: '/v1/keys',
    secretIn: 'bearer',
    limiter: SINGLE_LIMITER,
    maxBytes: MAX_ANSWER_BYTES,
    ...(tag && { headers: { 'if-none-match': tag } }),
  });
  const takenAt = isoTime(context.now());
  const isUnchanged = answer.status === 304 && tag !== undefined && last !== undefined;
  const reading = isUnchanged ? { ...last, takenAt } : { takenAt, ...keysIn(context, answer) };
  noteTag(context, isUnchanged ? tag : answer.headers.get('etag'), takenAt);
  return reading;
}

function keysIn(context: GatewayContext, answer: GatewayResponse): Omit<ServerReading, 'takenAt'> {
  throwIfRefused(answer);
  const json = parseJsonBody(answer);
  const { schema } = json;
  if (typeof schema === 'string' && schema.startsWith('key-quota/') && schema !== TEAM_SCHEMA)
    throw failed('not-supported', 'other-version', { status: answer.status });
  const parsed = v.safeParse(answerSchema, json);
  const at = parsed.success ? normalizeTime(parsed.output.at) : undefined;
  if (!parsed.success || schema !== TEAM_SCHEMA || !at) throw failed('unexpected', 'missing-figures');
  // Ages are told by the server's clock alone, which need not agree with ours.
  const aheadMs = aheadOf(context.now() - Date.parse(at));
  const ourTime = (time: string) => isoTime(Math.min(context.now(), Date.parse(time) + aheadMs));
  const { keys } = parsed.output;
  const served = servedKeys(keys, json, { aheadMs, ourTime });
  return {
    // Each key has its own.
    unit: { code: 'UNITS', source: 'default' },
    ...(served.keys.length > 0 || served.isWhole
      ? { accountKeys: served.keys.map(({ label: name }) => ({ name })) }
      : {}),
    ...(!served.isWhole && { accountKeysMissing: { total: keys.length } }),
    served,
  };
}

/** A difference of a few seconds is the latency of the answer, which would change all times with each answer. */
function aheadOf(differenceMs: number): number {
  const seconds = Math.round(differenceMs / SECOND_MS);
  return Math.abs(seconds) <= MAX_ON_THE_WAY ? 0 : seconds * SECOND_MS;
}

/** The latency that is not taken for a difference of clocks, in seconds. */
const MAX_ON_THE_WAY = 5;

function throwIfRefused({ status, text = '' }: GatewayResponse): void {
  if (status === 401 && UNKNOWN_TOKEN.test(text)) throw failed('bad-key', 'refused-key', { status });
  if (status === 403 && OTHER_KIND.test(text)) throw failed('bad-key', 'wrong-credential', { status });
}
