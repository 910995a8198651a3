import { isPaused } from './failure.ts';
import type { KeyState } from './keyState.ts';
import type { Status } from './statusName.ts';

/** The state of all keys together: what to show where there are no figures at all. */
export const SITUATIONS = ['noKeys', 'allFailing', 'fine'] as const;

export type Situation = (typeof SITUATIONS)[number];

/** In these a key's figures speak for the present, or the gateway has said plainly what is wrong. */
const KNOWN: ReadonlySet<Status> = new Set<Status>(['ok', 'low', 'exhausted', 'expired']);

/** All keys fail when not one of them has an answer that speaks for the present; paused ones do not count. */
export function situationOf(keys: readonly KeyState[]): Situation {
  if (keys.length === 0) return 'noKeys';
  const asked = keys.filter(key => !isPaused(key));
  const isFailing = ({ failure, status }: KeyState) => failure !== undefined && !KNOWN.has(status);
  return asked.length > 0 && asked.every(isFailing) ? 'allFailing' : 'fine';
}
