import { failed, type GatewayError } from '../core/quota/failure.ts';
import type { GatewayResponse } from '../http/transport.ts';
import type { ErrorMapper, Refusal } from './errorMapper.ts';
import { isMarkup, isProtectionPage } from './protectionPage.ts';
import { MAX_WORDS_LENGTH, parseRefusal, refusalError } from './refusal.ts';
import { sanitizeText } from './sanitizeText.ts';
import { isObject, type Json, parseJson } from './wireJson.ts';

/**
 * Parses the JSON object of an answer.
 * @throws GatewayError for another status than 2xx (after `mapError`), and for a body that is no JSON object.
 */
export function parseJsonBody(answer: GatewayResponse, mapError: ErrorMapper = () => undefined): Json {
  if (answer.status < 200 || answer.status > 299) throw refusalError(answer, mapError);
  if (answer.text === undefined) throw failed('unexpected', 'not-text', { status: answer.status });
  const json = parseJson(answer.text);
  if (json === undefined) throw notJsonError(answer, answer.text);
  if (!isObject(json)) throw failed('unexpected', 'missing-figures', { status: answer.status });
  return json;
}

/**
 * The payload of an envelope: `data` where it is an object, else the whole.
 * @throws GatewayError where the envelope reports failure, whatever the HTTP status.
 */
export function unwrapPayload(json: Json, status: number, mapError: ErrorMapper = () => undefined): Json {
  if (isSuccess(json) === false) {
    const refusal = parseRefusal(json, status);
    throw (
      codedTroubleError(json, refusal) ??
      mapError(refusal) ??
      failed('unexpected', 'refused-request', { status, words: refusal.words })
    );
  }
  return isObject(json.data) ? json.data : json;
}

/**
 * The error for a bare `code` of 500 to 599, number or digits: forks repeat the status of a server in trouble
 * there, with HTTP 200. It says nothing about the key or the request. Larger codes are a fork's own numbers.
 */
function codedTroubleError(json: Json, { status, form, words }: Refusal): GatewayError | undefined {
  const isToldByCode = form === undefined || form === 'typed' || form === 'msg';
  if (!isToldByCode || !/^5\d\d$/.test(String(json.code))) return undefined;
  return failed('transient', 'unknown-refusal', { status, words: words ?? wordsOf(json) });
}

/**
 * The list of an answer, bare or as the envelope's `data`.
 * @throws GatewayError where it is neither.
 */
export function unwrapList(
  answer: GatewayResponse,
  mapError: ErrorMapper = () => undefined,
): readonly unknown[] {
  const isSuccessStatus = answer.status >= 200 && answer.status <= 299;
  const bare = isSuccessStatus && answer.text !== undefined ? parseJson(answer.text) : undefined;
  if (Array.isArray(bare)) return bare;
  const json = parseJsonBody(answer, mapError);
  unwrapPayload(json, answer.status, mapError);
  if (!Array.isArray(json.data)) throw missingFiguresError(json, answer.status);
  return json.data;
}

/**
 * The rows of a list.
 * @throws GatewayError `missing-figures` for anything else, including null, which is no empty list.
 */
export function parseRows(data: unknown): readonly unknown[] {
  if (!Array.isArray(data)) throw failed('unexpected', 'missing-figures');
  return data;
}

/**
 * The error for an answer without its figures: `transient` with the gateway's words where it says something
 * in their place, else `unexpected`.
 */
export function missingFiguresError(json: Json, status: number): GatewayError {
  const words = wordsOf(json);
  return isSuccess(json) === true || words === undefined
    ? failed('unexpected', 'missing-figures', { status })
    : failed('transient', 'unknown-refusal', { status, words });
}

/** What a gateway says in place of figures. */
function wordsOf(json: Json): string | undefined {
  const { message, msg, detail, error_description: description, reason } = json;
  const words = [message, msg, detail, description, reason].find(text => typeof text === 'string');
  return sanitizeText(words ?? '', MAX_WORDS_LENGTH) || undefined;
}

/**
 * Whether an envelope reports success; undefined without any marker. New API: `code: true` at
 * `/api/usage/token/`, `success` elsewhere; forks: `code` 0, 200 or 20000, as number or text.
 */
export function isSuccess(json: Json): boolean | undefined {
  const { error, success, code } = json;
  if (isObject(error) || (typeof error === 'string' && error !== '')) return false;
  if (success === false || code === false) return false;
  if (success === true || code === true) return true;
  if (typeof code === 'number') return SUCCESS_CODES.has(code);
  if (typeof code === 'string' && code !== '') return /^\d+$/.test(code) && SUCCESS_CODES.has(Number(code));
  return undefined;
}

const SUCCESS_CODES: ReadonlySet<number> = new Set([0, 200, 20_000]);

function notJsonError(answer: GatewayResponse, text: string): GatewayError {
  const { status } = answer;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  if (text.trim() === '') return failed('unexpected', 'empty', { status });
  return isMarkup(answer)
    ? failed('unexpected', 'html', { status })
    : failed('unexpected', 'not-json', { status });
}
