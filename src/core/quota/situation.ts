import type { KeyState } from './keyState.ts';
import type { Status } from './statusName.ts';

/** How things stand as a whole: what to say to someone who sees no figures at all. */
export const SITUATIONS = ['noKeys', 'allFailing', 'fine'] as const;

export type Situation = (typeof SITUATIONS)[number];

/** In these a key's figures speak for the present, or the gateway has said plainly what is wrong. */
const KNOWN: ReadonlySet<Status> = new Set<Status>(['ok', 'low', 'exhausted', 'expired']);

/** All keys fail when not one of them has an answer that speaks for the present. */
export function situationOf(keys: readonly KeyState[]): Situation {
  if (keys.length === 0) return 'noKeys';
  const isFailing = ({ failure, status }: KeyState) => failure !== undefined && !KNOWN.has(status);
  return keys.every(isFailing) ? 'allFailing' : 'fine';
}
