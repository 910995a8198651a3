import type { Answer } from '../http/transport.ts';
import { type Json, jsonOf, payloadOf } from './answers.ts';
import { parseSite, type Site } from './site.ts';

/** What `GET /api/status` says about a site. */
export function siteIn(answer: Answer): Site {
  return parseSite(payloadOf(jsonOf(answer), answer.status));
}

/** Whether New API, One API or a descendant gave this answer. */
export function isOfFamily(answer: Answer): boolean {
  return answer.headers.has('x-new-api-version') || 'quota_per_unit' in statusOf(answer);
}

/** Whether a descendant gave this answer that calls itself by this name. */
export function callsItself(name: string, answer: Answer): boolean {
  return isOfFamily(answer) && statusOf(answer).system_name === name;
}

function statusOf(answer: Answer): Json {
  try {
    return payloadOf(jsonOf(answer), answer.status);
  } catch {
    return {};
  }
}
