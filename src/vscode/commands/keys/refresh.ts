import * as l10n from '@vscode/l10n';
import { baseUrlOf } from '../../../core/input/baseUrl.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import type { RefreshOptions } from '../../../services/polling/refresh.ts';
import { askedAgainText } from '../../../text/askedAgainText.ts';
import { clockText } from '../../../text/time.ts';
import { showInformation } from '../../host/messages.ts';
import { withBusyTree } from '../../host/progress.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { keyArgument } from './keyArgument.ts';
import { offerAddKey } from './offerAddKey.ts';
import { requireKey } from './pickKey.ts';

/**
 * `keyQuota.refresh`: asks about one key, also while its checks are paused, or all without an argument → their states.
 */
export const refresh = defineCommand({
  palette: 'never',
  icon: 'refresh',
  menus: [
    { menu: 'view/item/context', contextWords: ['key'], group: 'inline@1' },
    { menu: 'view/item/context', contextWords: ['key'], group: '1_check@1' },
  ],
  argument: keyArgument,
  run: async (parts, { members: { id } }) => {
    if (id === undefined) return refreshKeys(parts, undefined);
    requireKey(parts.keyService.findById(id), id);
    return refreshKeys(parts, [id], { evenIfPaused: true });
  },
});

/** `keyQuota.refreshAll`: asks about all keys → their states. */
export const refreshAll = defineCommand({
  palette: 'withKeys',
  icon: 'refresh',
  menus: [{ menu: 'view/title', group: 'navigation@2' }],
  run: parts => refreshKeys(parts, undefined),
});

async function refreshKeys(
  parts: CommandParts,
  ids: readonly string[] | undefined,
  options: RefreshOptions = {},
): Promise<readonly KeyState[]> {
  if (parts.monitor.snapshot.length === 0) void offerAddKey();
  const { states, held } = await withBusyTree(() => parts.monitor.refresh(ids, options));
  if (held.size > 0) void offerBeyondBudget(parts, held, options);
  return states;
}

/**
 * The gateway's limit is shared with the user's own login there, so it is for them to decide whether more than our half
 * of it is used.
 */
async function offerBeyondBudget(
  { monitor, clock, keyRequests }: CommandParts,
  held: ReadonlyMap<string, number>,
  options: RefreshOptions,
): Promise<void> {
  const ids = [...held.keys()];
  const time = clockText(Math.min(...held.values()), clock.now());
  const baseUrls = new Set(monitor.snapshot.filter(({ id }) => held.has(id)).map(baseUrlOf));
  const askNow = l10n.t('Ask Gateway Now');
  const doNotWait = l10n.t('Do Not Wait');
  const choice = await showInformation(askedAgainText([...baseUrls], time), askNow, doNotWait);
  if (choice === doNotWait) keyRequests.stopWaiting(ids, 'check');
  if (choice === askNow) await monitor.refresh(ids, { ...options, beyondBudget: true });
}
