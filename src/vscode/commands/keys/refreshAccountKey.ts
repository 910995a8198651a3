import * as l10n from '@vscode/l10n';
import { GatewayError } from '../../../core/quota/failure.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { AccountKey } from '../../../core/quota/reading.ts';
import { withBusyTree } from '../../host/progress.ts';
import { errorTextFor, textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { withFailureText } from '../withFailureText.ts';
import { requireKey } from './pickKey.ts';

/**
 * `keyQuota.refreshAccountKey`: asks about one key of an account, by argument `{ key, id }` with the id that
 * the account's reading gives it → the key with its figures.
 */
export const refreshAccountKey = defineCommand({
  palette: 'never',
  icon: 'refresh',
  menus: [{ menu: 'view/item/context', contextWords: ['refreshable'], group: '1_check@1' }],
  argument: {
    members: { key: textMember, id: textMember },
    fromLine: { key: 'keyId', id: 'accountKeyId' },
  },
  run: async (parts, { members: { key: keyId, id } }) => {
    if (keyId === undefined) throw new Error(errorTextFor(textMember)('key'));
    if (id === undefined) throw new Error(errorTextFor(textMember)('id'));
    const key = requireKey(parts.keyService.findById(keyId), keyId);
    const accountKey = await withBusyTree(() =>
      withFailureText(key, () => readAccountKeyOrThrow(parts, key, id)),
    );
    if (accountKey) await parts.monitor.updateAccountKey(key.id, accountKey);
    return accountKey;
  },
});

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
        '{0} no longer knows this key of the account. Refresh “{1}” to see the keys it has.',
        key.baseUrl,
        key.label,
      ),
    );
  }
}
