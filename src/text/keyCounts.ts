import * as l10n from '@vscode/l10n';
import { isExpiring } from '../core/quota/ends.ts';
import { isPaused } from '../core/quota/failure.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import type { Status } from '../core/quota/statusName.ts';
import { countText } from './amount.ts';

/** The states that are counted, the worst first; keys that are well are not. */
const COUNTED = [
  'exhausted',
  'expired',
  'invalid',
  'disabled',
  'low',
  'expiring',
  'stale',
  'unknown',
  'paused',
] as const;

type Counted = (typeof COUNTED)[number] | Extract<Status, 'ok'>;

/** How many keys there are: `3 keys`. */
export function keyCountText(count: number): string {
  return count === 1 ? l10n.t('1 key') : l10n.t('{0} keys', countText(count));
}

/**
 * How many keys there are, and how many are in which state: `3 keys`, `1 low`. A server's own key is not counted beside
 * the keys that it serves, and alone it is none.
 */
export function keyCountTexts(
  keys: readonly KeyState[],
  now: number,
  isServer: (key: KeyState) => boolean,
): readonly string[] {
  const counted = keys.filter(key => !isServer(key));
  const counts = Map.groupBy(counted.length > 0 ? counted : keys, key => countedAs(key, now));
  return [
    ...(counted.length > 0 ? [keyCountText(counted.length)] : []),
    ...COUNTED.flatMap(state => {
      const count = counts.get(state)?.length;
      return count === undefined ? [] : [stateCountText(state, countText(count))];
    }),
  ];
}

function countedAs(key: KeyState, now: number): Counted {
  if (isPaused(key)) return 'paused';
  return key.status === 'ok' && isExpiring(key, now) ? 'expiring' : key.status;
}

function stateCountText(state: (typeof COUNTED)[number], count: string): string {
  switch (state) {
    case 'exhausted':
      return l10n.t('{0} used up', count);
    case 'expired':
      return l10n.t('{0} expired', count);
    case 'invalid':
      return l10n.t('{0} not accepted', count);
    case 'disabled':
      return l10n.t('{0} disabled', count);
    case 'low':
      return l10n.t('{0} low', count);
    case 'expiring':
      return l10n.t('{0} expiring', count);
    case 'stale':
      return l10n.t('{0} out of date', count);
    case 'unknown':
      return l10n.t('{0} without figures', count);
    case 'paused':
      return l10n.t('{0} paused', count);
  }
}
