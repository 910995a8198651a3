import { failed, type GatewayError } from '../core/quota/failure.ts';
import type { GatewayResponse } from '../http/transport.ts';
import type { ErrorMapper, Refusal } from './errorMapper.ts';
import { isProtectionPage, needsClientCertificate } from './protectionPage.ts';
import type { RefusalForm } from './refusalForm.ts';
import { sanitizeText } from './sanitizeText.ts';
import { transientError } from './transientError.ts';
import { isObject, type Json, parseJson } from './wireJson.ts';

/** The most characters of a gateway's own words that are shown. */
export const MAX_WORDS_LENGTH = 160;

/** The error of an answer whose status says no: by its status, else by what the gateway is known to send. */
export function refusalError(answer: GatewayResponse, mapError: ErrorMapper): GatewayError {
  const { status } = answer;
  const json = parseJson(answer.text ?? '');
  const refusal =
    typeof json === 'string' ? textRefusal(json, status) : parseRefusal(isObject(json) ? json : {}, status);
  return transientError(answer) ?? mapError(refusal) ?? errorByStatus(answer, refusal);
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
export function parseRefusal(json: Json, status: number): Refusal {
  const error = isObject(json.error) ? json.error : {};
  const texts = [error.message, json.error, json.message, json.msg];
  const message = texts.find(text => typeof text === 'string' && text !== '') ?? '';
  const code = [error.code, json.code, error.type].find(value => value !== undefined && value !== '');
  const form = refusalFormOf(json, status);
  const says = form === 'titled' ? json.message : message;
  const words = sanitizeText(String(says), MAX_WORDS_LENGTH);
  // The code of this form only repeats the status.
  const told = form === 'numbered' ? error.type : form === 'titled' ? json.error : code;
  return {
    status,
    message: String(says),
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
  if (typeof error === 'string' && error !== '') return wordForm(success, code, message);
  if (isErrorName(code) && success === undefined && typeof message === 'string') return 'named';
  const isRefused = success === false || (success === undefined && code === false);
  if (isRefused && typeof message === 'string') return 'plain';
  return success === false && typeof msg === 'string' ? 'msg' : undefined;
}

/** A code as `API_KEY_DISABLED`. */
function isErrorName(code: unknown): boolean {
  return typeof code === 'string' && /^[A-Z]+(?:_[A-Z]+)+$/.test(code);
}

function wordForm(success: unknown, code: unknown, message: unknown): RefusalForm | undefined {
  if (success === false) return 'word';
  if (success !== undefined) return undefined;
  // Beside a code, the message may be that of the code: `ok`.
  return typeof message === 'string' && code === undefined ? 'titled' : 'bare-word';
}
