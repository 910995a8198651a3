import { failed } from '../../core/quota/failure.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { parseJsonBody, unwrapPayload } from '../envelope.ts';
import { parseSite, type Site } from '../site.ts';
import type { Json } from '../wireJson.ts';

/** Members of which every version has at least one. */
const COMMON_MEMBERS = [
  'quota_per_unit',
  'quota_display_type',
  'display_in_currency',
  'system_name',
  'version',
];

/**
 * Parses `GET /api/status`.
 * @throws GatewayError for an answer that is neither New API's nor One API's, so that what is known about the site
 * stays.
 */
export function parseStatusAnswer(answer: GatewayResponse): Site {
  const payload = unwrapPayload(parseJsonBody(answer), answer.status);
  if (!COMMON_MEMBERS.some(name => name in payload)) throw failed('unexpected', 'missing-figures');
  return parseSite(payload);
}

/**
 * Whether New API, One API or a descendant gave this answer: the header `x-new-api-version` (from 0.10 on),
 * or `data.quota_per_unit`.
 */
export function isFamilyStatus(answer: GatewayResponse): boolean {
  return answer.headers.has('x-new-api-version') || 'quota_per_unit' in statusOf(answer);
}

/** Whether a descendant with this `data.system_name` gave the answer. */
export function hasSystemName(name: string, answer: GatewayResponse): boolean {
  return isFamilyStatus(answer) && statusOf(answer).system_name === name;
}

function statusOf(answer: GatewayResponse): Json {
  try {
    return unwrapPayload(parseJsonBody(answer), answer.status);
  } catch {
    return {};
  }
}
