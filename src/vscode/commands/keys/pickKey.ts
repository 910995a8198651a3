import * as l10n from '@vscode/l10n';
import { addressOf, baseUrlOf } from '../../../core/input/baseUrl.ts';
import { sortedByAttention } from '../../../core/quota/attention.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { abilityFilter, missingAbility } from '../../../gateways/abilityFilter.ts';
import type { Ability } from '../../../gateways/credentialSpec.ts';
import { failureText } from '../../../text/failure.ts';
import { isolatedName } from '../../../text/isolatedName.ts';
import { figureText } from '../../../text/keyFigure.ts';
import { noticeText } from '../../../text/keyTexts.ts';
import { viaText } from '../../../text/viaText.ts';
import { pickOne } from '../../host/forms.ts';
import { showInformation } from '../../host/messages.ts';
import { shownItem } from '../../host/shownItem.ts';
import { keyIcon } from '../../views/icons.ts';
import type { CommandParts } from '../commandParts.ts';
import { offerAddKey } from './offerAddKey.ts';

/** The key of an id, else one that the user picks; undefined when they pick none. */
export async function keyFromIdOrPick(
  { monitor, keyService, clock }: CommandParts,
  id: string | undefined,
  title: string,
  isOffered: (key: KeyState) => boolean = () => true,
  noneOffered = l10n.t('None of your keys supports this. Another type of credential may; use Add Key.'),
): Promise<KeyRecord | undefined> {
  if (id !== undefined) return requireKey(keyService.findById(id), id);
  const keys = sortedByAttention(monitor.snapshot, clock.now()).filter(isOffered);
  if (keys.length === 0) {
    if (monitor.snapshot.length === 0) void offerAddKey();
    else void showInformation(noneOffered);
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

/** The same for what not every credential can be asked. Throws a sentence for a key that cannot be. */
export async function ableKeyFromIdOrPick(
  parts: CommandParts,
  id: string | undefined,
  title: string,
  ability: Ability,
): Promise<KeyRecord | undefined> {
  const key = await keyFromIdOrPick(parts, id, title, abilityFilter(ability));
  const missing = key && missingAbility(key, ability);
  if (missing) throw new Error(failureText(missing.failure, key));
  return key;
}

/** The same for what concerns the secret or the record of a key: a server's keys have both there. */
export async function ownKeyFromIdOrPick(
  parts: CommandParts,
  id: string | undefined,
  title: string,
  isOffered: (key: KeyState) => boolean = () => true,
  noneOffered?: string,
): Promise<KeyRecord | undefined> {
  const served = parts.monitor.snapshot.find(key => key.id === id);
  if (served?.via !== undefined)
    throw new Error(l10n.t('“{0}” is a key of “{1}”: change it there.', served.label, served.via));
  const isOwn = (key: KeyState) => key.via === undefined && isOffered(key);
  return keyFromIdOrPick(parts, id, title, isOwn, noneOffered);
}

/** Throws a sentence for an id that no key has. */
export function requireKey(key: KeyRecord | undefined, id: string): KeyRecord {
  if (!key) throw new Error(l10n.t('There is no key with the ID {0}.', id));
  return key;
}

/** A key as a quick pick item. */
export function quickPickItem(key: KeyState, now: number) {
  const words = [figureText(key), noticeText(key, now)].filter(text => text !== undefined).join(' · ');
  const name = key.reading?.gatewayName;
  const where = [name && isolatedName(name), viaText(key) ?? addressOf(baseUrlOf(key))];
  return shownItem({
    icon: keyIcon(key),
    label: key.label,
    description: words,
    detail: where.filter(text => text).join(' · '),
  });
}
