import * as l10n from '@vscode/l10n';
import { membersOf } from '../../../core/membersOf.ts';
import { GatewayError } from '../../../core/quota/failure.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { AccountKey } from '../../../core/quota/reading.ts';
import { withBusyTree } from '../../host/progress.ts';
import { anyValue } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { withFailureText } from '../withFailureText.ts';
import { keyFromArgumentOrPick } from './pickKey.ts';

/**
 * `keyQuota.refreshAccountKey`: asks about one key of an account, by argument `{ key, id }` with the id that
 * the account's reading gives it → the key with its figures.
 */
export const refreshAccountKey: Command = {
  palette: 'never',
  icon: 'refresh',
  menus: [{ menu: 'view/item/context', contextWords: ['refreshable'], group: '1_check@1' }],
  argument: { members: { key: anyValue, id: anyValue } },
  run: async (parts, argument) => {
    const { key: ofKey, id } = accountKeyFromArgument(argument);
    if (ofKey === undefined) throw new Error(l10n.t('“{0}” has to be a text.', 'key'));
    if (id === undefined) throw new Error(l10n.t('“{0}” has to be a text.', 'id'));
    const key = await keyFromArgumentOrPick(parts, ofKey, l10n.t('Refresh This Key'));
    if (!key) return undefined;
    const accountKey = await withBusyTree(() =>
      withFailureText(key, () => readAccountKeyOrThrow(parts, key, id)),
    );
    if (accountKey) await parts.monitor.updateAccountKey(key.id, accountKey);
    return accountKey;
  },
};

/** By argument, or a line of the tree. */
function accountKeyFromArgument(argument: unknown): { readonly key?: string; readonly id?: string } {
  const members = membersOf(argument);
  const text = (name: string) => {
    const value = members[name];
    return typeof value === 'string' ? value : undefined;
  };
  return 'keyId' in members
    ? { key: text('keyId'), id: text('accountKeyId') }
    : { key: text('key'), id: text('id') };
}

async function readAccountKeyOrThrow(
  { keyRequests }: CommandParts,
  key: KeyRecord,
  id: string,
): Promise<AccountKey | undefined> {
  try {
    return await keyRequests.run(key, 'accountKey', async (gateway, context) =>
      gateway.readAccountKey?.(context, id),
    );
  } catch (error) {
    if (!(error instanceof GatewayError) || error.failure.status !== 404) throw error;
    throw new Error(
      l10n.t(
        '{0} does not know this key of the account any more. Refresh “{1}” to see the keys it has.',
        key.origin,
        key.label,
      ),
    );
  }
}
