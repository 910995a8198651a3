import { failed } from '../../core/quota/failure.ts';
import type { GatewayResponse } from '../../http/transport.ts';
import { type Json, parseJsonBody, unwrapPayload } from '../envelope.ts';
import { parseSite, type Site } from '../site.ts';

/** What every version tells of itself; what else it leaves out has a meaning. */
const COMMON_MEMBERS = [
  'quota_per_unit',
  'quota_display_type',
  'display_in_currency',
  'system_name',
  'version',
];

/** What `GET /api/status` says about a site. One that tells nothing at all changes nothing of what is known. */
export function parseStatusAnswer(answer: GatewayResponse): Site {
  const payload = unwrapPayload(parseJsonBody(answer), answer.status);
  if (!COMMON_MEMBERS.some(name => name in payload)) throw failed('unexpected', 'missing-figures');
  return parseSite(payload);
}

/** Whether New API, One API or a descendant gave this answer. */
export function isFamilyStatus(answer: GatewayResponse): boolean {
  return answer.headers.has('x-new-api-version') || 'quota_per_unit' in statusOf(answer);
}

/** Whether a descendant gave this answer that calls itself by this name. */
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
