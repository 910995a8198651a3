import * as l10n from '@vscode/l10n';
import { addressOf, baseUrlOf } from '../../../core/input/baseUrl.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { copyText } from '../../host/clipboard.ts';
import { pickOne } from '../../host/forms.ts';
import { showStatusBarMessage } from '../../host/messages.ts';
import { runOwnCommand } from '../../host/ownCommand.ts';
import { shownItem } from '../../host/shownItem.ts';
import type { CommandId } from '../commandIds.ts';
import type { CommandParts } from '../commandParts.ts';

/** An action on one key. */
export interface KeyAction {
  readonly name: string;
  readonly icon: string;
  readonly run: () => unknown;
}

/** Copies a text and shows `done` in the status bar. */
async function copyAndConfirm(text: string, done: string): Promise<void> {
  await copyText(text);
  showStatusBarMessage(done, 'short');
}

/** What can be copied from a key. The secret's own command asks a question first. */
export function copyActions({ id, label, via }: KeyState): readonly KeyAction[] {
  const actions = [
    { name: l10n.t('Copy Name'), icon: 'copy', run: () => copyAndConfirm(label, l10n.t('Name copied.')) },
    {
      name: l10n.t('Copy Base URL'),
      icon: 'globe',
      run: () => runOwnCommand('keyQuota.copyBaseUrl', id),
    },
    {
      name: l10n.t('Copy Secret…'),
      icon: 'lock',
      run: () => runOwnCommand('keyQuota.copySecret', id),
    },
  ];
  return via === undefined ? actions : actions.slice(0, 1);
}

/** The actions on a key in a list of keys. */
export function keyActions({ views }: CommandParts, key: KeyState): readonly KeyAction[] {
  const command = (id: CommandId) => () => runOwnCommand(id, key.id);
  return [
    { name: l10n.t('Refresh'), icon: 'refresh', run: command('keyQuota.refresh') },
    key.pinned
      ? { name: l10n.t('Unpin Key from Status Bar'), icon: 'pinned', run: command('keyQuota.unpinKey') }
      : { name: l10n.t('Pin Key to Status Bar'), icon: 'pin', run: command('keyQuota.pinKey') },
    { name: l10n.t('Query Usage…'), icon: 'graph', run: command('keyQuota.queryUsage') },
    { name: l10n.t('Show in Tree'), icon: 'list-tree', run: () => views.tree.reveal(key.id) },
  ];
}

/** Lets the user choose an action on a key, and runs it. */
export async function offerActions(key: KeyState, actions: readonly KeyAction[]): Promise<void> {
  const items = actions.map(({ name, icon, run }) => shownItem({ icon, label: name, run }));
  const picked = await pickOne(items, { title: key.label, placeHolder: addressOf(baseUrlOf(key)) });
  await picked?.run();
}
