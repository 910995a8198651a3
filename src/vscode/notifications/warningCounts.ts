import * as l10n from '@vscode/l10n';
import type { Warning } from '../../core/warnings/warning.ts';
import { joinClauses } from '../../text/clauses.ts';

/** What is said of how many keys, the worst first. */
const STATES = [
  'usedUp',
  'expired',
  'disabled',
  'notAccepted',
  'atLimit',
  'low',
  'runningOut',
  'expiring',
  'spending',
  'refilled',
] as const;

type CountedState = (typeof STATES)[number];

/** Warnings about several keys as one sentence that counts them; which keys they are, the view of keys shows. */
export function warningCountText(warnings: readonly Warning[]): string {
  const keys = countKeys(warnings);
  return warnings.every(warning => stateOf(warning) === 'refilled')
    ? l10n.t('{0} keys have new quota.', keys)
    : l10n.t('{0} keys need attention: {1}.', keys, warningCounts(warnings));
}

/** What is said of how many keys: `2 used up, 1 low`. */
export function warningCounts(warnings: readonly Warning[]): string {
  const keysByState = Map.groupBy(warnings, stateOf);
  return joinClauses(
    STATES.flatMap(state => {
      const members = keysByState.get(state);
      return members ? [countText(state, countKeys(members))] : [];
    }),
  );
}

/** How many keys warnings are about; one limit for all keys of a currency counts as one. */
export function countKeys(warnings: readonly Warning[]): number {
  return new Set(warnings.map(({ key }) => key.id)).size;
}

function stateOf({ kind, threshold, key }: Warning): CountedState {
  switch (kind) {
    case 'expiry':
    case 'plan':
      return threshold > 0 ? 'expiring' : 'expired';
    case 'low':
      return threshold === 0 ? 'usedUp' : 'low';
    case 'forecast':
      return 'runningOut';
    case 'spend':
      return 'spending';
    case 'limit':
      return 'atLimit';
    case 'refused':
      // By the same words as the line of the key.
      return key.status === 'disabled' ? 'disabled' : 'notAccepted';
    case 'refill':
      return 'refilled';
  }
}

function countText(state: CountedState, count: number): string {
  switch (state) {
    case 'usedUp':
      return l10n.t('{0} used up', count);
    case 'expired':
      return l10n.t('{0} expired', count);
    case 'disabled':
      return l10n.t('{0} disabled', count);
    case 'notAccepted':
      return l10n.t('{0} not accepted', count);
    case 'atLimit':
      return l10n.t('{0} near or at a spending limit', count);
    case 'low':
      return l10n.t('{0} low', count);
    case 'runningOut':
      return l10n.t('{0} running out', count);
    case 'expiring':
      return l10n.t('{0} expiring', count);
    case 'spending':
      return l10n.t('{0} spending more than usual', count);
    case 'refilled':
      return l10n.t('{0} with new quota', count);
  }
}
