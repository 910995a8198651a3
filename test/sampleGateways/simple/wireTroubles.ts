import { encodings } from '../scenarios/encodings.ts';
import { faults } from '../scenarios/faults.ts';
import { pages } from '../scenarios/pages.ts';
import { redirects } from '../scenarios/redirects.ts';
import type { ScenarioTable } from '../scenarios/scenario.ts';
import { json, plainJson } from '../wire/reply.ts';

/** What any of these kinds may answer in trouble, besides pages, redirects, faults and encodings. */
export const wireTroubles: ScenarioTable = {
  'foreign-401': { reply: plainJson(401, { error: { message: 'no', type: 'authentication_error' } }) },
  'foreign-403': { reply: plainJson(403, { detail: 'Access denied' }) },
  'limited-429': { reply: json(429, { error: { message: 'Too many requests' } }, { 'Retry-After': '30' }) },
  'down-500': { reply: plainJson(500, { error: { message: 'Internal Server Error' } }) },
  'nothing-inside': { reply: plainJson(200, {}) },
  'data-text': { reply: plainJson(200, { data: 'soon' }) },
  ...pages,
  ...redirects,
  ...faults,
  ...encodings,
};
