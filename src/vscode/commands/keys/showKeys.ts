import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { inCardOrder } from '../../../core/cards/pickCards.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { runOwnCommand } from '../../host/ownCommand.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { type LiveItem, pickLive } from '../liveList.ts';
import { copyActions, type KeyAction, keyActions, offerActions } from './keyActions.ts';
import { keyArgument } from './keyArgument.ts';
import { quickPickItem, requireKey } from './pickKey.ts';

/**
 * `keyQuota.showKeys`: a list of all keys with their figures. Typing filters it, Enter shows the actions on a key. By
 * argument the id of the key at which the list opens.
 */
export const showKeys = defineCommand({
  palette: 'always',
  icon: 'list-unordered',
  argument: keyArgument,
  run: async (parts, { members: { id: first } }) => {
    if (parts.monitor.snapshot.length === 0) return runOwnCommand('keyQuota.addKey');
    if (first !== undefined) requireKey(parts.keyService.findById(first), first);
    const id = await pickKey(parts, first);
    const key = parts.monitor.snapshot.find(each => each.id === id);
    if (key) await offerActions(key, [...keyActions(parts, key), ...copyActions(key)]);
    return undefined;
  },
});

interface ActionButton extends vscode.QuickInputButton {
  readonly run: KeyAction['run'];
}

/** Lists all keys in the order of the tooltip, which stays the same while the list is open. */
async function pickKey(parts: CommandParts, firstId: string | undefined): Promise<string | undefined> {
  const { monitor, clock } = parts;
  const order = inCardOrder(monitor.snapshot, clock.now()).map(({ id }) => id);
  // The order is fixed while the list is open: a line must not move away from the pointer.
  const items = () =>
    [...monitor.snapshot]
      .sort((a, b) => positionIn(order, a) - positionIn(order, b))
      .map(key => liveItemFor(parts, key));
  const picked = await pickLive(parts, {
    title: l10n.t('API Keys'),
    placeHolder: l10n.t('Type to filter; Enter shows what can be done about a key'),
    items,
    firstId,
    onButton: button => (button as ActionButton).run(),
  });
  return picked?.id;
}

function liveItemFor(parts: CommandParts, key: KeyState): LiveItem {
  const buttons: ActionButton[] = keyActions(parts, key).map(({ name, icon, run }) => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip: name,
    run,
  }));
  return { ...quickPickItem(key, parts.clock.now()), id: key.id, buttons };
}

/** Keys that are added while the list is open come last. */
function positionIn(order: readonly string[], { id }: KeyState): number {
  const place = order.indexOf(id);
  return place === -1 ? order.length : place;
}
