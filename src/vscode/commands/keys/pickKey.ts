import * as l10n from '@vscode/l10n';
import { sortedByAttention } from '../../../core/quota/attention.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { pickOne } from '../../host/forms.ts';
import { showInformation } from '../../host/messages.ts';
import { shownItem } from '../../host/shownItem.ts';
import { STATUS_ICON } from '../../views/icons.ts';
import { figureText, noticeText } from '../../views/keyTexts.ts';
import type { CommandParts } from '../commandParts.ts';
import { offerAddKey } from './offerAddKey.ts';

/** The key id in a command's argument: the id itself, or a line of the tree. */
export function keyIdFromArgument(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null) return undefined;
  const members = argument as { readonly keyId?: unknown; readonly id?: unknown };
  const id = members.keyId ?? members.id;
  return typeof id === 'string' ? id : undefined;
}

/** A text member of a command's argument. A line of the tree is not one that says what to do. */
export function textFromArgument(argument: unknown, name: 'label' | 'secret'): string | undefined {
  if (typeof argument !== 'object' || argument === null || 'keyId' in argument) return undefined;
  const text = (argument as Readonly<Record<string, unknown>>)[name];
  return typeof text === 'string' ? text : undefined;
}

/** Whether a command's argument is the yes that a person would be asked for. */
export function isConfirmed(argument: unknown): boolean {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'confirmed' in argument &&
    argument.confirmed === true
  );
}

/** The key a command is about: the argument's, else one the user picks; undefined when they pick none. */
export async function keyFromArgumentOrPick(
  { monitor, keyService, clock }: CommandParts,
  argument: unknown,
  title: string,
  isOffered: (key: KeyState) => boolean = () => true,
): Promise<KeyRecord | undefined> {
  const id = keyIdFromArgument(argument);
  if (id !== undefined) return requireKey(keyService.findById(id), id);
  const keys = sortedByAttention(monitor.snapshot, clock.now()).filter(isOffered);
  if (keys.length === 0) {
    if (monitor.snapshot.length === 0) void offerAddKey();
    else
      void showInformation(
        l10n.t('None of your keys can be asked that. Another type of credential may; use Add Key.'),
      );
    return undefined;
  }
  const items = keys.map(key => ({ ...quickPickItem(key, clock.now()), id: key.id }));
  const picked = await pickOne(items, {
    title,
    placeHolder: l10n.t('Which key?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked && keyService.findById(picked.id);
}

/** Throws a sentence for an id that nobody has. */
export function requireKey(key: KeyRecord | undefined, id: string): KeyRecord {
  if (!key) throw new Error(l10n.t('There is no key with the id {0}.', id));
  return key;
}

/** A key as a line of a quick pick. */
export function quickPickItem(key: KeyState, now: number) {
  const words = [figureText(key), noticeText(key, now)].filter(text => text !== undefined).join(' · ');
  return shownItem({
    icon: STATUS_ICON[key.status],
    label: key.label,
    description: words,
    detail: new URL(key.origin).host,
  });
}
