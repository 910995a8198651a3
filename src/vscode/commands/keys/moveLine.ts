import * as l10n from '@vscode/l10n';
import { type MovableLine, neighborOf, orderAfterMove } from '../../../core/quota/keyOrder.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { keyOrGatewayArgument } from './keyArgument.ts';
import { keyFromIdOrPick, requireKey } from './pickKey.ts';

/** While a line of the tree has the focus. */
const IN_TREE = 'focusedView == keyQuota.keys && listFocus && !inputFocus';

/** `keyQuota.moveUp`: a key, or a gateway with all its keys, changes places with the line above it. */
export const moveUp = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key', 'gateway'], group: '3_order@1' }],
  keybinding: { key: 'alt+up', when: IN_TREE },
  argument: keyOrGatewayArgument,
  run: (parts, { members }) => move(parts, members, 'up'),
});

/** `keyQuota.moveDown`: the same with the line below it. */
export const moveDown = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key', 'gateway'], group: '3_order@2' }],
  keybinding: { key: 'alt+down', when: IN_TREE },
  argument: keyOrGatewayArgument,
  run: (parts, { members }) => move(parts, members, 'down'),
});

async function move(
  parts: CommandParts,
  members: { readonly id?: string; readonly gatewayKey?: string },
  direction: 'up' | 'down',
): Promise<void> {
  const { monitor, clock, keyService } = parts;
  const line = await lineToMove(parts, members, direction);
  if (!line) return;
  const [keys, now] = [monitor.snapshot, clock.now()];
  const target = neighborOf(keys, line, direction, now);
  const order = target && orderAfterMove(keys, line, target, now);
  if (order) await keyService.setOrder(order);
}

/** The line of the argument, else the selected line of the tree, as for a keybinding; else a key that is picked. */
async function lineToMove(
  parts: CommandParts,
  { id, gatewayKey }: { readonly id?: string; readonly gatewayKey?: string },
  direction: 'up' | 'down',
): Promise<MovableLine | undefined> {
  const { keyService, views } = parts;
  if (gatewayKey !== undefined)
    return { baseUrl: requireKey(keyService.findById(gatewayKey), gatewayKey).baseUrl };
  if (id === undefined && views.tree.selectedLine) return views.tree.selectedLine;
  const title = direction === 'up' ? l10n.t('Move Up') : l10n.t('Move Down');
  const key = await keyFromIdOrPick(parts, id, title);
  return key && { key: key.id };
}
