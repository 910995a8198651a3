import * as l10n from '@vscode/l10n';
import type { Reading } from '../core/quota/reading.ts';
import { countText } from './amount.ts';

/** How many keys an account has: `7`, `5,100 of 6,000`, or `at least 800` where the list was not read to its end. */
export function accountKeyCountText(
  reading: Pick<Reading, 'accountKeys' | 'accountKeysMissing'>,
): string | undefined {
  const { accountKeys, accountKeysMissing: missing } = reading;
  if (!accountKeys) return undefined;
  const read = countText(accountKeys.length);
  if (!missing) return read;
  const { total } = missing;
  return total === undefined ? l10n.t('at least {0}', read) : l10n.t('{0} of {1}', read, countText(total));
}

/** The same with its noun: `1 key`, `at least 1 key`, `5,100 of 6,000 keys`. */
export function accountKeysText(reading: Parameters<typeof accountKeyCountText>[0]): string | undefined {
  const { accountKeys, accountKeysMissing: missing } = reading;
  const count = accountKeyCountText(reading);
  if (count === undefined) return undefined;
  return (missing?.total ?? accountKeys?.length) === 1 ? l10n.t('{0} key', count) : l10n.t('{0} keys', count);
}

/** What a token of New API has to be allowed to list keys. */
const KEY_LIST_SCOPE = 'api_key:read';

/** Says that an account's keys are not known although its balance is, in words to show beside the balance. */
export function unreadableKeysText(
  reading: Pick<Reading, 'accountKeys' | 'accountKeysMissing' | 'missingScopes'> | undefined,
): string | undefined {
  if (reading?.missingScopes?.includes(KEY_LIST_SCOPE)) return l10n.t('key list not allowed');
  return reading?.accountKeysMissing && !reading.accountKeys ? l10n.t('key list unreadable') : undefined;
}
