import * as l10n from '@vscode/l10n';
import type { Warning } from '../../core/warnings/warning.ts';
import { joinClauses } from '../../text/clauses.ts';
import { joinSentences } from '../../text/joinSentences.ts';
import { COUNT_TEXTS, type CountedState, warningKinds } from './warningKinds.ts';

const STATES = Object.keys(COUNT_TEXTS) as CountedState[];

const stateOf = (warning: Warning) => warningKinds[warning.kind].countedAs(warning);

/** Warnings about several keys as a sentence that counts them; the view of keys shows which ones. */
export function warningCountText(warnings: readonly Warning[]): string {
  const { refilled = 0, ...counts } = keysByState(warnings);
  const needing = countKeys(warnings) - refilled;
  const listed = listText(counts);
  return joinSentences(
    needing === 1
      ? l10n.t('1 key needs attention: {0}.', listed)
      : needing > 1
        ? l10n.t('{0} keys need attention: {1}.', needing, listed)
        : undefined,
    refilled === 1
      ? l10n.t('1 key has new quota.')
      : refilled > 1
        ? l10n.t('{0} keys have new quota.', refilled)
        : undefined,
  );
}

/** How many keys are in which state: `2 used up, 1 low`. */
export function warningCounts(warnings: readonly Warning[]): string {
  return listText(keysByState(warnings));
}

type Counts = Partial<Record<CountedState, number>>;

/** Each key once, by the worst that is said of it. */
function keysByState(warnings: readonly Warning[]): Counts {
  const counts: Counts = {};
  for (const ofKey of Map.groupBy(warnings, ({ key }) => key.id).values()) {
    const states = ofKey.map(stateOf);
    const worst = STATES.find(state => states.includes(state));
    if (worst) counts[worst] = (counts[worst] ?? 0) + 1;
  }
  return counts;
}

function listText(counts: Counts): string {
  return joinClauses(STATES.flatMap(state => (counts[state] ? [COUNT_TEXTS[state](counts[state])] : [])));
}

/** How many keys warnings are about; one limit for all keys of a currency counts as one. */
export function countKeys(warnings: readonly Warning[]): number {
  return new Set(warnings.map(({ key }) => key.id)).size;
}
