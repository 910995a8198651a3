import { type Failure, failed, type GatewayError } from '../core/quota/failure.ts';
import type { GatewayResponse } from '../http/transport.ts';
import type { ErrorMapper, Refusal } from './errorMapper.ts';
import { sanitizeText } from './fields.ts';
import { isMarkup, isProtectionPage, needsClientCertificate } from './protectionPage.ts';
import type { RefusalForm } from './refusalForm.ts';

export type Json = Readonly<Record<string, unknown>>;

const MAX_WORDS_LENGTH = 160;

/** The JSON object in an answer. Throws the failure that the answer stands for when there is none. */
export function parseJsonBody(answer: GatewayResponse, mapError: ErrorMapper = () => undefined): Json {
  if (answer.status < 200 || answer.status > 299) throw refusalError(answer, mapError);
  if (answer.text === undefined) throw failed('unexpected', 'not-text', { status: answer.status });
  const json = parseJson(answer.text);
  if (json === undefined) throw notJsonError(answer, answer.text);
  if (!isObject(json)) throw failed('unexpected', 'missing-figures', { status: answer.status });
  return json;
}

/** The payload inside a success envelope. Throws when the envelope says no, whatever its HTTP status. */
export function unwrapPayload(json: Json, status: number, mapError: ErrorMapper = () => undefined): Json {
  if (isSuccess(json) === false) {
    const refusal = parseRefusal(json, status);
    throw mapError(refusal) ?? failed('unexpected', 'refused-request', { status, words: refusal.words });
  }
  return isObject(json.data) ? json.data : json;
}

/**
 * The list in an answer, bare or as the `data` of an envelope: services send either, by revision. Throws
 * when it is neither.
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

/** Rows inside an envelope, where null stands for none. Anything else is no answer, never an empty list. */
export function parseRows(data: unknown): readonly unknown[] {
  if (data === null) return [];
  if (!Array.isArray(data)) throw failed('unexpected', 'missing-figures');
  return data;
}

/**
 * Why an answer without its figures has none: where it says something in their place it speaks of some trouble, and
 * else it is of a form that nobody knows.
 */
export function missingFiguresError(json: Json, status: number): GatewayError {
  const { msg, detail, error_description: description, reason } = json;
  const message = [json.message, msg, detail, description, reason].find(text => typeof text === 'string');
  const words = sanitizeText(String(message ?? ''), MAX_WORDS_LENGTH);
  return isSuccess(json) === true || words === ''
    ? failed('unexpected', 'missing-figures', { status })
    : failed('transient', 'unknown-refusal', { status, words });
}

/** What an envelope says: true, false, or undefined when it has no success marker at all. */
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
  const refusal = parseRefusal(isObject(json) ? json : {}, status);
  return transientError(answer) ?? mapError(refusal) ?? errorByStatus(answer, refusal);
}

/** Trouble that says nothing about the key or the question: it is told by status, not by a gateway's words. */
export function transientError(answer: GatewayResponse): GatewayError | undefined {
  const { status } = answer;
  if (status === 407) return failed('transient', 'proxy', { status });
  if (status === 429) return rateLimitError(answer);
  if (status !== 408 && status < 500) return undefined;
  return isProtectionPage(answer)
    ? failed('blocked-by-edge', 'edge-page', { status })
    : failed('transient', 'server-error', { status });
}

/** What a 429 stands for; undefined for every other answer. */
export function rateLimitError(answer: GatewayResponse): GatewayError | undefined {
  const { status, headers } = answer;
  if (status !== 429) return undefined;
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  return failed('rate-limited', 'too-many-requests', { status, retryAfterMs: parseRetryAfter(headers) });
}

/** What a refusal in nobody's own words comes to: anyone on the way may have sent it, so it decides nothing. */
function errorByStatus(answer: GatewayResponse, { status, words }: Refusal): GatewayError {
  if (needsClientCertificate(answer)) return failed('unexpected', 'client-certificate', { status });
  if (isProtectionPage(answer)) return failed('blocked-by-edge', 'edge-page', { status });
  if (status >= 401 && status <= 403) return failed('transient', 'unknown-refusal', { status, words });
  if (status === 404 || status === 405) return failed('not-supported', 'no-such-endpoint', { status });
  return failed('unexpected', 'refused-request', { status, words });
}

/** A refusal's words, wherever the envelope keeps them. */
function parseRefusal(json: Json, status: number): Refusal {
  const error = isObject(json.error) ? json.error : {};
  const message = [error.message, json.error, json.message].find(text => typeof text === 'string') ?? '';
  const code = [error.code, json.code, error.type].find(value => value !== undefined && value !== '');
  const words = sanitizeText(String(message), MAX_WORDS_LENGTH);
  return {
    status,
    message: String(message),
    code: typeof code === 'string' || typeof code === 'number' ? String(code) : '',
    form: refusalFormOf(json),
    words: words === '' ? undefined : words,
  };
}

/** Gateways of the family name the type of their errors after themselves, CometAPI too. */
const GATEWAY_ERROR_TYPE = /^(?:[a-z0-9]+_(?:api|hub)|veloera)_error$/;

function refusalFormOf({ error, success, code, message }: Json): RefusalForm | undefined {
  if (isObject(error))
    return typeof error.type === 'string' && GATEWAY_ERROR_TYPE.test(error.type) ? 'error' : undefined;
  if (typeof error === 'string' && error !== '') return wordForm(success);
  const isRefused = success === false || (success === undefined && code === false);
  return isRefused && typeof message === 'string' ? 'plain' : undefined;
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

/** `Retry-After` in seconds or as an HTTP date; undefined when absent or nonsense. */
export function parseRetryAfter(headers: GatewayResponse['headers']): Failure['retryAfterMs'] {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  // A date is one of the server's clock, which may differ from ours.
  const now = serverTimeOf(headers) ?? Date.now();
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : httpDate(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The clock of who answered, by its `Date`, in epoch milliseconds; undefined when absent or nonsense. */
export function serverTimeOf(headers: GatewayResponse['headers']): number | undefined {
  const time = httpDate(headers.get('date')?.trim() ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Each form of an HTTP date begins with the day of the week; `Date.parse` alone takes `-5` for a date. */
function httpDate(value: string): number {
  return /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(value) ? Date.parse(value) : Number.NaN;
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
