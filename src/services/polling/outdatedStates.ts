import { originOf } from '../../core/input/baseUrl.ts';
import type { CheckState } from '../../core/ports/checkTables.ts';
import type { PolledKey } from './polledKey.ts';

/**
 * The states of keys that have to be checked again after settings changed: of keys at `baseUrls`, whose unit was
 * changed or whose origin's route, and of `kinds`, whose description was.
 */
export function outdatedStates(
  entries: readonly PolledKey[],
  baseUrls: ReadonlySet<string>,
  kinds: ReadonlySet<string>,
): readonly CheckState[] {
  const isChanged = (baseUrl: string) => baseUrls.has(baseUrl) || baseUrls.has(originOf(baseUrl));
  return entries
    .filter(({ key, state }) => {
      // A key that failed because its gateway had no description has no reading.
      const isOutdated = kinds.has(key.kind) || (isChanged(key.baseUrl) && state.reading);
      return isOutdated && state.dueAt !== undefined;
    })
    .map(({ state }) => state);
}
