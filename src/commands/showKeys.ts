import * as vscode from 'vscode';
import { shown } from '../host/shownText.ts';
import { type ShownItem, window } from '../host/window.ts';
import { inOrder } from '../quota/attention.ts';
import type { KeyState } from '../quota/keyState.ts';
import { t } from '../words/l10n.ts';
import type { CommandHandler, CommandParts } from './commandParts.ts';
import { copyActions, type KeyAction, keyActions, offerActions } from './keyActions.ts';
import { existing, keyIdOf, quickPickItem } from './pickKey.ts';

/**
 * `keyQuota.showKeys`: all keys with their figures. Typing filters, Enter offers what can be done about one.
 * By argument an id: begins at that key.
 */
export const showKeys: CommandHandler = async (parts, argument) => {
  if (parts.monitor.snapshot.length === 0) return vscode.commands.executeCommand('keyQuota.addKey');
  const first = keyIdOf(argument);
  if (first !== undefined) existing(parts.book.find(first), first);
  const id = await pickLive(parts, first);
  const key = parts.monitor.snapshot.find(each => each.id === id);
  if (key) await offerActions(key, [...keyActions(parts, key), ...copyActions(key)]);
  return undefined;
};

interface KeyItem extends ShownItem {
  readonly id: string;
}

interface ActionButton extends vscode.QuickInputButton {
  readonly run: KeyAction['run'];
}

/** A list whose figures stay as fresh as the status bar's while it is open. */
function pickLive(parts: CommandParts, firstId: string | undefined): Promise<string | undefined> {
  const { monitor, clock } = parts;
  const pick = window.createQuickPick<KeyItem>();
  pick.title = shown(t('API Keys'));
  pick.placeholder = shown(t('Type to filter; Enter shows what can be done about a key'));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  const order = inOrder(monitor.snapshot, clock.now()).map(({ id }) => id);
  const show = () => {
    const [active] = pick.activeItems;
    // What a person aims at must not move away under the pointer.
    const keys = [...monitor.snapshot].sort((a, b) => placeIn(order, a) - placeIn(order, b));
    pick.items = keys.map(key => itemOf(parts, key));
    pick.activeItems = pick.items.filter(({ id }) => id === (active?.id ?? firstId));
  };
  show();
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const subscriptions = [
    pick,
    monitor.onDidChange(show),
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.id);
      pick.hide();
    }),
    pick.onDidTriggerItemButton(async ({ button }) => {
      pick.busy = true;
      await Promise.resolve((button as ActionButton).run()).finally(() => {
        pick.busy = false;
      });
    }),
    pick.onDidHide(() => resolve(undefined)),
  ];
  pick.show();
  return promise.finally(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
}

function itemOf(parts: CommandParts, key: KeyState): KeyItem {
  const buttons: ActionButton[] = keyActions(parts, key).map(({ name, icon, run }) => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip: name,
    run,
  }));
  return { ...quickPickItem(key, parts.clock.now()), id: key.id, buttons };
}

/** Keys that were added while the list is open come last. */
function placeIn(order: readonly string[], { id }: KeyState): number {
  const place = order.indexOf(id);
  return place === -1 ? order.length : place;
}
