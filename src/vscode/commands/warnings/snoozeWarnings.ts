import * as l10n from '@vscode/l10n';
import { sortedByAttention } from '../../../core/quota/attention.ts';
import { HOUR_MS, isoTime } from '../../../core/time.ts';
import { pickOne } from '../../host/forms.ts';
import { showStatusBarMessage } from '../../host/messages.ts';
import { shownItem } from '../../host/shownItem.ts';
import { muteText } from '../../notifications/muteText.ts';
import { SNOOZE_HOURS } from '../../notifications/warningText.ts';
import { booleanMember, type Members, textListMember, textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { offerAddKey } from '../keys/offerAddKey.ts';
import { quickPickItem } from '../keys/pickKey.ts';
import { muteDurationFromMembers, muteMembers } from './muteArgument.ts';

const keyMembers = { key: textMember, keys: textListMember, all: booleanMember };

/**
 * `keyQuota.snoozeWarnings`: snoozes the warnings of keys for a day, in every window; what is still due afterwards is
 * shown then. By argument `{ key | keys | all, hours | until }` → `{ keys, until }`.
 */
export const snoozeWarnings = defineCommand({
  palette: 'withKeys',
  argument: {
    members: { ...keyMembers, ...muteMembers },
    requiresOneOf: ['key', 'keys', 'all'],
    exclusive: [
      ['key', 'keys', 'all'],
      ['hours', 'until'],
    ],
    textMeans: 'key',
    fromLine: { key: 'keyId' },
  },
  run: async (parts, { members }) => {
    const now = parts.clock.now();
    const ids = keyIdsFromMembers(parts, members) ?? (await pickKeysToSnooze(parts));
    if (!ids) return undefined;
    const lastsMs = muteDurationFromMembers(members, now) ?? SNOOZE_HOURS * HOUR_MS;
    const until = await parts.muteService.snooze(ids, lastsMs);
    const keysById = parts.keyService.keysById();
    const snoozed = ids.map(id => ({ label: keysById.get(id)?.label ?? '', until }));
    showStatusBarMessage(muteText({ isOn: true, pausedUntil: undefined, snoozed }, now) ?? '', 'long');
    return { keys: ids, until: isoTime(until) };
  },
});

function keyIdsFromMembers(
  { keyService, monitor }: CommandParts,
  { all, key, keys }: Members<typeof keyMembers>,
): readonly string[] | undefined {
  if (all) return monitor.snapshot.map(({ id }) => id);
  const ids = keys ?? (key === undefined ? undefined : [key]);
  const keysById = keyService.keysById();
  const unknown = ids?.find(id => !keysById.has(id));
  if (unknown !== undefined) throw new Error(l10n.t('There is no key with the ID {0}.', unknown));
  return ids;
}

async function pickKeysToSnooze({ monitor, clock }: CommandParts): Promise<readonly string[] | undefined> {
  const keys = sortedByAttention(monitor.snapshot, clock.now());
  if (keys.length === 0) {
    void offerAddKey();
    return undefined;
  }
  const all = shownItem({ icon: 'list-unordered', label: l10n.t('All keys'), ids: keys.map(({ id }) => id) });
  const items = [all, ...keys.map(key => ({ ...quickPickItem(key, clock.now()), ids: [key.id] }))];
  const title = l10n.t('Snooze Warnings for {0} Hours', SNOOZE_HOURS);
  return (await pickOne(items, { title, matchOnDetail: true }))?.ids;
}
