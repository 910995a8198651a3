import * as l10n from '@vscode/l10n';
import type { Warning } from '../../core/warnings/warning.ts';
import { joinClauses } from '../../text/clauses.ts';
import { COUNT_TEXTS, type CountedState, warningKinds } from './warningKinds.ts';

const STATES = Object.keys(COUNT_TEXTS) as CountedState[];

const stateOf = (warning: Warning) => warningKinds[warning.kind].countedAs(warning);

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
      return members ? [COUNT_TEXTS[state](countKeys(members))] : [];
    }),
  );
}

/** How many keys warnings are about; one limit for all keys of a currency counts as one. */
export function countKeys(warnings: readonly Warning[]): number {
  return new Set(warnings.map(({ key }) => key.id)).size;
}
