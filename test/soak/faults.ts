import { scenarios } from '../sampleGateways/scenarios/scenarios.ts';
import type { Reply } from '../sampleGateways/wire/reply.ts';

/** What a gateway does instead of answering, by sort: names of the sample gateway's scenarios. */
const FAULTS = {
  reset: ['reset', 'reset-after-head', 'reset-in-body', 'closed-in-body'],
  stall: ['slow-headers', 'slow-body', 'drip-slow'],
  serverError: ['empty-500', 'panic-500', '503-json', 'nginx-502-html', 'nginx-504-html', 'cf-520-html'],
  flood: ['never-ends', 'huge-body', 'deep-json'],
  refusal: ['cf-429-html'],
  html: ['html-200', 'html-200-as-json', 'cf-403-html', 'cf-challenge-200-html', 'cf-503-html'],
  nonsense: ['truncated-json', 'json-null', 'plain-text', 'empty-200'],
} as const;

export type FaultSort = keyof typeof FAULTS;

export const FAULT_SORTS = Object.keys(FAULTS) as FaultSort[];

/** One of the answers of a sort; keys that ask together get different ones. */
export function replyOf(sort: FaultSort, index: number): Reply {
  const names: readonly string[] = FAULTS[sort];
  const name = names[index % names.length] ?? '';
  const reply = scenarios[name]?.reply;
  if (!reply) throw new Error(`There is no answer ${name}`);
  return reply;
}
