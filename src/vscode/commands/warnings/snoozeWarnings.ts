import * as l10n from '@vscode/l10n';
import { membersOf } from '../../../core/membersOf.ts';
import { sortedByAttention } from '../../../core/quota/attention.ts';
import { HOUR_MS } from '../../../core/time.ts';
import { joinNames } from '../../../text/clauses.ts';
import { clockText } from '../../../text/time.ts';
import { pickOne } from '../../host/forms.ts';
import { sayInPassing } from '../../host/messages.ts';
import { shownItem } from '../../host/shownItem.ts';
import { SNOOZE_HOURS } from '../../notifications/warningText.ts';
import { anyValue, booleanMember, textListMember, textMember } from '../argumentSchema.ts';
import type { Command } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { offerAddKey } from '../keys/offerAddKey.ts';
import { keyIdFromArgument, quickPickItem } from '../keys/pickKey.ts';
import { muteDurationFromArgument } from './muteArgument.ts';

/**
 * `keyQuota.snoozeWarnings`: silences keys for a day, in every window; what became due meanwhile and still
 * holds is said afterwards. By argument `{ key | keys | all, hours | until }` → `{ keys, until }`.
 */
export const snoozeWarnings: Command = {
  palette: 'withKeys',
  argument: {
    members: { key: textMember, keys: textListMember, all: booleanMember, hours: anyValue, until: anyValue },
    requiresOneOf: ['key', 'keys', 'all'],
    exclusive: [
      ['key', 'keys', 'all'],
      ['hours', 'until'],
    ],
    textMeans: 'key',
  },
  run: async (parts, argument) => {
    const now = parts.clock.now();
    const ids = keyIdsFrom(parts, argument) ?? (await pickKeysToSnooze(parts));
    if (!ids) return undefined;
    const lastsMs = muteDurationFromArgument(argument, now) ?? SNOOZE_HOURS * HOUR_MS;
    const until = await parts.muteService.snooze(ids, lastsMs);
    const keysById = parts.keyService.keysById();
    const names = joinNames(ids.map(id => `“${keysById.get(id)?.label}”`));
    sayInPassing(l10n.t('No warnings about {0} until {1}.', names, clockText(until, now)), 'sentence');
    return { keys: ids, until: new Date(until).toISOString() };
  },
};

function keyIdsFrom({ keyService, monitor }: CommandParts, argument: unknown): readonly string[] | undefined {
  const members = membersOf(argument);
  if (members.all === true) return monitor.snapshot.map(({ id }) => id);
  const one = keyIdFromArgument(members.key ?? argument);
  const ids = Array.isArray(members.keys) ? members.keys.map(String) : one === undefined ? undefined : [one];
  const keysById = keyService.keysById();
  const unknown = ids?.find(id => !keysById.has(id));
  if (unknown !== undefined) throw new Error(l10n.t('There is no key with the id {0}.', unknown));
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
