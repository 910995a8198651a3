import { type Failure, failed, type GatewayError } from '../core/quota/failure.ts';
import type { GatewayResponse } from '../http/transport.ts';
import type { ErrorMapper, Refusal } from './errorMapper.ts';
import { sanitizeText } from './fields.ts';
import { isMarkup, isProtectionPage, needsClientCertificate } from './protectionPage.ts';
import { limitResetMs } from './rateLimitHeaders.ts';
import type { RefusalForm } from './refusalForm.ts';
import { httpDate, serverTimeOf } from './serverTime.ts';

/** A parsed JSON object. */
export type Json = Readonly<Record<string, unknown>>;

const MAX_WORDS_LENGTH = 160;

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
 * @throws GatewayError `missing-figures` for anything else, which is no empty list: null least of all.
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

function refusalError(answer: GatewayResponse, mapError: ErrorMapper): GatewayError {
  const { status } = answer;
  const json = parseJson(answer.text ?? '');
  const refusal =
    typeof json === 'string' ? textRefusal(json, status) : parseRefusal(isObject(json) ? json : {}, status);
  return transientError(answer) ?? mapError(refusal) ?? errorByStatus(answer, refusal);
}

/**
 * The error for a status that says nothing about the key or the request: 407, 408, 429 and 5xx; undefined for
 * all others.
 */
export function transientError(answer: GatewayResponse): GatewayError | undefined {
  const { status } = answer;
  if (status === 407) return failed('transient', 'proxy', { status });
  if (status === 429) return rateLimitError(answer);
  if (status !== 408 && status < 500) return undefined;
  return isProtectionPage(answer)
    ? failed('blocked-by-edge', 'edge-page', { status })
    : failed('transient', 'server-error', { status });
}

/** The error for a 429; undefined for every other status. */
export function rateLimitError(answer: GatewayResponse): GatewayError | undefined {
  const { status, headers } = answer;
  if (status !== 429) return undefined;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  return failed('rate-limited', 'too-many-requests', { status, retryAfterMs: parseRetryAfter(headers) });
}

/**
 * The error by status alone, for a refusal that no list knows. A proxy on the way may have sent it, so it
 * decides nothing about the key.
 */
function errorByStatus(answer: GatewayResponse, { status, words }: Refusal): GatewayError {
  if (needsClientCertificate(answer)) return failed('unexpected', 'client-certificate', { status });
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  if (status >= 401 && status <= 403) return failed('transient', 'unknown-refusal', { status, words });
  if (status === 404 || status === 405) return failed('not-supported', 'no-such-endpoint', { status });
  return failed('unexpected', 'refused-request', { status, words });
}

/** A refusal that is a text alone. */
function textRefusal(message: string, status: number): Refusal {
  const words = sanitizeText(message, MAX_WORDS_LENGTH) || undefined;
  return { status, message, code: '', form: 'json-text', words };
}

/** Parses a refusal: `error.message`, `error`, `message` or `msg`, and `error.code`, `code` or `error.type`. */
function parseRefusal(json: Json, status: number): Refusal {
  const error = isObject(json.error) ? json.error : {};
  const texts = [error.message, json.error, json.message, json.msg];
  const message = texts.find(text => typeof text === 'string' && text !== '') ?? '';
  const code = [error.code, json.code, error.type].find(value => value !== undefined && value !== '');
  const words = sanitizeText(String(message), MAX_WORDS_LENGTH);
  const form = refusalFormOf(json, status);
  // Its code only repeats the status.
  const told = form === 'numbered' ? error.type : code;
  return {
    status,
    message: String(message),
    code: typeof told === 'string' || typeof told === 'number' ? String(told) : '',
    form,
    words: words === '' ? undefined : words,
  };
}

/** `error.type` of New API's relatives: `new_api_error`, `one_api_error`, `comet_api_error`. */
const GATEWAY_ERROR_TYPE = /^(?:[a-z0-9]+_(?:api|hub)|veloera)_error$/;

function refusalFormOf(
  { error, success, code, message, msg }: Json,
  status: number,
): RefusalForm | undefined {
  if (isObject(error)) {
    if (error.type === undefined && error.code === status) return 'coded';
    if (typeof error.type !== 'string') return undefined;
    if (error.code === String(status) && 'param' in error) return 'numbered';
    return GATEWAY_ERROR_TYPE.test(error.type) ? 'error' : 'typed';
  }
  if (typeof error === 'string' && error !== '') return wordForm(success);
  if (isErrorName(code) && success === undefined && typeof message === 'string') return 'named';
  const isRefused = success === false || (success === undefined && code === false);
  if (isRefused && typeof message === 'string') return 'plain';
  return success === false && typeof msg === 'string' ? 'msg' : undefined;
}

/** A code as `API_KEY_DISABLED`. */
function isErrorName(code: unknown): boolean {
  return typeof code === 'string' && /^[A-Z]+(?:_[A-Z]+)+$/.test(code);
}

function wordForm(success: unknown): RefusalForm | undefined {
  if (success === false) return 'word';
  return success === undefined ? 'bare-word' : undefined;
}

function notJsonError(answer: GatewayResponse, text: string): GatewayError {
  const { status } = answer;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  if (text.trim() === '') return failed('unexpected', 'empty', { status });
  return isMarkup(answer)
    ? failed('unexpected', 'html', { status })
    : failed('unexpected', 'not-json', { status });
}

/**
 * When a refused call may be sent again, in milliseconds: by `Retry-After`, which New API sends from 1.0.0-rc.22 on,
 * else by the headers of limits; undefined when absent or invalid.
 */
export function parseRetryAfter(headers: GatewayResponse['headers']): Failure['retryAfterMs'] {
  const value = headers.get('retry-after')?.trim();
  // A date is by the server's clock.
  const now = serverTimeOf(headers) ?? Date.now();
  if (!value) return limitResetMs(headers, now, true);
  const ms = /^\d+(?:\.\d+)?$/.test(value) ? Math.ceil(Number(value) * 1000) : httpDate(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
