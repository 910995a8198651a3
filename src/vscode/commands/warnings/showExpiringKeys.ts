import * as l10n from '@vscode/l10n';
import { addressOf } from '../../../core/input/baseUrl.ts';
import { type Expiry, expiriesOf } from '../../../core/quota/expiries.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { type CalendarEvent, calendarText } from '../../../text/exports/ics.ts';
import { isFarAhead } from '../../../text/time.ts';
import { writeFileAtomically } from '../../host/files.ts';
import { showInformation } from '../../host/messages.ts';
import { shownItem } from '../../host/shownItem.ts';
import { expiryText } from '../../tree/keyFacts.ts';
import { STATUS_ICON } from '../../views/icons.ts';
import { defineCommand } from '../command.ts';
import type { CommandParts } from '../commandParts.ts';
import { fileMembers, refuseExistingFile } from '../fileArgument.ts';
import { offerAddKey } from '../keys/offerAddKey.ts';
import { pickLive } from '../liveList.ts';
import { saveFile } from '../saveFile.ts';

const REMIND_DAYS = 1;
/** The id of the item that is not a key. */
const SAVE_ITEM_ID = 'save';

/**
 * `keyQuota.showExpiringKeys`: lists the keys that end, the next one first → a list of `Expiry`. By argument `{ file,
 * overwrite }` they are written as a calendar with an event for each key, and not shown.
 */
export const showExpiringKeys = defineCommand({
  palette: 'withKeys',
  icon: 'calendar',
  menus: [{ menu: 'view/title', group: '3_warnings@1' }],
  argument: { members: fileMembers('.ics') },
  run: async (parts, { members }) => {
    const now = parts.clock.now();
    const expiries = expiriesOf(parts.monitor.snapshot, now);
    await refuseExistingFile(members);
    if (members.file !== undefined) await writeFileAtomically(members.file, calendarFileText(expiries, now));
    else void showExpiringList(parts, expiries);
    return expiries;
  },
});

async function showExpiringList(parts: CommandParts, expiries: readonly Expiry[]): Promise<void> {
  const { clock, monitor, views } = parts;
  if (monitor.snapshot.length === 0) {
    void offerAddKey();
    return;
  }
  if (expiries.length === 0) {
    void showInformation(l10n.t('No gateway says when your keys expire.'));
    return;
  }
  const save = shownItem({
    icon: 'calendar',
    label: l10n.t('Save as a calendar file…'),
    alwaysShow: true,
    id: SAVE_ITEM_ID,
  });
  const items = () => {
    const now = clock.now();
    const keys = new Map(monitor.snapshot.map(key => [key.id, key]));
    return [...expiriesOf(monitor.snapshot, now).map(each => expiryItem(each, keys.get(each.id), now)), save];
  };
  const picked = await pickLive(parts, { title: l10n.t('Expiring Keys'), items });
  if (picked?.id === SAVE_ITEM_ID) await saveCalendar(expiriesOf(monitor.snapshot, clock.now()), clock.now());
  else if (picked) await views.tree.reveal(picked.id);
}

function expiryItem({ id, label, baseUrl, what, expired }: Expiry, key: KeyState | undefined, now: number) {
  const place = addressOf(baseUrl);
  return shownItem({
    id,
    icon: expired ? STATUS_ICON.expired : 'key',
    label,
    description: key && expiryText(key, now),
    detail: what === 'plan' ? l10n.t('{0} · the plan expires', place) : place,
  });
}

async function saveCalendar(expiries: readonly Expiry[], now: number): Promise<void> {
  const text = () => calendarFileText(expiries, now);
  await saveFile('expiring-keys.ics', [{ name: 'iCalendar', extension: 'ics', text }]);
}

function calendarFileText(expiries: readonly Expiry[], now: number): string {
  return calendarText(
    l10n.t('Expiring API keys'),
    calendarExpiries(expiries, now).map(calendarEventFor),
    now,
  );
}

/** The ends that belong into a calendar. */
function calendarExpiries(expiries: readonly Expiry[], now: number): readonly Expiry[] {
  return expiries.filter(({ expiresAt }) => !isFarAhead(Date.parse(expiresAt), now));
}

function calendarEventFor({ id, label, baseUrl, expiresAt, what }: Expiry): CalendarEvent {
  return {
    uid: `${id}@key-quota`,
    at: Date.parse(expiresAt),
    title:
      what === 'plan' ? l10n.t('The plan of “{0}” expires', label) : l10n.t('API key “{0}” expires', label),
    text: l10n.t('Renew it at {0}.', baseUrl),
    remindDays: REMIND_DAYS,
  };
}
