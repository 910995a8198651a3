import { failed } from '../../core/quota/failure.ts';
import type { CountedReading } from '../../core/quota/reading.ts';
import type { SecretPlacement } from '../../http/secretPlaces.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { Json } from '../wireJson.ts';
import { describedReading } from './describedReading.ts';
import { type Description, parseDescription } from './description.ts';
import { descriptionOf } from './descriptions.ts';

/** No answer about one key is larger. */
const MAX_ANSWER_LENGTH = 256 * 1024;
const MAX_ANSWER_DEPTH = 64;
/** A path may look at each value of an answer, and a description may have forty paths. */
const MAX_ANSWER_VALUES = 5000;

/** See `Gateway.readQuota`. Nothing is sent without a description, or by a wrong one. */
export async function readDescribed(name: string, context: GatewayContext): Promise<CountedReading> {
  const raw = descriptionOf(name);
  if (raw === undefined) throw failed('not-supported', 'description-gone', { description: { name } });
  const { description, mistake } = parseDescription(name, raw);
  if (mistake) throw failed('not-supported', 'description-wrong', { description: { name, ...mistake } });
  const answer = await askDescribed(name, description, context);
  return describedReading(name, description, answer, context.now(), context.unitOverride);
}

/**
 * Sends the one request of a description, a GET, and returns its answer.
 * @throws GatewayError `consent-missing` where the secret would stand in the address without the user's consent.
 */
export async function askDescribed(
  name: string,
  { path, secretIn = 'bearer' }: Description,
  context: GatewayContext,
): Promise<unknown> {
  if (secretIn.startsWith('query ') && !context.mayStandInUrl)
    throw failed('not-supported', 'consent-missing', { description: { name, at: 'secretIn' } });
  const answer = await context.sendRequest({
    path,
    secretIn: placementOf(secretIn),
    limiter: 'described',
    short: true,
  });
  return parseAnswer(answer);
}

function placementOf(secretIn: NonNullable<Description['secretIn']>): SecretPlacement {
  if (secretIn === 'bearer' || secretIn === 'raw') return secretIn;
  const [place, name] = secretIn.split(' ');
  // The client refuses every name that is not on its list.
  return (place === 'header' ? { header: name } : { query: name }) as SecretPlacement;
}

/**
 * The whole answer, which may be a list or a single figure. @throws GatewayError for an answer that reports a failure.
 */
function parseAnswer(answer: GatewayResponse): unknown {
  const { status, text = '' } = answer;
  const isWhole = status >= 200 && status <= 299;
  if (isWhole && isTooLarge(text)) throw failed('unexpected', 'too-large', { status });
  if (isWhole && /^\uFEFF?\s*[[\d"-]/.test(text)) return parseOther(answer, text);
  const json = parseJsonBody(answer);
  unwrapPayload(withoutOtherCode(json), status);
  return json;
}

function parseOther(answer: GatewayResponse, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return parseJsonBody(answer);
  }
}

/** The least number that reports a failure, by the statuses of HTTP. */
const FAILURE_CODES_FROM = 400;

/** A `code` may be of a currency or a plan, or 1 for success: it reports a failure only as a status of HTTP does. */
function withoutOtherCode(json: Json): Json {
  const { code, ...others } = json;
  const number = typeof code === 'string' && code !== '' ? Number(code) : code;
  return typeof number === 'number' && number >= FAILURE_CODES_FROM ? json : others;
}

/**
 * Judged by its length, its nesting and its number of values, which are estimated from the characters; those within
 * texts count too.
 */
function isTooLarge(text: string): boolean {
  if (text.length > MAX_ANSWER_LENGTH) return true;
  let [depth, values] = [0, 0];
  for (const character of text) {
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (character === '[' || character === '{' || character === ',') values++;
    if (depth > MAX_ANSWER_DEPTH || values > MAX_ANSWER_VALUES) return true;
  }
  return false;
}
