import * as l10n from '@vscode/l10n';
import { copyText } from '../../host/clipboard.ts';
import { showStatusBarMessage } from '../../host/messages.ts';
import { defineCommand } from '../command.ts';
import { keyOrGatewayArgument } from '../keys/keyArgument.ts';
import { keyFromIdOrPick } from '../keys/pickKey.ts';

/** `keyQuota.copyBaseUrl`: copies the address that a key belongs to, for an agent's settings; returns it. */
export const copyBaseUrl = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key', 'gateway'], group: '2_copy@1' }],
  argument: keyOrGatewayArgument,
  run: async (parts, { members }) => {
    const key = await keyFromIdOrPick(parts, members.id ?? members.gatewayKey, l10n.t('Copy Base URL'));
    if (!key) return undefined;
    await copyText(key.baseUrl);
    showStatusBarMessage(l10n.t('Base URL copied.'), 'short');
    return key.baseUrl;
  },
});
